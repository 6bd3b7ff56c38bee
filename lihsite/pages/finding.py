"""Which pages stand at addresses, found for many addresses at once and without a request."""

from collections.abc import Iterable
from typing import NamedTuple

from django.http import Http404
from django.test import RequestFactory
from django.urls import Resolver404, resolve
from django.utils import translation

from lihsite.batches import batches
from lihsite.multilingual.languages import column
from lihsite.pages.base_page import BasePage

BATCH = 500
PAGES = "wagtail_serve"
"""The name of the route that leads to pages; other views have addresses in languages as well."""


class Found(NamedTuple):
    """The page that an address leads to, in which language, and what is left for it to route."""

    page: int
    language: str
    route: str


def find_pages(root, paths: Iterable[str]) -> dict[str, Found]:
    """The deepest page below the site's root on the way to each path; none where there is none.

    Paths are those of addresses, with their language. Whether the page is live, and whether it
    answers at what is left of the path, is for the caller to ask.
    """
    wanted = {}
    for path in paths:
        language, rest = served_path(path)
        if language:
            wanted.setdefault(language, {})[path] = _ways(root, language, rest)
    found = {}
    for language, ways in wanted.items():
        pages = _pages_at(root, language, {way for steps in ways.values() for way, _rest in steps})
        for path, steps in ways.items():
            for way, route in steps:
                if way in pages:
                    found[path] = Found(pages[way], language, route)
                    break
    return found


def is_shown_at(page: BasePage, found: Found) -> bool:
    """Whether visitors get the page, which is live, and something at what is left of the path."""
    with translation.override(found.language):
        if not page.shown_language or not found.route:
            return bool(page.shown_language)
        components = [step for step in found.route.split("/") if step]
        try:
            page.specific.route(RequestFactory().get("/"), components)
        except Http404:
            return False
    return True


def served_path(path: str) -> tuple[str, str]:
    """The language of an address of pages and what follows it; twice "" for any other address."""
    language = translation.get_language_from_path(path)
    if not language:
        return "", ""
    with translation.override(language):
        try:
            match = resolve(path if path.endswith("/") else f"{path}/")
        except Resolver404:
            return "", ""
    return (language, match.args[0]) if match.url_name == PAGES else ("", "")


def _ways(root, language: str, path: str) -> list[tuple[str, str]]:
    """The URL paths of the pages that may answer, the deepest first, and what each would route."""
    steps = [step for step in path.split("/") if step]
    start = getattr(root, column("url_path", language))
    return [
        (
            start + "".join(f"{step}/" for step in steps[:depth]),
            "".join(f"{step}/" for step in steps[depth:]),
        )
        for depth in range(len(steps), -1, -1)
    ]


def _pages_at(root, language: str, url_paths: set[str]) -> dict[str, int]:
    name = column("url_path", language)
    below = BasePage.objects.filter(path__startswith=root.path)
    pages = {}
    for some in batches(sorted(url_paths), BATCH):
        rows = below.filter(**{f"{name}__in": some})
        pages.update(rows.values_list(name, "pk"))
    return pages
