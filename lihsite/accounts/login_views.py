"""The pages before the admin: password, second step, passkey, and those of a forgotten password."""

from django.contrib import messages
from django.contrib.auth import views as auth_views
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views import View
from django.views.generic import FormView
from wagtail.admin.views import account as wagtail_account

from lihsite.clients import client_of
from lihsite.rates import give_back

from .attempts import refusal_of_unnamed
from .devices import remember_device
from .forms import CodeForm, LoginForm
from .passkeys import Refused, account_of_answer, login_options
from .signing_in import enter, let_in, pending_account
from .single_sign_on import sign_on_name

REFUSED = _("This passkey does not open the admin. Try another one, or sign in with your password.")


class LoginView(wagtail_account.LoginView):
    """Wagtail's page; a password alone lets in whoever has no second factor."""

    def form_valid(self, form):
        return enter(self.request, form.get_user(), self.get_success_url())

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "sign_on_name": sign_on_name()}


class VisitorsLoginView(auth_views.LoginView):
    """The door of private pages, in the design of the site; the same steps behind it."""

    template_name = "wagtailcore/login.html"
    authentication_form = LoginForm

    def form_valid(self, form):
        return enter(self.request, form.get_user(), self.get_success_url())


class SecondStepView(FormView):
    """Asks who has shown the password for a code, or for a passkey."""

    template_name = "accounts/second_step.html"
    form_class = CodeForm

    def dispatch(self, request, *args, **kwargs):
        self.account, self.next_url = pending_account(request)
        if self.account is None:
            return redirect("wagtailadmin_login")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self):
        return {**super().get_form_kwargs(), "account": self.account, "request": self.request}

    def form_valid(self, form):
        return let_in(self.request, self.account, self.next_url)

    def get_context_data(self, **kwargs):
        context = super().get_context_data(**kwargs)
        return {**context, "has_passkeys": self.account.passkeys.exists()}


class PasskeyOptionsView(View):
    """What the browser is to ask the device."""

    http_method_names = ["post"]

    def post(self, request):
        if refusal := refusal_of_unnamed(request, "begin_client"):
            return JsonResponse({"error": refusal}, status=429)
        account, _next_url = pending_account(request)
        return JsonResponse(login_options(request, account))


class PasskeyLoginView(wagtail_account.LoginView):
    """Lets in whoever has an account's passkey; no user name is needed."""

    http_method_names = ["post"]

    def post(self, request):
        if refusal := refusal_of_unnamed(request, "login_client"):
            messages.error(request, refusal)
            return redirect("wagtailadmin_login")
        expected, next_url = pending_account(request)
        try:
            account = account_of_answer(request, request.POST.get("credential", ""), expected)
        except Refused:
            messages.error(request, REFUSED)
            return redirect("second_step" if expected else "wagtailadmin_login")
        give_back("login_client", client_of(request))
        return let_in(request, account, next_url or self.get_success_url())


class PasswordResetConfirmView(wagtail_account.PasswordResetConfirmView):
    """Who has set a password by mail is known by this browser, and not kept out by others."""

    def form_valid(self, form):
        response = super().form_valid(form)
        remember_device(response, form.user.get_username())
        return response
