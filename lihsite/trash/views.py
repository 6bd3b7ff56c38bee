"""The report “Deleted pages” in the admin: what there is, restore one, delete one for good."""

from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import TemplateView
from wagtail.admin import messages
from wagtail.admin.ui.tables import Column, DateColumn, TitleColumn, UserColumn
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lihsite.pages.columns import DayColumn
from lihsite.reports import Report

from .access import may_open_list, visible_to
from .emptying import delete_for_good, may_delete_for_good
from .forms import RestoreForm
from .models import DeletedPage
from .restoring import loses_publications, restore

REPORT, RESTORE = "deleted-pages:report", "deleted-pages:restore"


class ActionsColumn(Column):
    cell_template_name = "lihsite/admin/trash/actions_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        may_delete = may_delete_for_good(parent_context["request"].user)
        return {**context, "entry": instance, "may_delete_for_good": may_delete}


class DeletedPagesReport(Report):
    model = DeletedPage
    template_name = "lihsite/admin/trash/report.html"
    page_title = gettext_lazy("Deleted pages")
    header_icon = "bin"
    is_searchable = True
    search_fields = ["titles", "addresses"]
    default_ordering = "-deleted_at"
    no_results_message = gettext_lazy("There is no deleted page to restore.")
    export_filename = "deleted-pages"
    list_export = ["title", "address", "pages", "deleted_by", "deleted_at", "kept_until"]
    columns = [
        TitleColumn("title", label=gettext_lazy("Page"), url_name=RESTORE),
        Column("address", label=gettext_lazy("Address")),
        Column("pages", label=gettext_lazy("Pages"), sort_key="pages"),
        UserColumn("deleted_by", label=gettext_lazy("Deleted by")),
        DateColumn("deleted_at", label=gettext_lazy("Deleted"), sort_key="deleted_at"),
        DayColumn("kept_until", label=gettext_lazy("Can be restored until"), sort_key="kept_until"),
        ActionsColumn("actions", label=""),
    ]

    @classmethod
    def is_open_to(cls, user):
        return may_open_list(user)

    def get_base_queryset(self):
        return visible_to(self.request.user)


class OfEntryMixin(WagtailAdminTemplateMixin):
    """A view of one deleted page. Raises Http404 for those that the account does not see."""

    header_icon = "bin"
    _show_breadcrumbs = True

    @cached_property
    def entry(self):
        return get_object_or_404(visible_to(self.request.user), pk=self.kwargs["pk"])

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse(REPORT), "label": _("Deleted pages")},
            {"url": "", "label": self.page_title, "sublabel": self.entry.title},
        ]

    def get_page_subtitle(self):
        return self.entry.title

    def get_context_data(self, **kwargs):
        return super().get_context_data(entry=self.entry, **kwargs)


class RestoreView(OfEntryMixin, TemplateView):
    template_name = "lihsite/admin/trash/restore.html"
    page_title = gettext_lazy("Restore")

    @cached_property
    def form(self):
        return RestoreForm(self.request.POST or None, entry=self.entry, user=self.request.user)

    def get_context_data(self, **kwargs):
        return super().get_context_data(form=self.form, **kwargs)

    def post(self, request, *args, **kwargs):
        entry, form = self.entry, self.form
        if not form.is_valid():
            return self.get(request, *args, **kwargs)
        parent = form.cleaned_data["parent"]
        is_unscheduled = loses_publications(entry, parent, request.user)
        try:
            page = restore(entry, parent, form.slugs, request.user)
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
            return redirect(REPORT)
        text = ngettext(
            "“%(title)s” is restored.",
            "“%(title)s” and the pages below it are restored.",
            entry.pages,
        ) % {"title": entry.title}
        edit = messages.button(reverse("wagtailadmin_pages:edit", args=[page.pk]), _("Edit"))
        messages.success(request, text, buttons=[edit])
        if is_unscheduled:
            messages.warning(
                request,
                _("Publications that were scheduled are cancelled: you may not publish here."),
            )
        return redirect("wagtailadmin_explore", page.get_parent().pk)


class DeleteForGoodView(OfEntryMixin, TemplateView):
    template_name = "lihsite/admin/trash/delete_for_good.html"
    page_title = gettext_lazy("Delete for good")

    def dispatch(self, request, *args, **kwargs):
        if not may_delete_for_good(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        title = self.entry.title
        delete_for_good(self.entry, request.user)
        messages.success(request, _("“%(title)s” is deleted for good.") % {"title": title})
        return redirect(REPORT)
