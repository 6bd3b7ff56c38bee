"""The admin's listings of pages, each page with its languages and their states."""

from django.db.models import F, Value
from django.db.models.functions import Coalesce, NullIf
from django.urls import reverse
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.pages.listing import ExplorableIndexView
from wagtail.admin.views.pages.search import SearchView
from wagtail.admin.views.pages.usage import ContentTypeUseView

from lihsite.multilingual.languages import active_language, column, language_codes, language_name
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import TranslationState


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

    def get_cell_context_data(self, instance, parent_context):
        """With the way into each language that the reader may translate the page into."""
        context = super().get_cell_context_data(instance, parent_context)
        request = parent_context.get("request")
        writable = writable_languages(request.user) if request and not instance.alias_of_id else ()
        for language in context["value"]:
            code = language["code"]
            if code in writable and code != instance.source_language:
                language["url"] = reverse("translating:translate", args=[instance.pk, code])
        return context


def with_languages(columns: list[Column]) -> list[Column]:
    """The columns, with that of the languages after the title."""
    position = next(place for place, column in enumerate(columns) if column.name == "title") + 1
    languages = LanguagesColumn("languages", label=_("Languages"), width="14%")
    return [*columns[:position], languages, *columns[position:]]


class StatesOfRowsMixin:
    """Fetches what the column of languages shows, by one query for all rows of the listing."""

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        pages = list(context["object_list"])
        by_page = {}
        for row in TranslationState.objects.filter(page_id__in=[page.pk for page in pages]):
            by_page.setdefault(row.page_id, []).append(row)
        for page in context["object_list"]:
            page.listed_states = by_page.get(page.pk, [])
        return context


class TitlesOfReaderMixin:
    """Sorts by the titles that the reader sees, where Wagtail would take the source language's."""

    def order_queryset(self, queryset):
        if self.is_searching or self.ordering not in ("title", "-title"):
            return super().order_queryset(queryset)
        title = shown_title(active_language())
        return queryset.order_by(title.desc() if self.ordering.startswith("-") else title.asc())


def shown_title(language: str):
    """What `get_admin_display_title` gives in the language, as an expression to sort by."""
    names = [column("draft_title", language), column("title", language), "draft_title"]
    return Coalesce(*(NullIf(F(name), Value("")) for name in names), F("title"))


class MultilingualIndexView(StatesOfRowsMixin, TitlesOfReaderMixin, ExplorableIndexView):
    base_columns = with_languages(ExplorableIndexView.base_columns)


class MultilingualSearchView(StatesOfRowsMixin, SearchView):
    @classproperty
    def columns(cls):
        return with_languages(SearchView.columns)

    @property
    def verbose_name(self):
        """Named in the table's head; unlike Wagtail's other listings, this one leaves it out."""
        return self.model._meta.verbose_name

    @property
    def verbose_name_plural(self):
        return self.model._meta.verbose_name_plural


class MultilingualContentTypeUseView(StatesOfRowsMixin, TitlesOfReaderMixin, ContentTypeUseView):
    """Has the columns of the index view, as every listing of the view set."""
