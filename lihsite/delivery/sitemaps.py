"""The sitemap by the protocol of sitemaps.org: an index, and files of at most 50,000 addresses.

Each live language of a page is an address of its own, which names all of them as alternates.
"""

from dataclasses import dataclass
from datetime import datetime
from operator import attrgetter

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.xmlutils import SimplerXMLGenerator
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe
from wagtail.models import Site, get_page_models

from lihsite.multilingual.addresses import HOME_DEPTH
from lihsite.multilingual.languages import column, language_codes, language_name_local
from lihsite.multilingual.shown import first_language
from lihsite.pages.base_page import BasePage

LONGEST = 50_000
"""The addresses that a file may hold at most."""
MOST_FILES = 50_000
"""The files that an index may name at most."""
SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
XHTML = "http://www.w3.org/1999/xhtml"
FRESH = 60 * 60

FOLLOWED = {"atom": "Atom", "calendar": "iCalendar"}
"""Of what pages offer below their addresses, what shows whether there is something new."""

cached = cache_control(public=True, max_age=FRESH)


@dataclass(frozen=True)
class Address:
    """A page's content in all its live languages: pairs of a code and an absolute address."""

    languages: list[tuple[str, str]]
    default: str
    changed: datetime | None


def pages_of(site):
    """The pages of a site that everybody gets, in an order that new pages only add to."""
    root = site.root_page
    names = [column(n, code) for n in ("url_path", "live_in") for code in language_codes()]
    pages = BasePage.objects.live_in_any().filter(path__startswith=root.path)
    own = ["path", "depth", "content_type", "live", "embargo", "source_language"]
    return pages.only(*own, "last_published_at", *names).order_by("pk")


def rows_below(pages) -> list[tuple]:
    """What the types of some of the pages show below them, as `_address` takes it."""
    types = [
        model
        for model in get_page_models()
        if model.get_addresses_below is not BasePage.get_addresses_below
    ]
    return [
        (page, languages, route, changed)
        for page in map(attrgetter("specific"), pages.exact_type(*types))
        for route, languages, changed in page.get_addresses_below()
    ]


def rows_in_a_file() -> int:
    """A row is a page, or what is shown below one: an address in each language."""
    return LONGEST // len(language_codes())


@require_safe
@cached
def sitemap_index(request):
    """The list of the sitemap's files, each with the time of the last change in it."""
    pages = pages_of(_site(request))
    changes = [
        *map(last_of, pages.values_list("last_published_at", "embargo")),
        *(changed for *_row, changed in rows_below(pages)),
    ]
    starts = range(0, len(changes), rows_in_a_file())
    files = [
        (
            request.build_absolute_uri(reverse("sitemap", args=[number])),
            last_of(changes[start : start + rows_in_a_file()]),
        )
        for number, start in enumerate(starts, start=1)
    ]
    return _response(_index_xml, files)


def last_of(moments) -> datetime | None:
    return max(filter(None, moments), default=None)


@require_safe
@cached
def sitemap(request, number: int):
    """A file of the sitemap. Raises Http404 for one that the index does not name."""
    is_possible = 0 < number <= MOST_FILES
    addresses = addresses_in_file(number, request) if is_possible else []
    if not addresses:
        raise Http404(f"No sitemap {number}")
    return _response(_addresses_xml, addresses)


def addresses_in_file(number: int, request) -> list[Address]:
    """A slice of the rows: first all pages, then what is shown below them."""
    pages = pages_of(_site(request))
    start, end = (number - 1) * rows_in_a_file(), number * rows_in_a_file()
    rows = [(page, page.live_languages, "", page.last_changed_at) for page in pages[start:end]]
    if len(rows) < rows_in_a_file():
        count = pages.count()
        rows += rows_below(pages)[max(start - count, 0) : end - count]
    return [_address(*row, request) for row in rows]


def _address(page, languages, route, changed, request) -> Address:
    urls = {
        code: request.build_absolute_uri(f"{page.get_url_for_language(code, request)}{route}")
        for code in languages
    }
    default = first_language(languages, page.source_language, page.source_language)
    is_home = page.depth == HOME_DEPTH and not route
    default_url = request.build_absolute_uri("/") if is_home else urls[default]
    return Address(list(urls.items()), default_url, changed)


def _site(request):
    site = Site.find_for_request(request)
    if site is None:
        raise Http404("No site")
    return site


def _response(write, rows) -> HttpResponse:
    response = HttpResponse(content_type="application/xml; charset=utf-8")
    xml = SimplerXMLGenerator(response, "utf-8")
    xml.startDocument()
    write(xml, rows)
    xml.endDocument()
    return response


def _index_xml(xml, files) -> None:
    xml.startElement("sitemapindex", {"xmlns": SITEMAP})
    for url, changed in files:
        xml.startElement("sitemap", {})
        xml.addQuickElement("loc", url)
        if changed:
            xml.addQuickElement("lastmod", changed.isoformat(timespec="seconds"))
        xml.endElement("sitemap")
    xml.endElement("sitemapindex")


def _addresses_xml(xml, addresses: list[Address]) -> None:
    xml.startElement("urlset", {"xmlns": SITEMAP, "xmlns:xhtml": XHTML})
    for address in addresses:
        for _language, url in address.languages:
            xml.startElement("url", {})
            xml.addQuickElement("loc", url)
            if address.changed:
                xml.addQuickElement("lastmod", address.changed.isoformat(timespec="seconds"))
            for code, alternate in [*address.languages, ("x-default", address.default)]:
                attributes = {"rel": "alternate", "hreflang": code, "href": alternate}
                xml.addQuickElement("xhtml:link", attrs=attributes)
            xml.endElement("url")
    xml.endElement("urlset")


@require_safe
@cached
def llms(request):
    """What the site is, for language models, by the proposal llmstxt.org: in each language."""
    site = _site(request)
    first = language_codes()[0]
    home = BasePage.objects.live_in(first).live_in_any().filter(pk=site.root_page_id).first()
    children = list(
        BasePage.objects.live_in_any()
        .filter(path__startswith=site.root_page.path, depth=site.root_page.depth + 1)
        .order_by("path")
    )
    context = {
        "summary": _line(getattr(home, column("summary", first))) if home else "",
        "languages": [
            {"code": code, "name": language_name_local(code), "sections": sections}
            for code in language_codes()
            if (sections := _sections(children, code, request))
        ],
        "followed": [
            {
                "title": f"{_line(getattr(page, column('title', first)))}, {label}",
                "url": f"{url}{name}/",
            }
            for page in children
            if first in page.live_languages
            for name, label in FOLLOWED.items()
            if name in getattr(page.specific_class, "resources", ())
            for url in [request.build_absolute_uri(page.get_url_for_language(first, request))]
        ],
        "sitemap": request.build_absolute_uri(reverse("sitemap_index")),
        "api": request.build_absolute_uri(reverse("api:pages:listing")),
    }
    content_type = "text/plain; charset=utf-8"
    return render(request, "delivery/llms.txt", context, content_type=content_type)


def _sections(pages, code: str, request) -> list[dict]:
    """The pages that are live in the language itself."""
    return [
        {
            "title": _line(getattr(page, column("title", code))),
            "url": request.build_absolute_uri(page.get_url_for_language(code, request)),
            "summary": _line(getattr(page, column("summary", code))),
        }
        for page in pages
        if code in page.live_languages
    ]


def _line(text: str) -> str:
    return " ".join(text.split())
