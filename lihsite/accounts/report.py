"""The audit as a report: who signed in, who failed to, who changed what somebody may do."""

from datetime import timedelta

import django_filters
from django import forms
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.admin.views.reports import ReportView
from wagtail.permissions import policy_registry

from lihsite.spreadsheets import HarmlessSpreadsheetMixin

from .audit import AccountEvent, Kind


class AccountEventsFilterSet(WagtailFilterSet):
    days = django_filters.ChoiceFilter(
        label=_("Period"),
        choices=[
            ("1", _("Last day")),
            ("7", _("Last 7 days")),
            ("30", _("Last 30 days")),
        ],
        empty_label=_("All that is kept"),
        method="since",
        widget=forms.RadioSelect,
    )
    kind = django_filters.MultipleChoiceFilter(
        label=_("Event"), choices=Kind.choices, widget=forms.CheckboxSelectMultiple
    )

    class Meta:
        model = AccountEvent
        fields = []

    def since(self, queryset, name, value):
        return queryset.filter(happened_at__gte=timezone.now() - timedelta(days=int(value)))


class AccountEventsView(HarmlessSpreadsheetMixin, ReportView):
    model = AccountEvent
    filterset_class = AccountEventsFilterSet
    page_title = _("Logins and permissions")
    header_icon = "key"
    index_url_name = "account_events:report"
    index_results_url_name = "account_events:report_results"
    permission_required = "view"
    is_searchable = True
    search_fields = ["account_name", "actor_name", "client", "detail"]
    default_ordering = "-happened_at"
    export_filename = "logins-and-permissions"
    list_export = [
        *("happened_at", "get_kind_display", "account_name", "actor_name", "client", "detail")
    ]
    export_headings = {
        "happened_at": _("Time"),
        "get_kind_display": _("Event"),
        "account_name": _("Account"),
        "actor_name": _("By"),
        "client": _("Address"),
        "detail": _("Detail"),
    }
    columns = [
        DateColumn("happened_at", label=_("Time"), sort_key="happened_at"),
        Column("kind", label=_("Event"), accessor="get_kind_display", sort_key="kind"),
        Column("account_name", label=_("Account"), sort_key="account_name"),
        Column("actor_name", label=_("By"), sort_key="actor_name"),
        Column("client", label=_("Address"), sort_key="client"),
        Column("detail", label=_("Detail")),
    ]

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(AccountEvent)
