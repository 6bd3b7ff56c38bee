"""The report of addresses that visitors ask for in vain; each row offers to make a redirect."""

from urllib.parse import urlencode

import django_filters
from django import forms
from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.admin.views.reports import ReportView
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import policy_registry

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.spreadsheets import HarmlessSpreadsheetMixin

from .models import MissingAddress

NO_LANGUAGE = "none"


class MissingAddressesFilterSet(WagtailFilterSet):
    language = django_filters.ChoiceFilter(
        label=_("Language"),
        choices=[*settings.LANGUAGES, (NO_LANGUAGE, _("None"))],
        empty_label=_("All"),
        method="of_language",
        widget=forms.RadioSelect,
    )

    class Meta:
        model = MissingAddress
        fields = []

    def of_language(self, queryset, name, value):
        return queryset.filter(language="" if value == NO_LANGUAGE else value)


class MakeRedirectColumn(Column):
    cell_template_name = "lihsite/admin/redirects/make_redirect_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        query = urlencode({"old_path": instance.path})
        context["url"] = f"{reverse('wagtailredirects:add')}?{query}"
        return context


class MissingAddressesView(HarmlessSpreadsheetMixin, ReportView):
    """For those who may make redirects; what has one meanwhile is no longer missing."""

    model = MissingAddress
    filterset_class = MissingAddressesFilterSet
    page_title = _("Missing addresses")
    header_icon = "redirect"
    index_url_name = "missing_addresses:report"
    index_results_url_name = "missing_addresses:report_results"
    permission_required = "add"
    is_searchable = True
    search_fields = ["path", "referrer"]
    default_ordering = "-count"
    export_filename = "missing-addresses"
    list_export = ["path", "language", "count", "last_seen", "referrer"]
    columns = [
        TitleColumn("path", label=_("Address"), sort_key="path", get_url=lambda row: row.path),
        Column(
            "language",
            label=_("Language"),
            sort_key="language",
            accessor=lambda row: (
                language_name(row.language) if row.language in language_codes() else row.language
            ),
        ),
        NumberColumn("count", label=_("Times asked for"), sort_key="count"),
        DateColumn("last_seen", label=_("Last asked for"), sort_key="last_seen"),
        Column("referrer", label=_("Linked from"), accessor=lambda row: row.referrer or ""),
        MakeRedirectColumn("redirect", label=_("Redirect"), accessor="path"),
    ]

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Redirect)

    def get_base_queryset(self):
        redirected = Redirect.objects.filter(old_path=OuterRef("path"))
        return MissingAddress.objects.exclude(Exists(redirected))
