"""Lists of pages for visitors: what a row needs, filters and page numbers from the address.

The values in the query string are the same in every language, so that the switcher can keep them.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from functools import cache
from urllib.parse import urlencode

from django.core.paginator import EmptyPage, Page, Paginator
from django.db import models
from django.db.models import OuterRef, QuerySet, Subquery
from django.http import Http404
from django.utils.translation import gettext
from wagtail.fields import StreamField

from lihsite.blocks.links import is_for_visitors
from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.registration import translated_fields
from lihsite.pages.base_page import BasePage, BasePageManager
from lihsite.prepared import SliceableList, prepared, prepared_rows

PER_PAGE = 12

PAGE_NUMBER = re.compile(r"[1-9][0-9]{0,5}", re.ASCII)


class ListedPageManager(BasePageManager):
    """The manager of a page type that stands in lists.

    >>> objects = ListedPageManager.from_queryset(NewsQuerySet)()
    """

    def listed(self):
        """The pages that visitors get, without the columns that only their own address shows."""
        return _listed(self.model).all()


@cache
def _listed(model):
    """Building the query takes longer than running it, so it is built once a process."""
    return QuerySet.only(model.objects.live_in_any(), *listed_columns(model))


def listed_columns(model) -> list[str]:
    """The columns that lists of a page type show: its shared fields, and these in each language."""
    translated = [
        column(name, language)
        for name in ("title", "summary", "url_path", "live_in")
        for language in language_codes()
    ]
    plain = set(translated_fields(model))
    own = [
        field.name
        for field in model._meta.concrete_fields
        if field.model is not BasePage
        and field.name not in plain
        and not isinstance(field, StreamField)
    ]
    return ["path", "depth", "live", "embargo", "source_language", *translated, *own]


def linked_objects(relation, name: str) -> list:
    """What an inline relation links to by its field `name`, in the editor's order.

    Of pages those that visitors get; nothing twice.
    """
    if relation.is_deferring:
        # The draft of a preview: its rows are not in the database.
        found = dict.fromkeys(getattr(row, name) for row in relation.all())
        return [one for one in found if not isinstance(one, BasePage) or is_for_visitors(one)]
    return _linked_objects(page=relation.instance.pk, rows_model=relation.model, name=name)


@prepared
def _linked_objects(page: int, *, rows_model: type[models.Model], name: str) -> QuerySet:
    model = rows_model._meta.get_field(name).related_model
    objects = model.objects.listed() if issubclass(model, BasePage) else model.objects.all()
    rows = rows_model.objects.filter(page=page)
    first_row = rows.filter(**{name: OuterRef("pk")}).order_by("sort_order", "pk")
    places = {
        f"link_{column_name}": Subquery(first_row.values(column_name)[:1])
        for column_name in ("sort_order", "pk")
    }
    wanted = objects.filter(pk__in=rows.order_by().values(name))
    return wanted.annotate(**places).order_by(*places)


def linked_ids(relation, name: str) -> list[int]:
    """The ids of what an inline relation links to by its field `name`, in the editor's order."""
    if relation.is_deferring:
        return [getattr(row, f"{name}_id") for row in relation.all()]
    rows = _linked_ids(page=relation.instance.pk, rows_model=relation.model, name=name)
    return [pk for (pk,) in rows]


@prepared_rows
def _linked_ids(page: int, *, rows_model: type[models.Model], name: str) -> QuerySet:
    rows = rows_model.objects.filter(page=page)
    return rows.order_by("sort_order", "pk").values_list(name)


@prepared
def visible_page(pk: int) -> QuerySet:
    """The page of a link, as lists show it: one row, or none if visitors do not get it."""
    return _listed(BasePage).filter(pk=pk)


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

    @property
    def chosen(self) -> str:
        """The label of the choice that is in force."""
        return next(choice.label for choice in self.choices if choice.selected)


def read_filter(request, name: str, label: str, choices: list[Choice]) -> Filter:
    """The filter as the address sets it; the choice with the value "" is that of no filter.

    Raises Http404 for a value that no choice has.
    """
    value = request.GET.get(name, "")
    if value not in {choice.value for choice in choices}:
        raise Http404(f"No {name} {value!r}")
    marked = [replace(choice, selected=choice.value == value) for choice in choices]
    return Filter(name, label, value, marked)


def read_year_filter(request, years: Iterable[int]) -> Filter:
    """The filter by year. Raises Http404 for a year that is not among `years`."""
    choices = [Choice("", gettext("All years")), *(Choice(str(year), str(year)) for year in years)]
    return read_filter(request, "year", gettext("Year"), choices)


def query_of(filters: list[Filter]) -> str:
    """The query string of the filters in force."""
    return urlencode({one.name: one.value for one in filters if one.value})


def paginate(items: QuerySet | SliceableList, request, per_page: int = PER_PAGE) -> Page:
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


def name_further_page(context: dict, items: Page) -> None:
    """Give a page of a list after the first its own address in what machines are told of it.

    It holds other content than the first one. As many pages are in each language, since lists hold
    what is shown in fallback too.
    """
    if items.number > 1 and context["canonical_url"]:
        suffix = f"?page={items.number}"
        context["canonical_url"] += suffix
        context["alternates"] = [(code, url + suffix) for code, url in context["alternates"]]
