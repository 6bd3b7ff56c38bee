"""Filters of the admin's listings of pages: by the state of a language, by what visitors get."""

from django.conf import settings
from django.db.models import Q
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.listing import GenericPageFilterSet

from lihsite.choice_filters import AnyOfFilter
from lihsite.multilingual.languages import column
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import TranslationState
from lihsite.pages.base_page import BasePage


class StateFilter(AnyOfFilter):
    """The pages whose draft is in one of the chosen states, in a language or in any."""

    def __init__(self, *args, language=None, **kwargs):
        kwargs.setdefault("choices", State.choices)
        super().__init__(*args, **kwargs)
        self.language = language

    def filter(self, queryset, value):
        if not value:
            return queryset
        rows = TranslationState.objects.filter(state__in=value)
        if self.language:
            rows = rows.filter(language=self.language)
        return queryset.filter(pk__in=rows.values("page"))


class LiveInFilter(AnyOfFilter):
    """The pages that visitors get in one of the chosen languages."""

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("choices", settings.LANGUAGES)
        super().__init__(*args, **kwargs)

    def filter(self, queryset, value):
        if not value:
            return queryset
        some = Q()
        for language in value:
            some |= Q(**{column("live_in", language): True})
        # By key alone: search refuses to filter by columns that are not in its index.
        return queryset.filter(pk__in=BasePage.objects.filter(some, live=True).values("pk"))


def filters_by_language() -> dict:
    filters = {"state": StateFilter(label=_("State (any language)"))}
    for code, name in settings.LANGUAGES:
        label = format_lazy(_("State ({language})"), language=name)
        filters[column("state", code)] = StateFilter(label=label, language=code)
    filters["live_in"] = LiveInFilter(label=_("Live in"))
    return filters


MultilingualPageFilterSet = type(
    "MultilingualPageFilterSet", (GenericPageFilterSet,), filters_by_language()
)
