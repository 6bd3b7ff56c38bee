"""The report of broken links; each row leads to where the link can be mended."""

from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.db.models import Max, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.admin_url_finder import AdminURLFinder
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn

from lihsite.choice_filters import AnyOfFilter
from lihsite.models import BasePage
from lihsite.multilingual.languages import column, language_codes, language_name
from lihsite.multilingual.registration import translated_fields
from lihsite.pages.reports import PagesReport

from .extraction import place_label
from .models import BrokenLink, Kind, Problem


class BrokenLinksFilterSet(WagtailFilterSet):
    language = AnyOfFilter(label=_("Language"), choices=settings.LANGUAGES)
    kind = AnyOfFilter(label=_("Kind"), choices=Kind.choices)
    problem = AnyOfFilter(label=_("Problem"), choices=Problem.choices)

    class Meta:
        model = BrokenLink
        fields = []


def edit_url(link: BrokenLink) -> str | None:
    """The form of what has the text, open at the block or field that the link stands in.

    Wagtail leads to places in forms by this sign; `language-tabs.js` fetches the tab for it.
    None where the account may not open the form.
    """
    if not link.form_url:
        return None
    translated = translated_fields(model_with_text(link))
    field = column(link.field, link.language) if link.field in translated else link.field
    place = ".".join(filter(None, [field, link.block]))
    return f"{link.form_url}#tab-language_{link.language}:w:contentpath={place}"


def model_with_text(link: BrokenLink) -> type[models.Model]:
    return type(link.owner) if link.owner_id else link.page.specific_class or BasePage


class BrokenLinksReport(PagesReport):
    model = BrokenLink
    filterset_class = BrokenLinksFilterSet
    template_name = "lihsite/admin/links/report.html"
    page_title = _("Broken links")
    header_icon = "link"
    opening = ["change", "publish"]
    is_searchable = True
    search_fields = ["target", *(f"page__{column('title', code)}" for code in language_codes())]
    default_ordering = "page"
    no_results_message = _("No broken link was found.")
    export_filename = "broken-links"
    list_export = [
        *("title", "language_name", "place_label", "get_kind_display", "target"),
        *("get_problem_display", "found_at"),
    ]
    export_headings = {"get_kind_display": _("Kind")}
    columns = [
        TitleColumn("title", label=_("Page"), sort_key="page", get_url=edit_url),
        Column("language_name", label=_("Language"), sort_key="language"),
        Column("place", label=_("Place"), sort_key="place", accessor="place_label"),
        Column("target", label=_("Leads to"), sort_key="target"),
        Column("problem", label=_("Problem"), sort_key="problem", accessor="get_problem_display"),
        DateColumn("found_at", label=_("Checked")),
    ]

    def get_base_queryset(self):
        """Without those whose owner was deleted since the check."""
        there = Q(owner_type=None)
        kinds = ContentType.objects.filter(pk__in=BrokenLink.objects.values("owner_type"))
        for kind in kinds:
            if model := kind.model_class():
                there |= Q(owner_type=kind, owner_id__in=model._base_manager.values("pk"))
        links = super().get_base_queryset().filter(there)
        return links.select_related("page").prefetch_related("owner")

    def order_queryset(self, queryset):
        """Pages stand in the order of the tree."""
        backwards = self.ordering.startswith("-")
        key = self.ordering.removeprefix("-")
        field = "page__path" if key == "page" else key
        return queryset.order_by(f"-{field}" if backwards else field, "language", "pk")

    def get_table(self, object_list):
        links = self.named(object_list)
        finder = AdminURLFinder(self.request.user)
        forms = {one: finder.get_edit_url(one) for one in {link.owner for link in links} - {None}}
        for link in links:
            page_form = reverse("wagtailadmin_pages:edit", args=[link.page_id])
            link.form_url = forms.get(link.owner) if link.owner_id else page_form
        return super().get_table(links)

    def named(self, links) -> list[BrokenLink]:
        links = list(links)
        for link in links:
            link.title = str(link.owner) if link.owner_id else link.page.get_admin_display_title()
            link.language_name = language_name(link.language)
            link.place_label = place_label(model_with_text(link), link.place)
        return links

    def to_row_dict(self, item):
        self.named([item])
        return super().to_row_dict(item)

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        newest = BrokenLink.objects.aggregate(newest=Max("found_at"))["newest"]
        return {**context, "checked_at": newest}
