"""What the page of one's own account says about the second factor."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel

from .factors import has_factor


class SecondFactorPanel(BaseSettingsPanel):
    """Leads to the pages that manage it; in the form of the account there is nothing to fill in."""

    name = "second_factor"
    title = _("Second factor")
    order = 510
    template_name = "accounts/account_panel.html"
    form_class = forms.Form

    def get_form(self):
        return self.form_class(prefix=self.name)

    def get_context_data(self):
        return {**super().get_context_data(), "has_factor": has_factor(self.user)}
