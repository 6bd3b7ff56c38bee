"""Lists of pages for visitors: what a row needs, filters and page numbers from the address.

The values in the query string are the same in every language, so that the switcher can keep them.
"""

import re
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.http import Http404

from lihsite.multilingual.languages import column, language_codes
from lihsite.pages.base_page import BasePageQuerySet

PER_PAGE = 12

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


class ListedPageQuerySet(BasePageQuerySet):
    """A query set of a page type that stands in lists."""

    def listed(self):
        """The pages that visitors get, without the columns that only their own address shows."""
        return self.live_in_any().defer(*unlisted_columns(self.model))


def unlisted_columns(model, prefix: str = "") -> list[str]:
    """The columns of a page type that lists do not show; `prefix` leads to it (`topic__`)."""
    names = [
        "translation_sources",
        *(
            column(name, language)
            for name in ("draft_title", "seo_title", "search_description")
            for language in language_codes()
        ),
        *model.get_streamfield_names(),
    ]
    return [prefix + name for name in names]


def linked_pages(relation, name: str) -> list:
    """The pages that an inline relation links to by its field `name`, those that visitors get."""
    model = relation.model._meta.get_field(name).related_model
    rows = relation.select_related(name).defer(*unlisted_columns(model, f"{name}__"))
    pages = [getattr(row, name) for row in rows]
    return [page for page in pages if page.live and page.live_languages]


@dataclass(frozen=True)
class Choice:
    """A value that a filter can take; `lang` is the label's language if not the visitor's."""

    value: str
    label: str
    lang: str = ""
    selected: bool = False


@dataclass(frozen=True)
class Filter:
    """A filter of a list: `name` is its key in the query string, `value` what is chosen or ""."""

    name: str
    label: str
    value: str
    choices: list[Choice]


def read_filter(request, name: str, label: str, choices: list[Choice]) -> Filter:
    """The filter as the address sets it; the choice with the value "" is that of no filter.

    Raises Http404 for a value that no choice has.
    """
    value = request.GET.get(name, "")
    if value not in {choice.value for choice in choices}:
        raise Http404(f"No {name} {value!r}")
    marked = [replace(choice, selected=choice.value == value) for choice in choices]
    return Filter(name, label, value, marked)


def query_of(filters: list[Filter]) -> str:
    """The query string of the filters in force."""
    return urlencode({one.name: one.value for one in filters if one.value})


def paginate(items, request, per_page: int = PER_PAGE) -> Page:
    """The page of `items` that `?page=` asks for. Raises Http404 where there is none."""
    number = request.GET.get("page") or "1"
    if not PAGE_NUMBER.fullmatch(number):
        raise Http404(f"No page {number!r}")
    try:
        page = Paginator(items, per_page).page(int(number))
    except EmptyPage as error:
        raise Http404(str(error)) from error
    page.object_list = list(page.object_list)
    return page
