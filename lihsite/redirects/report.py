"""The report of addresses that visitors ask for in vain; each row offers to make a redirect."""

from urllib.parse import quote, urlencode

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn, TitleColumn
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import policy_registry

from lihsite.choice_filters import OneOfFilter
from lihsite.multilingual.languages import language_codes, language_name
from lihsite.reports import Report

from .models import MissingAddress

NO_LANGUAGE = "none"


def link_to(path: str) -> str:
    """The path as an address of this site, as it was asked for.

    Whoever asked has chosen it: browsers take `//` and `/\\` at its beginning for another host.
    """
    return f"/{quote(path[1:2], safe='')}{quote(path[2:])}"


class MissingAddressesFilterSet(WagtailFilterSet):
    language = OneOfFilter(
        label=_("Language"),
        choices=[*settings.LANGUAGES, (NO_LANGUAGE, _("None"))],
        method="of_language",
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


class MissingAddressesReport(Report):
    """For those who may make redirects; what has one meanwhile is no longer missing."""

    model = MissingAddress
    filterset_class = MissingAddressesFilterSet
    page_title = _("Missing addresses")
    header_icon = "redirect"
    is_searchable = True
    search_fields = ["path", "referrer"]
    default_ordering = "-count"
    export_filename = "missing-addresses"
    list_export = ["path", "language", "count", "last_seen", "referrer"]
    columns = [
        TitleColumn(
            "path", label=_("Address"), sort_key="path", get_url=lambda row: link_to(row.path)
        ),
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

    @classmethod
    def is_open_to(cls, user):
        return policy_registry.get_by_type(Redirect).user_has_permission(user, "add")

    def get_base_queryset(self):
        redirected = Redirect.objects.filter(old_path=OuterRef("path"))
        return MissingAddress.objects.exclude(Exists(redirected))
