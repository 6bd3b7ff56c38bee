"""What the page of one's own account holds about signing in."""

from functools import partial

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.account import BaseSettingsPanel, ChangePasswordPanel

from .factors import has_factor
from .forms import EmailForm, PasswordForm
from .sessions import is_confirmed


class EmailPanel(BaseSettingsPanel):
    """The e-mail address, in the place of Wagtail's field (`WAGTAIL_EMAIL_MANAGEMENT_ENABLED`)."""

    name = "email"
    title = _("E-mail address")
    order = 110
    template_name = "accounts/email_panel.html"
    form_class = EmailForm

    def get_form(self):
        return self.form_class(
            self.request.POST if self.request.method == "POST" else None,
            instance=self.user,
            prefix=self.name,
            is_confirmed=is_confirmed(self.request),
        )


class PasswordPanel(ChangePasswordPanel):
    """In the place of Wagtail's (`WAGTAIL_PASSWORD_MANAGEMENT_ENABLED`), where an open session may
    guess the password for ever.
    """

    def __init__(self, *args):
        super().__init__(*args)
        self.form_class = partial(PasswordForm, request=self.request)

    def is_active(self):
        return self.user.has_usable_password()


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
