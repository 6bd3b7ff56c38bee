"""The admin's listings of pages, each page with its languages and their states."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView

from lihsite.multilingual.languages import column, language_codes, language_name
from lihsite.multilingual.states import State, TranslationState


class LanguagesColumn(Column):
    """For each language its code, the state of its draft, and whether visitors get it."""

    cell_template_name = "lihsite/admin/languages_cell.html"

    def get_value(self, instance):
        states = {row.language: row.state for row in getattr(instance, "listed_states", ())}
        return [
            {
                "code": code,
                "name": language_name(code),
                "is_live": instance.live and getattr(instance, column("live_in", code)),
                "state": State(states.get(code, State.MISSING)),
            }
            for code in language_codes()
        ]


class LanguagesListingMixin:
    """Adds the column of languages, with one query for all rows of the listing."""

    base_columns = ()

    def __init_subclass__(cls, **kwargs):
        super().__init_subclass__(**kwargs)
        columns = list(next(base.base_columns for base in cls.__mro__[2:] if base.base_columns))
        position = next(i for i, col in enumerate(columns) if col.name == "title") + 1
        languages = LanguagesColumn("languages", label=_("Languages"), width="14%")
        cls.base_columns = [*columns[:position], languages, *columns[position:]]

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        by_page = {}
        for row in TranslationState.objects.filter(page_id__in=[page.pk for page in pages]):
            by_page.setdefault(row.page_id, []).append(row)
        for page in context["object_list"]:
            page.listed_states = by_page.get(page.pk, [])
        return context


class MultilingualIndexView(LanguagesListingMixin, ExplorableIndexView):
    pass


class MultilingualSearchView(LanguagesListingMixin, SearchView):
    pass


class MultilingualContentTypeUseView(LanguagesListingMixin, ContentTypeUseView):
    pass
