"""The forms by which somebody shows who they are, and says how to sign in from now on."""

from django import forms
from django.contrib.auth import get_user_model
from django.contrib.auth.forms import PasswordChangeForm
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms.auth import LoginForm as WagtailLoginForm

from .attempts import CODE, Attempt
from .audit import Kind, record
from .factors import accept_code

WRONG_CODE = _("This code is not right, or it was used before.")
NOT_CONFIRMED = _(
    "Confirm that it is you, then save here once more. What you entered is still here; nothing has "
    "been saved yet."
)


class LoginForm(WagtailLoginForm):
    """User name and password, refused after too many attempts.

    Wagtail's form names the password by its field, in English in every language. Its box "Remember
    me" is left out: when sessions end is a rule of the site.
    """

    remember = None

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["password"].label = _("Password")
        self.fields["username"].widget.attrs["autocomplete"] = "username"
        self.fields["password"].widget.attrs["autocomplete"] = "current-password"

    def clean(self):
        username = self.cleaned_data.get("username")
        if not username or not self.cleaned_data.get("password"):
            return super().clean()
        attempt = Attempt(self.request, username)
        attempt.begin()
        cleaned = super().clean()
        attempt.succeed()
        return cleaned


class CodeForm(forms.Form):
    """A code of the account's app, or one of its recovery codes."""

    code = forms.CharField(
        label=_("Code"),
        max_length=40,
        help_text=_("The six digits that your app shows, or one of your recovery codes."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "autofocus": "", "spellcheck": "false"}
        ),
    )

    def __init__(self, *args, account, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.account = account
        self.request = request

    def clean_code(self):
        attempt = Attempt(self.request, self.account.get_username(), CODE)
        attempt.begin(self.account)
        if not self.is_right(self.cleaned_data["code"]):
            self.tell_failure()
            raise forms.ValidationError(WRONG_CODE, code="wrong")
        attempt.succeed()
        return self.cleaned_data["code"]

    def is_right(self, code: str) -> bool:
        return accept_code(self.account, code, self.request)

    def tell_failure(self) -> None:
        record(Kind.CODE_FAILED, self.account, self.request)


class ConfirmForm(CodeForm):
    """The password once more, or a code where the account has none."""

    code = forms.CharField(
        label=_("Password, or a code of your app"),
        max_length=4096,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": ""}),
    )

    def is_right(self, code: str) -> bool:
        return self.account.check_password(code) or super().is_right(code)


class EmailForm(forms.ModelForm):
    """The address of an account, to which the mail goes that sets a new password.

    So it is changed only by whoever has shown a short while ago who they are (`is_confirmed`).
    """

    class Meta:
        model = get_user_model()
        fields = ["email"]

    def __init__(self, *args, is_confirmed, **kwargs):
        super().__init__(*args, **kwargs)
        self.is_confirmed = is_confirmed
        email = self.fields["email"]
        email.label = _("E-mail address")
        email.required = is_confirmed
        if not is_confirmed:
            email.widget.attrs["readonly"] = True
            email.help_text = _("Before you can change the address, confirm that it is you.")

    def clean_email(self):
        email = self.cleaned_data["email"]
        if not self.is_confirmed and email != self.initial["email"]:
            raise forms.ValidationError(NOT_CONFIRMED, code="not_confirmed")
        return email


class PasswordForm(PasswordChangeForm):
    """A new password, for whoever knows the old one and has not tried too many.

    The page of the account makes and asks its forms anew to show what was wrong with them, with the
    same request: that is one attempt.
    """

    def __init__(self, *args, request, **kwargs):
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_old_password(self):
        if not hasattr(self.request, "attempt_at_password"):
            self.request.attempt_at_password = self.attempt()
        if error := self.request.attempt_at_password:
            raise error
        return self.cleaned_data["old_password"]

    def attempt(self) -> forms.ValidationError | None:
        """What was wrong with it, if anything."""
        attempt = Attempt(self.request, self.user.get_username())
        try:
            attempt.begin(self.user)
            super().clean_old_password()
        except forms.ValidationError as error:
            return error
        attempt.succeed()
        return None


class NewAppForm(forms.Form):
    """The first code of an app that is being set up."""

    code = forms.CharField(
        label=_("Code"),
        max_length=10,
        help_text=_("The six digits that the app shows now."),
        widget=forms.TextInput(
            attrs={"autocomplete": "one-time-code", "inputmode": "numeric", "spellcheck": "false"}
        ),
    )


class PasskeyNameForm(forms.Form):
    name = forms.CharField(
        label=_("Name"),
        max_length=60,
        help_text=_("So that you know it again: “Phone”, “Key at the office”."),
    )
