"""Signing in with an account of the institute elsewhere, by OpenID Connect; off unless configured.

The issuer says who somebody is; what they may do here is said here alone. An identity is linked
with the one active account that has its verified e-mail address, at its first login, and is known
by the issuer's own name for it (`sub`) from then on (OpenID Connect Core, 5.7).
"""

import logging
from functools import lru_cache

from authlib.common.errors import AuthlibBaseError
from authlib.integrations.django_client import OAuth
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.db import IntegrityError, models, transaction
from django.http import Http404
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views import View
from joserfc.errors import JoseError
from requests import RequestException

from .attempts import refusal_of_unnamed
from .audit import Kind, record
from .signing_in import enter

logger = logging.getLogger(__name__)

NEXT = "account_sign_on_next"
"""Key of the session: where somebody wanted to go before they were led to the issuer."""
PATIENCE = 10
"""Seconds for which the issuer may keep us waiting."""
FAULTS = (AuthlibBaseError, JoseError, RequestException, RuntimeError, ValueError, KeyError)
"""What goes wrong between us and the issuer: refusal, forgery, silence, nonsense. By the last three
Authlib tells of metadata and answers that lack something, or are not what they should be."""
FAILED = _("Single sign-on did not work. Try again, or sign in with your password.")
NO_ACCOUNT = _(
    "You have been recognised, but have no account here. Ask an administrator of the site for one."
)


class OpenIdentity(models.Model):
    """What an issuer calls the person that an account belongs to."""

    wagtail_reference_index_ignore = True

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="open_identities"
    )
    issuer = models.CharField(max_length=255)
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["issuer", "subject"], name="one_account_an_identity")
        ]

    def __str__(self):
        return f"{self.subject} ({self.issuer})"


def sign_on_name() -> str:
    """What its button says, empty where there is none."""
    return settings.OIDC["name"] if settings.OIDC else ""


@lru_cache(maxsize=4)
def client(issuer: str, client_id: str, client_secret: str):
    """The issuer's endpoints and keys are asked for once a process, and again for unknown keys."""
    return OAuth().register(
        "institute",
        client_id=client_id,
        client_secret=client_secret,
        server_metadata_url=f"{issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={
            "scope": "openid email profile",
            "code_challenge_method": "S256",
            "default_timeout": PATIENCE,
        },
    )


def configured_client():
    """Raises Http404 where single sign-on is off."""
    if not settings.OIDC:
        raise Http404("Single sign-on is off")
    return client(*(settings.OIDC[name] for name in ("issuer", "client_id", "client_secret")))


class BeginView(View):
    """Leads to the issuer."""

    http_method_names = ["get"]

    def get(self, request):
        issuer = configured_client()
        if refusal := refusal_of_unnamed(request, "begin_client"):
            messages.error(request, refusal)
            return redirect("wagtailadmin_login")
        next_url = request.GET.get("next", "")
        is_safe = url_has_allowed_host_and_scheme(
            next_url, {request.get_host()}, require_https=request.is_secure()
        )
        request.session[NEXT] = next_url if is_safe else reverse("wagtailadmin_home")
        address = request.build_absolute_uri(reverse("sign_on_answer"))
        try:
            return issuer.authorize_redirect(request, address)
        except FAULTS as error:
            return failed(request, error)


class AnswerView(View):
    """Where the issuer leads back to."""

    http_method_names = ["get"]

    def get(self, request):
        issuer = configured_client()
        claims_options = {"iss": {"essential": True, "value": settings.OIDC["issuer"]}}
        try:
            token = issuer.authorize_access_token(request, claims_options=claims_options)
            claims = dict(token["userinfo"])
        except FAULTS as error:
            return failed(request, error)
        account = account_of(claims, request)
        if account is None:
            messages.error(request, NO_ACCOUNT)
            return redirect("wagtailadmin_login")
        return enter(request, account, request.session.pop(NEXT, reverse("wagtailadmin_home")))


def failed(request, error: Exception):
    logger.warning("Single sign-on failed: %s", type(error).__name__, exc_info=error)
    messages.error(request, FAILED)
    return redirect("wagtailadmin_login")


def account_of(claims: dict, request=None):
    """The active account of whom the issuer's claims speak; None if there is none.

    Authlib has seen to it that they name a subject (`sub`).
    """
    issuer, subject = settings.OIDC["issuer"], claims["sub"]
    known = OpenIdentity.objects.filter(issuer=issuer, subject=subject)
    identity = known.select_related("account").first()
    if identity:
        return identity.account if identity.account.is_active else None
    email = claims.get("email", "")
    if not email or claims.get("email_verified") is not True:
        return None
    found = list(get_user_model()._default_manager.filter(email__iexact=email)[:2])
    if len(found) > 1 or (found and not found[0].is_active):
        return None
    if not found and not settings.OIDC["creates_accounts"]:
        return None
    try:
        with transaction.atomic():
            account = found[0] if found else new_account(claims)
            OpenIdentity.objects.create(account=account, issuer=issuer, subject=subject)
            record(Kind.IDENTITY_LINKED, account, request)
    except IntegrityError:
        # The same person at the same moment, or a user name that somebody else has.
        return None
    return account


def new_account(claims: dict):
    """An account without a password and without any right."""
    account = get_user_model()(
        username=claims["email"].casefold()[:150],
        email=claims["email"],
        first_name=str(claims.get("given_name", ""))[:150],
        last_name=str(claims.get("family_name", ""))[:150],
    )
    account.set_unusable_password()
    account.save()
    return account
