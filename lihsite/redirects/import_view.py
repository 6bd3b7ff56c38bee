"""The import of old addresses: a file, what it would change, and then all of it or nothing."""

from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.views.generic import WagtailAdminTemplateMixin
from wagtail.admin.views.generic.permissions import PermissionCheckedMixin
from wagtail.contrib.redirects.models import Redirect
from wagtail.permissions import policy_registry

from .forms import ConfirmForm, ImportForm
from .planning import Refused, Unreadable, import_redirects, plan_import

CHOICES = ("site", "permanent", "replace")
"""What is chosen beside the file."""


class ImportView(PermissionCheckedMixin, WagtailAdminTemplateMixin, FormView):
    """A file is shown as a plan; what is posted then is the same file, to be imported."""

    template_name = "lihsite/admin/redirects/import.html"
    page_title = gettext_lazy("Import redirects")
    header_icon = "redirect"
    permission_required = "add"

    @cached_property
    def permission_policy(self):
        return policy_registry.get_by_type(Redirect)

    def get_breadcrumbs_items(self):
        return [
            *self.breadcrumbs_items,
            {"url": reverse("wagtailredirects:index"), "label": _("Redirects")},
            {"url": "", "label": self.page_title},
        ]

    @property
    def is_confirmed(self) -> bool:
        return "confirm" in self.request.POST

    def get_form_class(self):
        return ConfirmForm if self.is_confirmed else ImportForm

    def form_valid(self, form):
        data = form.cleaned_data
        if data["replace"] and not self.permission_policy.user_has_permission(
            self.request.user, "change"
        ):
            raise PermissionDenied
        content = data["file"].encode() if self.is_confirmed else data["file"].read()
        try:
            if self.is_confirmed:
                return self.imported(content, data)
            plan = plan_import(content, data["site"], replace=data["replace"])
        except Unreadable as reason:
            form.add_error("file", str(reason))
            return self.form_invalid(form)
        return self.shown(plan, content, data)

    def imported(self, content: bytes, data):
        choices = {"replace": data["replace"], "permanent": data["permanent"]}
        try:
            plan = import_redirects(content, data["site"], self.request.user, **choices)
        except Refused:
            messages.error(
                self.request,
                _("Something has changed meanwhile. Nothing was imported: see what is refused."),
            )
            plan = plan_import(content, data["site"], replace=data["replace"])
            return self.shown(plan, content, data)
        number = len(plan.changes)
        messages.success(
            self.request,
            ngettext(
                "%(count)d redirect was imported.", "%(count)d redirects were imported.", number
            )
            % {"count": number},
        )
        return redirect("wagtailredirects:index")

    def shown(self, plan, content: bytes, data):
        """The dry run, with a form that holds the file."""
        confirm = ConfirmForm(initial={**data, "file": content.decode("utf-8-sig")})
        for name in CHOICES:
            confirm.fields[name].widget = confirm.fields[name].hidden_widget()
        again = ImportForm(initial={name: data[name] for name in CHOICES})
        return self.render_to_response(
            self.get_context_data(plan=plan, confirm=confirm, form=again)
        )
