"""What a file of old addresses would change: read, checked line by line, then done as a whole."""

import csv
import io
from dataclasses import dataclass, field
from enum import Enum

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.log_actions import log

from .rules import Rules, Target

LARGEST_FILE = 2 * 1024 * 1024
"""In bytes."""
MOST_LINES = 5_000
SEPARATORS = ";,\t"


class Unreadable(Exception):
    """Why a file is no table of addresses."""


class Refused(Exception):
    """The file has lines that cannot be imported; nothing was."""


class Outcome(Enum):
    NEW = "new"
    REPLACED = "replaced"
    SAME = "same"
    REFUSED = "refused"


@dataclass
class Line:
    """A line of the file, and what would become of it; `number` counts from 1."""

    number: int
    cells: list[str]
    path: str = ""
    address: str = ""
    passed: list[str] = field(default_factory=list)
    """The addresses between, which visitors are spared."""
    target: Target | None = None
    outcome: Outcome = Outcome.REFUSED
    problem: str = ""

    @property
    def old(self) -> str:
        return self.cells[0] if self.cells else ""

    @property
    def new(self) -> str:
        return self.cells[1] if len(self.cells) > 1 else ""


@dataclass
class Plan:
    lines: list[Line]

    def of(self, *outcomes: Outcome) -> list[Line]:
        return [line for line in self.lines if line.outcome in outcomes]

    @property
    def refused(self) -> list[Line]:
        return self.of(Outcome.REFUSED)

    @property
    def changes(self) -> list[Line]:
        return self.of(Outcome.NEW, Outcome.REPLACED)

    @property
    def same(self) -> list[Line]:
        return self.of(Outcome.SAME)


def read_lines(data: bytes) -> list[Line]:
    """The lines of a CSV file with old addresses in the first column and new ones in the second.

    A first line whose cells are no addresses is a heading. Raises Unreadable.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise Unreadable(_("The file is not in UTF-8: save it as “CSV UTF-8”.")) from error
    first = next((row for row in text.splitlines() if row.strip()), "")
    separator = max(SEPARATORS, key=first.count)
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True))
    except csv.Error as error:
        raise Unreadable(_("The file is no CSV: %(reason)s.") % {"reason": error}) from error
    lines = [
        Line(number, [cell.strip() for cell in row])
        for number, row in enumerate(rows, start=1)
        if any(cell.strip() for cell in row)
    ]
    if lines and not any("/" in cell for cell in lines[0].cells):
        del lines[0]
    if not lines:
        raise Unreadable(_("There are no addresses in the file."))
    if len(lines) > MOST_LINES:
        raise Unreadable(
            _("The file has more than %(limit)s lines: divide it.") % {"limit": MOST_LINES}
        )
    return lines


def plan_import(data: bytes, site, *, replace: bool) -> Plan:
    """What importing the file would do. Raises Unreadable for what is no table of addresses."""
    lines = read_lines(data)
    rules = Rules(site)
    for line in lines:
        checked(line, lambda line: read_addresses(rules, line))
    read = [line for line in lines if not line.problem]
    first = {}
    for line in read:
        other = first.setdefault(line.path, line)
        if other is not line and other.address != line.address:
            line.problem = _("Line %(number)s leads the same address elsewhere.") % {
                "number": other.number
            }
        elif other is not line:
            line.outcome = Outcome.SAME
    rules.find({line.path for line in read} | {rules.local_path(line.address) for line in read})
    planned = {line.path: rules.local_path(line.address) for line in first.values()}
    for line in first.values():
        if not line.problem:
            checked(line, lambda line: decide(rules, line, planned, site, replace=replace))
    return Plan(lines)


def checked(line: Line, check) -> None:
    """Run a check of a line, and keep what is wrong with it."""
    try:
        check(line)
    except ValidationError as error:
        line.outcome, line.problem = Outcome.REFUSED, " ".join(error.messages)


def read_addresses(rules: Rules, line: Line) -> None:
    if len(line.cells) < 2 or not all(line.cells[:2]) or any(line.cells[2:]):
        raise ValidationError(_("A line has two addresses: the old one and the new one."))
    line.path = rules.old_path(line.old)
    line.address = rules.check_target(line.new)


def decide(rules: Rules, line: Line, planned: dict[str, str], site, *, replace: bool) -> None:
    rules.check_old(line.path)
    end, line.passed = rules.end_of(line.path, line.address, planned)
    line.target = rules.target(line.path, end)
    there = rules.existing.get(line.path)
    if there is None or there.site_id != (site and site.pk):
        line.outcome = Outcome.NEW
    elif target_of(there) == line.target:
        line.outcome = Outcome.SAME
    elif replace:
        line.outcome = Outcome.REPLACED
    else:
        raise ValidationError(
            _("There is a redirect already, to %(address)s.")
            % {"address": there.link or there.redirect_link}
        )


def target_of(redirect: Redirect) -> Target:
    return Target(
        redirect.redirect_page_id, redirect.redirect_page_route_path, redirect.redirect_link
    )


@transaction.atomic
def import_redirects(data: bytes, site, user, *, replace: bool, permanent: bool) -> Plan:
    """Make all redirects of the file, or none.

    Planned anew, because what is there may have changed since it was shown. Raises Unreadable,
    and Refused where a line cannot be imported.
    """
    plan = plan_import(data, site, replace=replace)
    if plan.refused:
        raise Refused
    replaced = [line.path for line in plan.of(Outcome.REPLACED)]
    for one in Redirect.objects.filter(site=site, old_path__in=replaced):
        log(instance=one, action="wagtail.delete", user=user)
        one.delete()
    for line in plan.changes:
        page, route, link = line.target
        made = Redirect.objects.create(
            site=site,
            old_path=line.path,
            redirect_page_id=page,
            redirect_page_route_path=route,
            redirect_link=link,
            is_permanent=permanent,
        )
        log(instance=made, action="wagtail.create", user=user)
    return plan
