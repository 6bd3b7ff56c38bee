"""Second factors: codes of an app (TOTP, RFC 6238), passkeys (WebAuthn), recovery codes."""

import logging
import secrets
import time

import pyotp
import segno
from django.conf import settings
from django.db import models, transaction
from django.utils.crypto import salted_hmac
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext_lazy as _
from wagtail.models import GroupPagePermission

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import review_codename

from .audit import Kind, record
from .sealing import NotOpened, is_sealed, keys, opened, seal

logger = logging.getLogger(__name__)

TOTP, ALL = "TOTP", "*"
"""What the audit calls an app, and all factors at once, in every language."""
ISSUER = settings.WAGTAIL_SITE_NAME
STEP = 30
"""Seconds for which a code of an app is good."""
TOLERANCE = 1
"""How many steps the clock of a phone may be wrong."""
RECOVERY_CODES = 10
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"
"""Without those that look alike."""
RECOVERY_LENGTH = 16
"""Letters of a recovery code, 79 bits: it cannot be found by trying, nor from its digest."""


class AuthenticatorApp(models.Model):
    """The secret that an account shares with the app on a phone."""

    wagtail_reference_index_ignore = True

    account = models.OneToOneField(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="authenticator_app"
    )
    secret = models.CharField(max_length=255)
    """Sealed; `opened_secret` is what the app knows."""
    last_step = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)

    def __str__(self):
        return f"{self.account}: {self.created_at:%Y-%m-%d}"

    @property
    def opened_secret(self) -> str:
        """Raises NotOpened."""
        return opened(self.secret)

    def accept(self, code: str) -> bool:
        """Whether the code is right and was not used before; then it is used (RFC 6238, 5.2)."""
        try:
            step = step_of(self.opened_secret, code)
        except NotOpened:
            logger.error("No SECRET_KEY opens the secret of app %s: it can make no code", self.pk)
            return False
        if step is None:
            return False
        earlier = AuthenticatorApp.objects.filter(pk=self.pk, last_step__lt=step)
        return bool(earlier.update(last_step=step))


class Passkey(models.Model):
    """A public key whose private one a device, a phone or a key on a ring keeps to itself."""

    wagtail_reference_index_ignore = True

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="passkeys"
    )
    name = models.CharField(verbose_name=_("name"), max_length=60)
    credential_id = models.CharField(max_length=1400, unique=True)
    credential = models.BinaryField()
    sign_count = models.BigIntegerField(default=0)
    created_at = models.DateTimeField(auto_now_add=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["created_at", "pk"]

    def __str__(self):
        return self.name


class RecoveryCode(models.Model):
    """The digest of a code that is good once, for when the other factors are lost."""

    wagtail_reference_index_ignore = True

    account = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="recovery_codes"
    )
    digest = models.CharField(max_length=64, unique=True)

    def __str__(self):
        return f"{self.account}"


def step_of(secret: str, code: str) -> int | None:
    """The step of time that a code belongs to, if it is right for the present or next to it."""
    totp = pyotp.TOTP(secret)
    present = int(time.time()) // STEP
    digits = "".join(code.split())
    for step in range(present - TOLERANCE, present + TOLERANCE + 1):
        if pyotp.utils.strings_equal(totp.generate_otp(step), digits):
            return step
    return None


def new_secret() -> str:
    return pyotp.random_base32()


def qr_code(account, secret: str) -> SafeString:
    """What an app reads to know the secret, as SVG that needs no style and no script."""
    uri = pyotp.TOTP(secret).provisioning_uri(name=account.get_username(), issuer_name=ISSUER)
    drawn = segno.make(uri, error="m").svg_inline(border=4, light="#fff", omitsize=True)
    return mark_safe(drawn)  # noqa: S308 - drawn here, without any text


@transaction.atomic
def add_app(account, secret: str, code: str, request) -> bool:
    """Let the app be the account's, in place of an earlier one; False if the code is wrong."""
    step = step_of(secret, code)
    if step is None:
        return False
    AuthenticatorApp.objects.update_or_create(
        account=account, defaults={"secret": seal(secret), "last_step": step}
    )
    record(Kind.FACTOR_ADDED, account, request, detail=TOTP)
    return True


def seal_anew() -> tuple[int, list[AuthenticatorApp]]:
    """Seal by the present key what is not; returns how many that were, and those it cannot open."""
    done, closed = 0, []
    for app in AuthenticatorApp.objects.select_related("account"):
        if is_sealed(app.secret):
            continue
        try:
            secret = seal(app.opened_secret)
        except NotOpened:
            closed.append(app)
            continue
        # Another one may have been set up meanwhile.
        unchanged = AuthenticatorApp.objects.filter(pk=app.pk, secret=app.secret)
        done += unchanged.update(secret=secret)
    return done, closed


@transaction.atomic
def remove_app(account, request) -> None:
    if AuthenticatorApp.objects.filter(account=account).delete()[0]:
        record(Kind.FACTOR_REMOVED, account, request, detail=TOTP)
        forget_codes_without_factor(account)


@transaction.atomic
def remove_passkey(account, pk: int, request) -> None:
    passkey = account.passkeys.filter(pk=pk).first()
    if passkey:
        passkey.delete()
        record(Kind.FACTOR_REMOVED, account, request, detail=passkey.name)
        forget_codes_without_factor(account)


def forget_codes_without_factor(account) -> None:
    if not has_factor(account):
        account.recovery_codes.all().delete()


@transaction.atomic
def remove_all(account, request=None) -> bool:
    """Take every second factor away; False if there was none."""
    had_any = has_factor(account)
    AuthenticatorApp.objects.filter(account=account).delete()
    account.passkeys.all().delete()
    account.recovery_codes.all().delete()
    if had_any:
        record(Kind.FACTOR_REMOVED, account, request, detail=ALL)
    return had_any


@transaction.atomic
def make_recovery_codes(account, request) -> list[str]:
    """New codes in place of the earlier ones; nobody can read them a second time."""
    codes = [new_code() for _number in range(RECOVERY_CODES)]
    account.recovery_codes.all().delete()
    RecoveryCode.objects.bulk_create(
        RecoveryCode(account=account, digest=digest_of(account, code)) for code in codes
    )
    record(Kind.RECOVERY_CODES, account, request)
    return ["-".join(in_fours(code)) for code in codes]


def in_fours(text: str) -> list[str]:
    """In parts that a person can copy without losing their place."""
    return [text[at : at + 4] for at in range(0, len(text), 4)]


def new_code() -> str:
    return "".join(secrets.choice(LETTERS) for _letter in range(RECOVERY_LENGTH))


def digest_of(account, code: str, key: str | None = None) -> str:
    """By the present `SECRET_KEY`, or another."""
    letters = "".join(letter for letter in code.lower() if letter in LETTERS)
    text = f"{account.pk}:{letters}"
    return salted_hmac("lihsite.accounts.recovery", text, key, algorithm="sha256").hexdigest()


def accept_code(account, code: str, request) -> bool:
    """Whether a code of the app or a recovery code lets the account in; either is good once."""
    app = AuthenticatorApp.objects.filter(account=account).first()
    if app and app.accept(code):
        return True
    digests = [digest_of(account, code, key) for key in keys()]
    if account.recovery_codes.filter(digest__in=digests).delete()[0]:
        record(Kind.RECOVERY_CODE_USED, account, request)
        return True
    return False


def has_factor(account) -> bool:
    return AuthenticatorApp.objects.filter(account=account).exists() or account.passkeys.exists()


def may_publish(account) -> bool:
    """Whether the account can bring something before visitors, on any page in any language."""
    reviewing = [f"lihsite.{review_codename(code)}" for code in language_codes()]
    return (
        account.is_superuser
        or any(account.has_perm(permission) for permission in reviewing)
        or GroupPagePermission.objects.filter(
            group__user=account, permission__codename__startswith="publish_"
        ).exists()
    )


def is_factor_missing(account) -> bool:
    """Whether the account has to set up a second factor before anything else."""
    return settings.SECOND_FACTOR_REQUIRED and not has_factor(account) and may_publish(account)
