"""The search page, and what it suggests while a query is typed."""

from urllib.parse import urlencode

from django.contrib.contenttypes.models import ContentType
from django.core.paginator import Paginator
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from lihsite.multilingual.languages import active_language, language_codes, language_name_local
from lihsite.pages.base_page import BasePage
from lihsite.pages.frame import frame_without_page, language_choices
from lihsite.pages.visitor_lists import (
    PAGE_NUMBER,
    Choice,
    Filter,
    query_of,
    read_filter,
    read_year_filter,
)
from lihsite.prepared import prepared

from .models import SearchEntry
from .queries import LONGEST_TEXT, PER_PAGE, Search, find, find_elsewhere, suggest, years
from .sources import kinds, topic_models

SUGGESTIONS_LAST = 60
"""Seconds for which a browser may keep suggestions."""


class SearchAddress:
    """The search page as what the language switcher leads to."""

    @property
    def live_languages(self) -> list[str]:
        return language_codes()

    def get_url_for_language(self, language: str, request=None) -> str:
        with translation.override(language):
            return reverse("search")


@require_safe
def search(request):
    """The hits of `?q=` in the visitor's language, filtered and sorted as the address says.

    Raises Http404 for a filter or page number that there is none of.
    """
    language = active_language()
    text = " ".join(request.GET.get("q", "").split())[:LONGEST_TEXT]
    filters = read_filters(request, language)
    kind, topic, year, when, order, others = (one.value for one in filters)
    asked = Search(
        text=text,
        language=language,
        kind=kind,
        topic=int(topic) if topic else None,
        year=int(year) if year else None,
        coming=when == "coming",
        by_date=order == "date",
        page=page_number(request),
    )
    results = find(asked)
    if asked.page > 1 and not results.hits:
        raise Http404(f"No page {asked.page}")
    elsewhere = []
    if others and asked.page == 1:
        elsewhere = find_elsewhere(asked, [code for code in language_codes() if code != language])
    query = "&".join(filter(None, [urlencode({"q": text}), query_of(filters)]))
    context = {
        **frame_without_page(request),
        "languages": language_choices(SearchAddress(), request, query_of_switcher(request)),
        "text": text,
        "filters": filters,
        "query": query,
        "is_filtered": any(one.value for one in filters if one.name not in ("sort", "others")),
        "results": results,
        "corrected_query": urlencode({"q": results.corrected}),
        "items": Paginator(range(results.total), PER_PAGE).get_page(asked.page),
        "elsewhere": elsewhere,
        "plain_query": urlencode({"q": text}),
    }
    return render(request, "search/search.html", context)


@require_safe
def suggestions(request):
    """Up to eight pages whose titles go with what is being typed, as JSON."""
    hits = suggest(request.GET.get("q", ""), active_language())
    rows = [{"title": hit.title, "url": hit.url, "kind": str(hit.label)} for hit in hits]
    response = JsonResponse({"suggestions": rows})
    response.headers["Cache-Control"] = f"public, max-age={SUGGESTIONS_LAST}"
    return response


def query_of_switcher(request) -> str:
    """The query string less the page number: another language has hits of its own."""
    kept = request.GET.copy()
    kept.pop("page", None)
    return kept.urlencode()


def page_number(request) -> int:
    number = request.GET.get("page") or "1"
    if not PAGE_NUMBER.fullmatch(number):
        raise Http404(f"No page {number!r}")
    return int(number)


def read_filters(request, language: str) -> list[Filter]:
    """What narrows and orders the results. Raises Http404 for a value that none of them has."""
    return [
        read_filter(
            request,
            "type",
            pgettext("of results", "Type"),
            [
                Choice("", gettext("Everything")),
                *(Choice(kind, str(label)) for kind, label in kinds().items()),
            ],
        ),
        read_filter(
            request,
            "topic",
            gettext("Topic"),
            [
                Choice("", gettext("All topics")),
                *(
                    Choice(str(topic.pk), topic.shown.title, lang=topic.shown.lang)
                    for topic in topics()
                ),
            ],
        ),
        read_year_filter(request, offered_years(request, language)),
        read_filter(
            request,
            "when",
            gettext("When"),
            [
                Choice("", gettext("At any time")),
                Choice("coming", gettext("Forthcoming events")),
            ],
        ),
        read_filter(
            request,
            "sort",
            gettext("Order"),
            [
                Choice("", gettext("Most relevant first")),
                Choice("date", gettext("Newest first")),
            ],
        ),
        read_filter(
            request,
            "others",
            gettext("Languages"),
            [
                Choice("", language_name_local(language)),
                Choice("yes", gettext("Other languages too")),
            ],
        ),
    ]


def topics() -> list[BasePage]:
    """The topics that something to be found is about, those that visitors get."""
    types = ContentType.objects.get_for_models(*topic_models).values()
    found = _topics_with_entries(types=[kind.pk for kind in types])
    return sorted(found, key=lambda page: page.shown.title)


@prepared
def _topics_with_entries(types: list[int]) -> QuerySet:
    about = SearchEntry.objects.visible().filter(topics=OuterRef("pk"))
    live = BasePage.objects.live_in_any().filter(content_type__id__in=types)
    # One entry for each topic: of EXISTS, PostgreSQL makes a list of all entries of all topics.
    return live.annotate(entry=Subquery(about.values("pk")[:1])).filter(entry__isnull=False)


def offered_years(request, language: str) -> list[int]:
    """The years of what is found in the language, and the one that the switcher has brought."""
    offered, asked = years(language), request.GET.get("year")
    if asked and asked not in map(str, offered):
        others = {year for code in language_codes() if code != language for year in years(code)}
        offered += [year for year in others if str(year) == asked]
    return sorted(offered, reverse=True)
