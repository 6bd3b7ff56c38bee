"""The audit as a report: who signed in, who failed to, who changed what somebody may do."""

from datetime import timedelta

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn
from wagtail.permissions import policy_registry

from lihsite.choice_filters import AnyOfFilter, OneOfFilter
from lihsite.reports import Report

from .audit import AccountEvent, Kind


class AccountEventsFilterSet(WagtailFilterSet):
    days = OneOfFilter(
        label=_("Period"),
        choices=[("1", _("Last day")), ("7", _("Last 7 days")), ("30", _("Last 30 days"))],
        empty_label=_("All that is kept"),
        method="since",
    )
    kind = AnyOfFilter(label=_("Event"), choices=Kind.choices)

    class Meta:
        model = AccountEvent
        fields = []

    def since(self, queryset, name, value):
        return queryset.filter(happened_at__gte=timezone.now() - timedelta(days=int(value)))


class AccountEventsReport(Report):
    model = AccountEvent
    filterset_class = AccountEventsFilterSet
    page_title = _("Logins and permissions")
    header_icon = "key"
    is_searchable = True
    search_fields = ["account_name", "actor_name", "client", "detail"]
    default_ordering = "-happened_at"
    export_filename = "logins-and-permissions"
    list_export = [
        *("happened_at", "get_kind_display", "account_name", "actor_name", "client", "detail")
    ]
    columns = [
        DateColumn("happened_at", label=_("Date and time"), sort_key="happened_at"),
        Column("kind", label=_("Event"), accessor="get_kind_display", sort_key="kind"),
        Column("account_name", label=_("Account"), sort_key="account_name"),
        Column("actor_name", label=_("By"), sort_key="actor_name"),
        Column("client", label=_("Address"), sort_key="client"),
        Column("detail", label=_("Detail")),
    ]

    @classmethod
    def is_open_to(cls, user):
        return policy_registry.get_by_type(AccountEvent).user_has_permission(user, "view")
