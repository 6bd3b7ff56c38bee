"""The desk: every translation of the site with its state, to filter, sort, assign and export."""

from urllib.parse import urlencode

from django.contrib.contenttypes.prefetch import GenericPrefetch
from django.db.models import F, FilteredRelation, Prefetch, Q, prefetch_related_objects
from django.http import HttpRequest, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import IndexView
from wagtail.admin.widgets.button import Button, HeaderButton
from wagtail.coreutils import get_content_type_label
from wagtail.models import CollectionMember
from wagtail.permissions import policy_registry

from lihsite.models import BasePage, LanguageSchedule, TranslationState
from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.languages import language_name
from lihsite.multilingual.permissions import (
    may_change_shared_fields,
    own_languages,
    writable_languages,
)
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import Basis
from lihsite.multilingual.tracking import tracked_models
from lihsite.spreadsheets import HarmlessSpreadsheetMixin
from lihsite.translating.access import OPENING, Addresses, visible_states
from lihsite.translating.desk_columns import CHECKBOXES, COLUMNS
from lihsite.translating.desk_filters import DeskFilterSet, basis_of
from lihsite.translating.presence import people_at_work
from lihsite.translating.progress import desk_url, progress_by_language

OWN_PARAMETERS = ("p", "export", "_w_filter_fragment", "next")
"""What an address of the desk says besides which translations are listed in which order."""

WITH_NULLS = {"outdated_since", "due_on"}
"""Orderings in which rows without a value come last, whichever way round."""


FAILURES = 10
"""So many schedules that failed are named above the list."""


class DeskView(HarmlessSpreadsheetMixin, IndexView):
    """A row is an object in a language; it leads to where that is translated."""

    model = TranslationState
    filterset_class = DeskFilterSet
    columns = [CHECKBOXES, *COLUMNS]
    index_url_name = "translating:desk"
    index_results_url_name = "translating:desk_results"
    template_name = "lihsite/admin/desk/index.html"
    page_title = _("Translations")
    header_icon = "globe"
    paginate_by = 50
    is_searchable = True
    search_fields = ["title"]
    any_permission_required = OPENING
    export_filename = "translations"
    list_export = [
        "title",
        "type_name",
        "section_name",
        "source_name",
        "language_name",
        "label",
        "segments",
        "translated",
        "outdated",
        "words",
        "words_to_do",
        "by_machine",
        "outdated_since",
        "assignee_name",
        "due_on",
    ]
    export_headings = {
        "title": _("Title"),
        "type_name": _("Type"),
        "section_name": pgettext_lazy("of the site", "Section"),
        "source_name": _("Source language"),
        "language_name": _("Language"),
        "label": _("State"),
        "segments": _("Texts"),
        "translated": _("Translated"),
        "outdated": _("Outdated"),
        "words": _("Words"),
        "words_to_do": _("Words to do"),
        "by_machine": _("By machine, not yet confirmed"),
        "outdated_since": _("Outdated since"),
        "assignee_name": _("Assigned to"),
        "due_on": _("Due on"),
    }

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(BasePage)

    def get(self, request, *args, **kwargs):
        """The bare address shows a translator the translations in their own languages."""
        languages = own_languages(request.user)
        if languages and not request.GET and not self.results_only:
            return redirect(desk_url(language=languages))
        return super().get(request, *args, **kwargs)

    @cached_property
    def basis(self) -> Basis:
        """The source that the translations are compared with."""
        return basis_of(self.request.GET)

    def get_base_queryset(self):
        work = Assignment.objects.open().select_related("assignee")
        return (
            visible_states(self.request.user)
            .select_related("content_type", "section")
            .prefetch_related(Prefetch("assignments", queryset=work, to_attr="open_assignments"))
        )

    def order_queryset(self, queryset):
        """What is outdated comes first, the oldest before the others, and what is done last."""
        key = (self.ordering or "").removeprefix("-")
        if not key:
            since = F(self.basis.column("outdated_since")).asc(nulls_last=True)
            most = F(self.basis.column("words_to_do")).desc()
            return queryset.order_by(since, most, "title", "language", "pk")
        if key == "due_on":
            queryset = queryset.annotate(
                open_assignment=FilteredRelation(
                    "assignments", condition=Q(assignments__done_at=None)
                )
            )
        value = F("open_assignment__due_on" if key == "due_on" else self.basis.column(key))
        nulls_last = True if key in WITH_NULLS else None
        if self.ordering.startswith("-"):
            first = value.desc(nulls_last=nulls_last)
        else:
            first = value.asc(nulls_last=nulls_last)
        return queryset.order_by(first, "title", "language", "pk")

    def paginate_queryset(self, queryset, page_size):
        """Sort keys alone: whole rows make the last pages of a large site three times as slow."""
        keys = queryset.prefetch_related(None).values_list("pk", flat=True)
        paginator, page, chosen, is_paginated = super().paginate_queryset(keys, page_size)
        chosen = list(chosen)
        found = self.get_base_queryset().in_bulk(chosen)
        page.object_list = [found[key] for key in chosen]
        return paginator, page, page.object_list, is_paginated

    def get_table(self, object_list):
        return super().get_table(self.complete(object_list))

    def complete(self, rows) -> list[TranslationState]:
        """The rows with all that their cells show, fetched for all of them at once."""
        rows = list(rows)
        fetch_objects([row for row in rows if not row.page_id])
        addresses = Addresses(self.request.user, self.listing)
        people = people_at_work(rows)
        writable = writable_languages(self.request.user)
        for row in rows:
            row.compare_with(self.basis)
            if row.language in writable and row.is_to_do:
                row.assign_url = self.assign_url(row)
            row.address = addresses.of(row)
            row.people = [get_user_display_name(user) for user in people[row.pk]]
            self.name_relations(row)
        return rows

    def assign_url(self, row) -> str:
        url = reverse("wagtail_bulk_action", args=["lihsite", "translationstate", "assign"])
        back = f"{self.index_url}?{self.request.GET.urlencode()}"
        return f"{url}?{urlencode({'id': row.pk, 'next': back})}"

    @staticmethod
    def name_relations(row) -> None:
        row.type_name = get_content_type_label(row.content_type)
        row.section_name = row.section.get_admin_display_title() if row.section else ""
        row.source_name = language_name(row.source_language)
        row.assignment = next(iter(row.open_assignments), None)
        row.assignee_name, row.due_on = "", None
        if row.assignment:
            row.assignee_name = get_user_display_name(row.assignment.assignee)
            row.due_on = row.assignment.due_on

    def to_row_dict(self, item):
        """A day says enough in a spreadsheet, and reads alike in all of them."""
        item.compare_with(self.basis)
        if item.outdated_since:
            item.outdated_since = timezone.localdate(item.outdated_since)
        self.name_relations(item)
        return super().to_row_dict(item)

    @cached_property
    def listing(self) -> str:
        """The query string that makes this list, on whichever page of it the reader is."""
        query = self.request.GET.copy()
        for name in OWN_PARAMETERS:
            query.pop(name, None)
        return query.urlencode()

    @cached_property
    def header_buttons(self):
        return [HeaderButton(_("Progress"), reverse("translating:progress"), icon_name="history")]

    @cached_property
    def header_more_buttons(self):
        buttons = super().header_more_buttons.copy()
        if may_change_shared_fields(self.request.user):
            url = reverse("translating:hand_over")
            buttons.append(Button(_("Hand over"), url=url, icon_name="user", priority=10))
        if writable_languages(self.request.user):
            url = reverse("translating:import")
            buttons.append(
                Button(_("Import translations"), url=url, icon_name="upload", priority=20)
            )
        return buttons

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.results_only and not self.is_export:
            failed = LanguageSchedule.objects.failed_for(self.request.user)
            context["failed_schedules"] = failed[:FAILURES]
            context["progress"] = progress_by_language(self.request.user, self.basis)
        return context


def fetch_objects(rows) -> None:
    """Fetch the people, pictures and the like of the rows, each with what its rights hang on."""
    querysets = [
        model.objects.select_related("collection")
        if issubclass(model, CollectionMember)
        else model.objects.all()
        for model in tracked_models()
    ]
    prefetch_related_objects(rows, GenericPrefetch("content_object", querysets))


def listed(user, query: QueryDict):
    """The translations that the desk lists to the user at an address, in its order."""
    request = HttpRequest()
    request.method, request.user, request.GET = "GET", user, query
    view = DeskView()
    view.setup(request)
    return view.get_queryset()


def next_in_list(user, querystring: str, after: TranslationState) -> str | None:
    """The address of what is to do after `after` in a list of the desk; None if nothing is left.

    The first comes after the last. `after` may have left the list since, or have moved to its end,
    because it is up to date now: then the first comes next, too.
    """
    query = QueryDict(querystring)
    states = listed(user, query).prefetch_related(None)
    to_do, place = [], 0
    columns = ("pk", basis_of(query).column("state"), "by_machine")
    for pk, state, by_machine in states.values_list(*columns):
        if pk == after.pk:
            place = len(to_do)
        elif state != State.UP_TO_DATE or by_machine:
            to_do.append(pk)
    if not to_do:
        return None
    following = TranslationState.objects.get(pk=to_do[place % len(to_do)])
    return Addresses(user, querystring).of(following)
