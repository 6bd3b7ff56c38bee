"""The pages of an account's own second factors, in the admin."""

from django.contrib import messages
from django.http import HttpResponseRedirect, JsonResponse
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView, TemplateView
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from . import sessions
from .factors import (
    AuthenticatorApp,
    add_app,
    has_factor,
    in_fours,
    is_factor_missing,
    make_recovery_codes,
    new_secret,
    qr_code,
    remove_app,
    remove_passkey,
)
from .forms import WRONG_CODE, ConfirmForm, NewAppForm, PasskeyNameForm
from .passkeys import Refused, add_passkey, registration_options

SECRET, CODES = "account_new_secret", "account_new_codes"
"""Keys of the session: the secret of an app that is being set up, and codes to be shown once."""

NOT_ADDED = _("The passkey could not be added. Perhaps this device has one for the site already.")


class AccountPage(WagtailAdminTemplateMixin):
    page_title = _("Second factor")
    header_icon = "key"

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("wagtailadmin_account"), "label": _("Account")},
            {"url": "", "label": self.get_page_title()},
        ]


class Confirmed:
    """Only for whoever has shown a short while ago who they are; others are asked to."""

    def dispatch(self, request, *args, **kwargs):
        if sessions.is_confirmed(request):
            return super().dispatch(request, *args, **kwargs)
        if request.method == "GET":
            back = request.get_full_path()
        else:
            back = reverse("second_factor:index")
        address = f"{reverse('second_factor:confirm')}?next={back}"
        if request.accepts("text/html"):
            return redirect(address)
        return JsonResponse({"address": address}, status=403)


class IndexView(AccountPage, TemplateView):
    template_name = "accounts/second_factor.html"

    def get_context_data(self, **kwargs):
        account = self.request.user
        return {
            **super().get_context_data(**kwargs),
            "app": AuthenticatorApp.objects.filter(account=account).first(),
            "passkeys": account.passkeys.all(),
            "codes_left": account.recovery_codes.count(),
            "has_factor": has_factor(account),
            "is_missing": is_factor_missing(account),
            "passkey_form": PasskeyNameForm(),
        }


class ConfirmView(AccountPage, FormView):
    page_title = _("Confirm that it is you")
    template_name = "accounts/confirm.html"
    form_class = ConfirmForm
    success_url = reverse_lazy("second_factor:index")

    def get_form_kwargs(self):
        kwargs = super().get_form_kwargs()
        return {**kwargs, "account": self.request.user, "request": self.request}

    def form_valid(self, form):
        sessions.confirm(self.request)
        next_url = self.request.GET.get("next", "")
        is_safe = url_has_allowed_host_and_scheme(next_url, None)
        return HttpResponseRedirect(next_url if is_safe else self.get_success_url())

    def get_context_data(self, **kwargs):
        account = self.request.user
        can = account.has_usable_password() or has_factor(account)
        return {**super().get_context_data(**kwargs), "can_confirm": can}


class AppView(Confirmed, AccountPage, FormView):
    """Shows the secret of a new app until its first code has come back."""

    page_title = _("Set up an app")
    template_name = "accounts/app.html"
    form_class = NewAppForm

    def secret(self) -> str:
        return self.request.session.setdefault(SECRET, new_secret())

    def get_context_data(self, **kwargs):
        secret = self.secret()
        return {
            **super().get_context_data(**kwargs),
            "secret": " ".join(in_fours(secret)),
            "qr_code": qr_code(self.request.user, secret),
        }

    def form_valid(self, form):
        account, request = self.request.user, self.request
        if not add_app(account, self.secret(), form.cleaned_data["code"], request):
            form.add_error("code", WRONG_CODE)
            return self.form_invalid(form)
        del request.session[SECRET]
        messages.success(request, _("From now on you sign in with a code of your app."))
        return after_adding(request)


def after_adding(request):
    """Whoever has a factor for the first time is shown recovery codes."""
    if not request.user.recovery_codes.exists():
        request.session[CODES] = make_recovery_codes(request.user, request)
        return redirect("second_factor:codes")
    return redirect("second_factor:index")


class RemoveAppView(Confirmed, View):
    http_method_names = ["post"]

    def post(self, request):
        remove_app(request.user, request)
        messages.success(request, _("The app is no longer asked for."))
        return redirect("second_factor:index")


class PasskeyOptionsView(Confirmed, View):
    http_method_names = ["post"]

    def post(self, request):
        return JsonResponse(registration_options(request))


class AddPasskeyView(Confirmed, View):
    http_method_names = ["post"]

    def post(self, request):
        form = PasskeyNameForm(request.POST)
        try:
            if not form.is_valid():
                raise Refused
            add_passkey(request, request.POST.get("credential", ""), form.cleaned_data["name"])
        except Refused:
            messages.error(request, NOT_ADDED)
            return redirect("second_factor:index")
        messages.success(request, _("The passkey was added."))
        return after_adding(request)


class RenamePasskeyView(Confirmed, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        form = PasskeyNameForm(request.POST)
        if form.is_valid():
            request.user.passkeys.filter(pk=pk).update(name=form.cleaned_data["name"])
            messages.success(request, _("The passkey was renamed."))
        return redirect("second_factor:index")


class RemovePasskeyView(Confirmed, View):
    http_method_names = ["post"]

    def post(self, request, pk):
        remove_passkey(request.user, pk, request)
        messages.success(request, _("The passkey was removed."))
        return redirect("second_factor:index")


class CodesView(Confirmed, AccountPage, TemplateView):
    """Recovery codes, shown once; posting makes new ones."""

    page_title = _("Recovery codes")
    template_name = "accounts/codes.html"

    def get(self, request):
        codes = request.session.pop(CODES, None)
        if codes is None:
            return redirect("second_factor:index")
        return self.render_to_response(self.get_context_data(codes=codes))

    def post(self, request):
        if has_factor(request.user):
            request.session[CODES] = make_recovery_codes(request.user, request)
        return redirect("second_factor:codes")
