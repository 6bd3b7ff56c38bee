"""Signing up to the newsletter, confirming it, and ending it, for visitors.

What is answered never tells whether an address is known. Links in e-mails change nothing by
themselves, since programs that check mails for harm open them too: a button does.
"""

from functools import partial
from uuid import uuid4

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from lihsite.background.queues import enqueue_with_commit
from lihsite.clients import client_of, is_from_this_site
from lihsite.contact.email_addresses import MailField
from lihsite.contact.guards import OPENED, GuardedForm
from lihsite.contact.newsletter.comparing import compared
from lihsite.contact.newsletter.links import read_confirm, read_unsubscribe
from lihsite.contact.newsletter.mails import send_link
from lihsite.contact.newsletter.subscriptions import Subscription, ask_for, confirm, unsubscribe
from lihsite.multilingual.languages import active_language, language_codes, language_name_local
from lihsite.pages.frame import frame_without_page, language_choices
from lihsite.rates import seconds_of, take

LONGEST_EMAIL = 254
"""In characters (RFC 5321, 4.5.3.1.3, less the angle brackets)."""


class LanguageSelect(forms.Select):
    """Marks each language's own name as being in that language (WCAG 2.2, 3.1.2)."""

    def create_option(self, name, value, *args, **kwargs):
        option = super().create_option(name, value, *args, **kwargs)
        option["attrs"]["lang"] = str(value)
        return option


class SignUpForm(GuardedForm):
    purpose = "newsletter"

    email = MailField(
        label=_("E-mail address"),
        max_length=LONGEST_EMAIL,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    language = forms.ChoiceField(label=_("Language of the newsletter"), widget=LanguageSelect)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [
            (code, language_name_local(code)) for code in language_codes()
        ]


class ViewAddress:
    """A view of ours as what the language switcher leads to."""

    def __init__(self, name: str, *args: str):
        self.name, self.args = name, args

    @property
    def live_languages(self) -> list[str]:
        return language_codes()

    def get_url_for_language(self, language: str, request=None) -> str:
        with translation.override(language):
            return reverse(self.name, args=self.args)


def newsletter_page(request, template: str, address: ViewAddress, *, status=200, **context):
    frame = frame_without_page(request)
    frame["languages"] = language_choices(address, request)
    return render(request, f"contact/newsletter/{template}.html", frame | context, status=status)


def for_visitors(*methods: str):
    """A view that sets no cookie and is not kept; see `is_from_this_site` for what guards it."""

    def decorate(view):
        return csrf_exempt(never_cache(require_http_methods(methods)(view)))

    return decorate


@for_visitors("GET", "HEAD", "POST")
def sign_up(request):
    """The form to sign up with. The footer's short one leads here, to be completed."""
    show = partial(
        newsletter_page,
        request,
        "sign_up",
        ViewAddress("newsletter"),
        days=settings.NEWSLETTER_DAYS_TO_CONFIRM,
    )
    if OPENED not in request.POST:
        start = {"email": request.POST.get("email", "")[:LONGEST_EMAIL].replace("\0", "")}
        return show(form=SignUpForm(initial={"language": active_language(), **start}))
    if not is_from_this_site(request):
        raise PermissionDenied
    form = SignUpForm(request.POST)
    is_valid = form.is_valid()
    if not take("posts", client_of(request)):
        form.add_error(None, gettext("Too much was sent from your connection. Try again later."))
        response = show(form=form, status=429)
        response.headers["Retry-After"] = str(seconds_of("posts"))
        return response
    if not is_valid:
        return show(form=form, status=422)
    email, language = form.cleaned_data["email"], form.cleaned_data["language"]
    with transaction.atomic():
        subscription = ask_for(email, language)
        if take("mails", compared(email)):
            base_url = request.build_absolute_uri("/").rstrip("/")
            enqueue_with_commit(send_link, str(subscription.key), language, base_url, uuid4().hex)
    return HttpResponseRedirect(reverse("newsletter_asked"))


@for_visitors("GET", "HEAD")
def asked(request):
    """What to do next, the same for all addresses."""
    days = settings.NEWSLETTER_DAYS_TO_CONFIRM
    return newsletter_page(request, "asked", ViewAddress("newsletter_asked"), days=days)


@for_visitors("GET", "HEAD", "POST")
def confirm_subscription(request, token: str):
    """Confirm what was asked for, by a button."""
    address = ViewAddress("newsletter_confirm", token)
    found = read_confirm(token)
    if found is None:
        return newsletter_page(request, "expired", address, status=410)
    key, language = found
    if request.method == "POST":
        is_done = confirm(key, language)
    else:
        is_done = Subscription.objects.confirmed().filter(key=key, language=language).exists()
    if request.method == "POST" and not is_done:
        return newsletter_page(request, "expired", address, status=410)
    name = language_name_local(language)
    return newsletter_page(
        request, "confirm", address, is_done=is_done, name=name, language=language
    )


@for_visitors("GET", "HEAD", "POST")
def end_subscription(request, token: str):
    """End a subscription: by a button, or by a mail program's one click (RFC 8058).

    Such programs send no cookie and no origin, and do not follow redirects. What they send says
    nothing that the address does not.
    """
    address = ViewAddress("newsletter_unsubscribe", token)
    key = read_unsubscribe(token)
    if key is None:
        return newsletter_page(request, "expired", address, status=410)
    if request.method == "POST":
        unsubscribe(key)
        is_done = True
    else:
        is_done = not Subscription.objects.filter(key=key).exists()
    return newsletter_page(request, "unsubscribe", address, is_done=is_done)
