"""The report of visits: a row a page and language, a plot of the days, to filter and export."""

from datetime import date, timedelta

from django.conf import settings
from django.db.models import Min, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, NumberColumn, TitleColumn

from lihsite.choice_filters import AnyOfFilter, OneOfFilter
from lihsite.models import BasePage
from lihsite.multilingual.languages import language_name
from lihsite.pages.reports import PagesReport

from .models import PageVisits
from .plot import visits_plot

USUAL_DAYS = 30


class VisitsFilterSet(WagtailFilterSet):
    days = OneOfFilter(
        label=_("Period"),
        choices=[
            ("7", _("Last 7 days")),
            ("90", _("Last 90 days")),
            ("365", _("Last 365 days")),
            ("all", _("All that is kept")),
        ],
        empty_label=_("Last 30 days"),
        method="from_day",
    )
    language = AnyOfFilter(label=_("Language"), choices=settings.LANGUAGES)

    class Meta:
        model = PageVisits
        fields = []

    def from_day(self, queryset, name, value):
        return queryset if value == "all" else queryset.filter(day__gte=first_day(int(value)))

    def filter_queryset(self, queryset):
        if not self.form.cleaned_data["days"]:
            queryset = queryset.filter(day__gte=first_day(USUAL_DAYS))
        return super().filter_queryset(queryset)


def first_day(days: int) -> date:
    """The first of so many days that end today."""
    return timezone.localdate() - timedelta(days=days - 1)


class VisitsReport(PagesReport):
    model = PageVisits
    filterset_class = VisitsFilterSet
    template_name = "lihsite/admin/visits/report.html"
    results_template_name = "lihsite/admin/visits/results.html"
    page_title = _("Visits")
    header_icon = "view"
    opening = ["add", "change", "publish"]
    is_searchable = False
    default_ordering = "-visits"
    export_filename = "visits"
    list_export = ["title", "address", "language_name", "visits"]
    export_headings = {"address": _("Address")}
    columns = [
        TitleColumn("title", label=_("Page"), get_url=lambda row: row["edit_url"]),
        Column("language_name", label=_("Language"), sort_key="language"),
        NumberColumn("visits", label=_("Visits"), sort_key="visits"),
    ]

    @cached_property
    def days(self):
        """The visits of the chosen days and languages, a row a page, language and day."""
        return self.filter_queryset(self.get_base_queryset())

    def get_queryset(self):
        rows = self.days.order_by().values("page", "language").annotate(visits=Sum("count"))
        return rows.order_by(self.ordering, "page", "language")

    def get_filtered_queryset(self):
        return self.get_queryset()

    def get(self, request, *args, **kwargs):
        self.object_list = self.get_queryset()
        context = self.get_context_data()
        if self.is_export:
            context["object_list"] = self.named(context["object_list"])
        return self.render_to_response(context)

    def get_table(self, object_list):
        return super().get_table(self.named(object_list))

    def named(self, rows) -> list[dict]:
        """The rows with the title and address of their page, fetched for all of them at once."""
        rows = list(rows)
        pages = BasePage.objects.in_bulk({row["page"] for row in rows})
        for row in rows:
            page = pages[row["page"]]
            row["title"] = page.get_admin_display_title()
            row["address"] = page.get_url_for_language(row["language"]) or ""
            row["language_name"] = language_name(row["language"])
            row["edit_url"] = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return rows

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        if not self.is_export:
            context["plot"] = self.plot()
        return context

    def plot(self):
        sums = self.days.order_by().values_list("day", "language").annotate(visits=Sum("count"))
        counts = {(day, language): visits for day, language, visits in sums}
        return visits_plot(counts, self.first_day(), timezone.localdate())

    def first_day(self) -> date:
        chosen = self.filters.form.cleaned_data.get("days") if self.filters.is_valid() else ""
        if chosen == "all":
            return self.days.aggregate(first=Min("day"))["first"] or timezone.localdate()
        return first_day(int(chosen or USUAL_DAYS))
