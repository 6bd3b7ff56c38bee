"""The admin's views of exchange: export, upload, preview."""

from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse, reverse_lazy
from django.utils.cache import patch_cache_control
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, TemplateView
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.widgets.button import HeaderButton

from lihsite.multilingual.changes import difference_html
from lihsite.multilingual.exchange_records import ImportedFile
from lihsite.multilingual.permissions import writable_languages

from .documents import Unreadable
from .exports import NothingToExport, export, file_name
from .formats import FORMATS
from .forms import ExportForm, ImportForm
from .imports import Refused, apply, plan_import
from .selections import selection_of


class TranslatorsOnlyMixin:
    """For those who may write some language."""

    def dispatch(self, request, *args, **kwargs):
        if not writable_languages(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)


class ExportView(TranslatorsOnlyMixin, WagtailAdminTemplateMixin, FormView):
    """The address says what is exported (`selection_of`), the form how."""

    form_class = ExportForm
    template_name = "lihsite/admin/exchange/export.html"
    page_title = gettext_lazy("Export for translation")
    header_icon = "download"

    @cached_property
    def selection(self):
        return selection_of(self.request.user, self.request.GET)

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_header_buttons(self):
        return [import_button()]

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "is_section": self.selection.is_section,
            "languages": self.selection.languages,
        }

    def get_initial(self):
        return {"language": self.selection.first_language()}

    def get_context_data(self, **kwargs):
        names = self.selection.named()
        return {
            **super().get_context_data(**kwargs),
            "names": names,
            "more": self.selection.count - len(names),
        }

    def form_valid(self, form):
        language = form.cleaned_data["language"]
        format = FORMATS[form.cleaned_data["format"]]
        objects = self.selection.objects(
            language, include_descendants=form.cleaned_data.get("include_descendants", False)
        )
        try:
            data, record = export(
                objects,
                language,
                format,
                user=self.request.user,
                only_open=form.cleaned_data["only_open"],
            )
        except NothingToExport as reason:
            form.add_error(None, str(reason))
            return self.form_invalid(form)
        name = file_name(format, record, self.selection.chosen(language))
        return attachment(data, name, format.content_type)


def attachment(data, name: str, content_type: str) -> HttpResponse:
    response = HttpResponse(
        data,
        content_type=content_type,
        headers={"Content-Disposition": f'attachment; filename="{name}"'},
    )
    patch_cache_control(response, private=True, no_store=True)
    return response


def import_button() -> HeaderButton:
    return HeaderButton(_("Import translations"), reverse("translating:import"), icon_name="upload")


class ImportView(TranslatorsOnlyMixin, WagtailAdminTemplateMixin, FormView):
    """Takes a file and shows what it would change."""

    form_class = ImportForm
    template_name = "lihsite/admin/exchange/import.html"
    page_title = gettext_lazy("Import translations")
    header_icon = "upload"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def form_valid(self, form):
        upload = form.cleaned_data["file"]
        data = upload.read()
        try:
            plan_import(data, self.request.user)
        except Unreadable as reason:
            form.add_error("file", str(reason))
            return self.form_invalid(form)
        kept = ImportedFile.keep(self.request.user, upload.name, data)
        return redirect("translating:import_preview", kept.token)


class ImportPreviewView(TranslatorsOnlyMixin, WagtailAdminTemplateMixin, TemplateView):
    """What the file would change, and the button that does it."""

    template_name = "lihsite/admin/exchange/import_preview.html"
    page_title = gettext_lazy("Import translations")
    header_icon = "upload"

    @cached_property
    def file(self) -> ImportedFile:
        return get_object_or_404(ImportedFile, token=self.kwargs["token"], user=self.request.user)

    def get_page_subtitle(self):
        return self.file.name

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse_lazy("translating:import"), "label": self.page_title},
            {"url": "", "label": self.file.name},
        ]

    def get_context_data(self, **kwargs):
        plan = plan_import(bytes(self.file.data), self.request.user)
        return {
            **super().get_context_data(**kwargs),
            "plan": plan,
            "conflicts": [shown(change) for change in plan.conflicts],
            "changes": [shown(change) for change in plan.plain_changes],
        }

    def post(self, request, *args, **kwargs):
        if "discard" in request.POST:
            self.file.delete()
            messages.success(request, _("The file was discarded. Nothing was imported."))
            return redirect("translating:import")
        try:
            plan = apply(
                bytes(self.file.data),
                request.user,
                digest=request.POST.get("digest", ""),
                taken=set(request.POST.getlist("take")),
            )
        except Refused as reason:
            messages.error(request, str(reason))
            return redirect("translating:import_preview", self.file.token)
        self.file.delete()
        messages.success(
            request,
            " ".join(done_by(plan)) or _("Nothing was imported."),
            buttons=[
                messages.button(url, title)
                for url, title in list(
                    {change.edit_url: change.object_title for change in plan.changes}.items()
                )[:5]
                if url
            ],
        )
        return redirect("translating:import")


def done_by(plan) -> list[str]:
    """What an import did, in words."""
    done = []
    if plan.pages:
        done.append(
            ngettext(
                "The translations of %(count)d page were imported as a draft.",
                "The translations of %(count)d pages were imported as drafts.",
                plan.pages,
            )
            % {"count": plan.pages}
        )
    if plan.others:
        done.append(
            ngettext(
                "The translations of %(count)d object without drafts were saved.",
                "The translations of %(count)d objects without drafts were saved.",
                plan.others,
            )
            % {"count": plan.others}
        )
    return done


def shown(change) -> dict:
    """A change as the preview shows it."""
    return {
        "change": change,
        "difference": difference_html(change.before, change.after, is_rich_text=change.is_rich),
        "source_difference": change.source_moved_on
        and difference_html(change.source_then, change.source_now, is_rich_text=change.is_rich),
    }
