"""Checks the links that visitors meet on published pages, and keeps those that lead nowhere."""

import re
from collections.abc import Iterator
from datetime import timedelta
from functools import cache
from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.template.loader import get_template
from django.urls import Resolver404, resolve
from django.utils import timezone, translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lihsite.batches import batches
from lihsite.blocks.preload import preload
from lihsite.models import BasePage, Document, InstituteSettings
from lihsite.multilingual.languages import addresses_in
from lihsite.pages.finding import find_pages, is_shown_at, served_path

from .external import check_all
from .extraction import Link, links_of
from .models import BrokenLink, ExternalAddress, Kind, Problem

BATCH = 100
STAYS_CHECKED = timedelta(hours=20)
"""An address of another site is not asked again before: what runs each night asks once a night."""
IDS = re.compile(r"""\sid=["']([^"']+)["']""")
INCLUDED = re.compile(r'{% (?:extends|include) "([^"]+)"')
FRAME_PLACES = {"", "top", "content"}
"""Places that every page has; the first two by the HTML standard."""
DOCUMENT = re.compile(r"/documents/(\d{1,18})/")


class Where(NamedTuple):
    """Whose text of which language a link stands in; without an owner it is the page's own."""

    page_id: int
    language: str
    owner_type_id: int | None = None
    owner_id: int | None = None


def check_links(*, external: bool = True, tell=lambda done, total: None) -> int:
    """Check all links, and replace what was found before. Returns how many lead nowhere.

    Without `external` other sites are not asked, and what they answered last counts.
    """
    pages = BasePage.objects.live().order_by("pk")
    keys, checked, others = list(pages.values_list("pk", flat=True)), [], {}
    hosts = set(Site.objects.values_list("hostname", flat=True))
    done = 0
    for some in batches(keys, BATCH):
        found = [
            (page, where_of(page, instance, language), local(link, hosts))
            for page, instance in read_on(some)
            for language, link in links_of(instance, page.live_languages)
        ]
        own = [one for one in found if one[2].kind != Kind.EXTERNAL]
        checked += broken_here(own)
        for _page, where, link in found:
            if link.kind == Kind.EXTERNAL:
                others.setdefault(link.target, []).append((where, link))
        done += len(some)
        tell(done, len(keys))
    if external:
        ask_others(set(others))
    problems = dict(
        ExternalAddress.objects.exclude(problem="").values_list("address", "problem").iterator()
    )
    checked += [
        row(where, link, problems[address])
        for address, places in others.items()
        if address in problems
        for where, link in places
    ]
    with transaction.atomic():
        BrokenLink.objects.all().delete()
        BrokenLink.objects.bulk_create(checked, batch_size=BATCH)
    return len(checked)


def read_on(keys: list[int]) -> Iterator[tuple[BasePage, models.Model]]:
    """Yield what visitors read on each page: itself, and what has no page of its own."""
    institutes = {}
    for one in InstituteSettings.objects.filter(site__root_page__in=keys).select_related("site"):
        institutes.setdefault(one.site.root_page_id, []).append(one)
    for page in BasePage.objects.filter(pk__in=keys).specific():
        if page.live_languages:
            read = (page, *page.get_objects_below(), *institutes.get(page.pk, ()))
            yield from ((page, one) for one in read)


def where_of(page: BasePage, instance: models.Model, language: str) -> Where:
    if instance is page:
        return Where(page.pk, language)
    kind = ContentType.objects.get_for_model(instance)
    return Where(page.pk, language, kind.pk, instance.pk)


def row(where: Where, link: Link, problem: str) -> BrokenLink:
    return BrokenLink(
        **where._asdict(),
        place=link.place,
        field=link.field,
        block=link.block,
        kind=link.kind,
        target=link.target[:2048],
        problem=problem,
    )


def local(link: Link, hosts: set[str]) -> Link:
    """The link as one to an address of our own, where its host is ours."""
    if link.kind != Kind.EXTERNAL:
        return link
    try:
        parts = urlsplit(link.target)
    except ValueError:
        return link
    if parts.hostname not in hosts:
        return link
    return link._replace(kind=Kind.ADDRESS, target=parts._replace(scheme="", netloc="").geturl())


def broken_here(found: list[tuple]) -> list[BrokenLink]:
    """What leads nowhere of links to pages, documents, places and addresses of our own."""
    pages = BasePage.objects.in_bulk(numbers(found, Kind.PAGE))
    documents = set(Document.objects.in_bulk(numbers(found, Kind.DOCUMENT)))
    addresses = {link.target for _page, _where, link in found if link.kind == Kind.ADDRESS}
    missing = missing_addresses(addresses)
    broken = []
    for page, where, link in found:
        problem = ""
        if link.kind == Kind.PAGE:
            problem = problem_of_page(pages.get(number(link.target)))
        elif link.kind == Kind.DOCUMENT and number(link.target) not in documents:
            problem = Problem.DOCUMENT_GONE
        elif link.kind == Kind.ADDRESS and link.target in missing:
            problem = Problem.ADDRESS_GONE
        elif link.kind == Kind.ANCHOR and not has_place(page, where, link.target[1:]):
            problem = Problem.ANCHOR_GONE
        if problem:
            broken.append(row(where, link, problem))
    return broken


def number(target: str) -> int | None:
    return int(target) if target.isascii() and target.isdecimal() and len(target) < 19 else None


def numbers(found, kind: Kind) -> set[int]:
    targets = {number(link.target) for _page, _where, link in found if link.kind == kind}
    return targets - {None}


def problem_of_page(page) -> str:
    if page is None:
        return Problem.PAGE_GONE
    return "" if page.live and page.live_languages else Problem.PAGE_HIDDEN


def missing_addresses(addresses: set[str]) -> set[str]:
    """The addresses of our own that no page, redirect, document or other view answers."""
    paths = {address: unquote(urlsplit(address).path) or "/" for address in addresses}
    missing = {address for address, path in paths.items() if not can_be_looked_up(path)}
    paths = {address: path for address, path in paths.items() if address not in missing}
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    pages = find_pages(site.root_page, set(paths.values())) if site else {}
    live = BasePage.objects.live().in_bulk({one.page for one in pages.values()})
    redirected = set(
        Redirect.objects.filter(
            old_path__in={Redirect.normalise_path(path) for path in paths.values()}
        ).values_list("old_path", flat=True)
    )
    for address, path in paths.items():
        if Redirect.normalise_path(path) in redirected:
            continue
        found = pages.get(path)
        if served_path(path)[0]:
            if not (found and found.page in live and is_shown_at(live[found.page], found)):
                missing.add(address)
        elif not answers(path):
            missing.add(address)
    return missing


def can_be_looked_up(path: str) -> bool:
    """PostgreSQL takes no NUL, and Wagtail reads `//` as the beginning of a host."""
    try:
        Redirect.normalise_path(path)
    except ValueError:
        return False
    return "\0" not in path


def answers(path: str) -> bool:
    """Whether a view that shows no page answers at the path; documents must be there."""
    if match := DOCUMENT.match(path):
        return Document.objects.filter(pk=int(match[1])).exists()
    language = translation.get_language_from_path(path)
    with translation.override(language or translation.get_language()):
        try:
            resolve(path)
        except Resolver404:
            return False
    return True


def has_place(page, where: Where, name: str) -> bool:
    """Whether the page's template or its texts in the language have an element with the id.

    The texts of others have no places that a link could lead to.
    """
    if name in FRAME_PLACES or where.owner_id:
        return name in FRAME_PLACES
    if name in places_of_template(page.template):
        return True
    with translation.override(where.language), addresses_in(where.language):
        page.previewed_language = where.language
        streams = page.get_shown_streams()
        with preload(streams):
            html = "".join(str(stream.render_as_block()) for stream in streams)
        page.previewed_language = None
    return unquote(name) in IDS.findall(html)


@cache
def places_of_template(name: str) -> frozenset[str]:
    """The ids that stand in a template and in what it includes, such as that of a programme.

    Whether the page has what stands there is not asked: that would take a visitor's request.
    """
    source = get_template(name).template.source
    included = map(places_of_template, INCLUDED.findall(source))
    return frozenset(IDS.findall(source)).union(*included)


def ask_others(addresses: set[str]) -> None:
    """Ask what was not asked for long, and forget what is linked no more."""
    now = timezone.now()
    known = dict(ExternalAddress.objects.values_list("address", "checked_at").iterator())
    ExternalAddress.objects.filter(address__in=set(known) - addresses).delete()
    due = {one for one in addresses if one not in known or known[one] < now - STAYS_CHECKED}
    answers = check_all(sorted(due))
    ExternalAddress.objects.bulk_create(
        [
            ExternalAddress(
                address=address, status=answer.status, problem=answer.problem, checked_at=now
            )
            for address, answer in answers.items()
            if len(address) <= 2048
        ],
        update_conflicts=True,
        unique_fields=["address"],
        update_fields=["status", "problem", "checked_at"],
        batch_size=BATCH,
    )
