"""What a file that came back would change: a dry run, and then all of it or nothing."""

import hashlib
import json
from dataclasses import dataclass, field
from enum import StrEnum

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _

from lihsite.multilingual.exchange_records import Export
from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.registration import source_language_of
from lihsite.multilingual.segment_writing import check_text, set_segments
from lihsite.multilingual.segments import fingerprint
from lihsite.multilingual.states import confirm_segments
from lihsite.pages.base_page import BasePage
from lihsite.translating.drafts import draft_content, machine_translated_in, segments_by_name
from lihsite.translating.markup import Coded, code, problems_of, put_together

from . import formats
from .documents import PageTexts, Unit


class Conflict(StrEnum):
    """Why a text of the file does not meet what is here now."""

    SOURCE = "source"
    TARGET = "target"


@dataclass(frozen=True)
class Change:
    """What the file would do to one segment; `after` equals `before` where it is only confirmed."""

    page_id: int
    page_title: str
    language: str
    name: str
    label: str
    before: str
    after: str
    source: str
    """The fingerprint of the source text that was translated."""
    conflicts: tuple[Conflict, ...] = ()
    source_then: str = ""
    source_now: str = ""
    is_rich: bool = False

    @property
    def key(self) -> str:
        return f"{self.page_id}:{self.language}:{self.name}"

    @property
    def is_confirmation(self) -> bool:
        return self.before == self.after

    @property
    def source_moved_on(self) -> bool:
        return Conflict.SOURCE in self.conflicts

    @property
    def target_was_changed(self) -> bool:
        return Conflict.TARGET in self.conflicts


@dataclass(frozen=True)
class Problem:
    """What is malformed, or may not be done; the file is refused for it."""

    where: str
    message: str


@dataclass
class Plan:
    """All that a file would do."""

    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    removed: list[Problem] = field(default_factory=list)
    """Texts that the source has no more: their translations are not needed and left out."""
    unchanged: int = 0
    untranslated: int = 0

    @property
    def conflicts(self) -> list[Change]:
        return [change for change in self.changes if change.conflicts]

    @property
    def plain_changes(self) -> list[Change]:
        return [change for change in self.changes if not change.conflicts]

    @property
    def pages(self) -> int:
        return len({change.page_id for change in self.changes})

    @property
    def digest(self) -> str:
        """A mark of what was shown: what is done must be what a person has seen."""
        shown = [(one.key, one.before, one.after, *one.conflicts) for one in self.changes]
        shown += [(problem.where, problem.message) for problem in self.problems]
        return hashlib.sha256(json.dumps(shown).encode()).hexdigest()


def plan_import(data: bytes, user) -> Plan:
    """What the file would change; nothing is written. Raises `Unreadable`."""
    plan = Plan()
    texts_of_pages = formats.read(data)
    pages = {
        page.pk: page
        for page in BasePage.objects.filter(pk__in=[texts.page_id for texts in texts_of_pages])
        .prefetch_related("latest_revision")
        .specific()
    }
    exports = Export.objects.in_bulk({texts.token for texts in texts_of_pages}, field_name="token")
    seen: set[str] = set()
    for texts in texts_of_pages:
        page = pages.get(texts.page_id)
        reasons = reasons_against(page, texts, user)
        if reasons:
            where = page.get_admin_display_title() if page else texts.title or "?"
            plan.problems += [Problem(where, reason) for reason in reasons]
            continue
        record = exports.get(texts.token)
        went_out = record.texts.get(str(page.pk), {}) if record else {}
        PageReader(page, language_of(texts.target_language), went_out, plan, seen).read(texts)
    return plan


def language_of(code_in_file: str) -> str | None:
    """The language of the site that a file names; its variant (`fr-LU`) counts as it."""
    wanted = (code_in_file or "").replace("_", "-").lower()
    by_code = {code.lower(): code for code in language_codes()}
    return by_code.get(wanted) or by_code.get(wanted.partition("-")[0])


def reasons_against(page, texts: PageTexts, user) -> list[str]:
    """Why nothing of the file can be taken into the page."""
    if page is None:
        return [_("The file is about a page that is not here.")]
    language = language_of(texts.target_language)
    source = source_language_of(page)
    if language is None:
        return [_("The language “%(code)s” is none of the site.") % {"code": texts.target_language}]
    if language_of(texts.source_language) != source:
        return [
            _("The file is from “%(code)s”, the page is written in %(language)s.")
            % {"code": texts.source_language, "language": language_name(source)}
        ]
    if language == source:
        return [_("%(language)s is the source of the page.") % {"language": language_name(source)}]
    if language not in writable_languages(user) or not page.permissions_for_user(user).can_edit():
        return [
            _("You may not change the %(language)s of this page.")
            % {"language": language_name(language)}
        ]
    if page.permissions_for_user(user).page_locked() or page.alias_of_id:
        return [_("The page is locked.")]
    return []


class PageReader:
    """Compares what a file has of one page with the page's draft, and with what went out."""

    def __init__(self, page, language: str, went_out: dict, plan: Plan, seen: set):
        content, model = draft_content(page), type(page)
        self.page, self.language, self.went_out = page, language, went_out
        self.plan, self.seen = plan, seen
        self.title = page.get_admin_display_title()
        self.sources = segments_by_name(model, content, source_language_of(page))
        self.targets = segments_by_name(model, content, language)
        self.unconfirmed = machine_translated_in(content, language, self.targets)
        self.recorded = (content.get("translation_sources") or {}).get(language, {})

    def read(self, texts: PageTexts) -> None:
        for unit in texts.units:
            if unit.name in self.sources:
                self._read_unit(unit)
            elif unit.name in self.went_out:
                self.plan.removed.append(Problem(self.title, self.went_out[unit.name][0]))
            else:
                self._refuse(unit.name or "?", _("there is no such text on the page"))

    def _refuse(self, where: str, *messages: str) -> None:
        self.plan.problems += [Problem(f"{self.title}: {where}", text) for text in messages]

    def _read_unit(self, unit: Unit) -> None:
        segment = self.sources[unit.name]
        key = f"{self.page.pk}:{self.language}:{unit.name}"
        if key in self.seen:
            return self._refuse(segment.label, _("the text is there more than once"))
        self.seen.add(key)
        if unit.problems:
            return self._refuse(segment.label, *unit.problems)
        if unit.target is None:
            self.plan.untranslated += 1
            return None
        here = self.targets[unit.name].text if unit.name in self.targets else ""
        then_source, then_target = self.went_out.get(unit.name, (None, here))
        source, moved_on = self._source_then(segment, unit, then_source)
        target = code(then_target, is_rich=segment.is_rich).numbered_like(source)
        if unit.target == target.pieces:
            return self._read_untouched(segment, unit, then_source, here, moved_on=moved_on)
        if problems := problems_of(unit.target, source, target):
            return self._refuse(segment.label, *problems)
        tags = {**source.tags, **target.tags}
        text = put_together(unit.target, tags, is_rich=segment.is_rich)
        if text == here:
            self.plan.unchanged += 1
            return None
        if messages := check_text(self.page, segment, text):
            return self._refuse(segment.label, *messages)
        conflicts = [Conflict.SOURCE] if moved_on else []
        if here != then_target:
            conflicts.append(Conflict.TARGET)
        return self._note(segment, here, text, then_source, conflicts)

    def _source_then(self, segment, unit: Unit, then_source: str | None) -> tuple[Coded, bool]:
        """The source that was translated, and whether another text stands there now."""
        now = code(segment.text, is_rich=segment.is_rich)
        if then_source is None:
            # Not from here, or before the record of it was lost: what the file says is compared.
            return now, unit.source != now.pieces
        if fingerprint(then_source) == fingerprint(segment.text):
            return now, False
        return code(then_source, is_rich=segment.is_rich), True

    def _read_untouched(self, segment, unit, then_source, here, *, moved_on) -> None:
        """An outdated or a machine's translation whose unit was marked as finished is right."""
        current = fingerprint(segment.text)
        is_outdated = (self.recorded.get(unit.name) or current) != current
        if (
            (is_outdated or unit.name in self.unconfirmed)
            and here
            and not (unit.is_open or moved_on)
        ):
            self._note(segment, here, here, then_source, [])
        else:
            self.plan.unchanged += 1

    def _note(self, segment, before, after, then_source, conflicts) -> None:
        self.plan.changes.append(
            Change(
                self.page.pk,
                self.title,
                self.language,
                segment.name,
                segment.label,
                before,
                after,
                source=fingerprint(segment.text if then_source is None else then_source),
                conflicts=tuple(conflicts),
                source_then=then_source or "",
                source_now=segment.text,
                is_rich=segment.is_rich,
            )
        )


class Refused(ValueError):
    """The import was not done; the message says why."""


@transaction.atomic
def apply(data: bytes, user, *, digest: str, taken: set[str]) -> Plan:
    """Do what was previewed: all changes without conflict, and the conflicting ones in `taken`.

    Raises `Refused` where it would not be what was previewed, or a page cannot be saved; then
    nothing has been written.
    """
    lock(texts.page_id for texts in formats.read(data))
    plan = plan_import(data, user)
    if plan.problems or plan.digest != digest:
        raise Refused(_("The pages have changed since the preview. Nothing was imported."))
    wanted = [change for change in plan.changes if not change.conflicts or change.key in taken]
    by_page: dict[tuple[int, str], list[Change]] = {}
    for change in wanted:
        by_page.setdefault((change.page_id, change.language), []).append(change)
    for (page_id, language), changes in by_page.items():
        page = BasePage.objects.get(pk=page_id).specific
        try:
            write(page.get_latest_revision_as_object(), language, changes, user)
        except (PermissionDenied, ValidationError) as error:
            reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise Refused(
                _("%(page)s: %(reasons)s Nothing was imported.")
                % {"page": changes[0].page_title, "reasons": " ".join(reasons)}
            ) from error
    return plan


def lock(page_ids) -> None:
    """Let nobody else save the pages until the transaction ends."""
    rows = BasePage.objects.select_for_update().filter(pk__in=set(page_ids)).order_by("pk")
    list(rows.values_list("pk"))


def write(page, language: str, changes: list[Change], user) -> None:
    """Save a draft of the page with the changes, which translate the source that went out."""
    set_segments(page, language, {change.name: change.after for change in changes})
    page.seen_sources = {language: {change.name: change.source for change in changes}}
    confirm_segments(page, language, [one.name for one in changes if one.is_confirmation])
    page.save_revision(user=user, log_action=True)
