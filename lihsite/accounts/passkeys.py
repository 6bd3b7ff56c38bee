"""Passkeys (https://www.w3.org/TR/webauthn-3/): what a browser is asked, and what that proves.

The keys are good for the host that the admin was opened at. Browsers refuse addresses of numbers,
such as 127.0.0.1; localhost works.
"""

import json
import time

from django.conf import settings
from django.db import IntegrityError, transaction
from django.http.request import split_domain_port
from django.utils import timezone
from django.utils.crypto import salted_hmac
from fido2.server import Fido2Server
from fido2.utils import websafe_encode
from fido2.webauthn import (
    AttestedCredentialData,
    AuthenticationResponse,
    PublicKeyCredentialRpEntity,
    PublicKeyCredentialUserEntity,
    ResidentKeyRequirement,
    UserVerificationRequirement,
)

from .audit import Kind, record
from .factors import Passkey

CHALLENGE = "account_passkey_challenge"
"""Key of the session: what the browser was asked, and when."""
GOOD_FOR = 5 * 60
"""Seconds within which it has to answer."""
VERIFIED = UserVerificationRequirement.REQUIRED
"""The device asks for a finger, a face or a PIN, so that a passkey is two factors by itself."""

MALFORMED = (ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What reading an answer raises that no browser would give; the last for JSON in JSON without end.
"""


class Refused(Exception):
    """The browser's answer proves nothing."""


def server_of(request) -> Fido2Server:
    host, _port = split_domain_port(request.get_host())
    return Fido2Server(PublicKeyCredentialRpEntity(id=host, name=settings.WAGTAIL_SITE_NAME))


def registration_options(request) -> dict:
    """What `navigator.credentials.create` takes, as JSON, for a passkey of the account."""
    account = request.user
    handle = salted_hmac("lihsite.accounts.passkeys", str(account.pk), algorithm="sha256").digest()
    entity = PublicKeyCredentialUserEntity(
        id=handle,
        name=account.get_username(),
        display_name=account.get_full_name() or account.get_username(),
    )
    options, state = server_of(request).register_begin(
        entity,
        credentials_of(account),
        resident_key_requirement=ResidentKeyRequirement.PREFERRED,
        user_verification=VERIFIED,
    )
    ask(request, state)
    return dict(options)


def login_options(request, account=None) -> dict:
    """What `navigator.credentials.get` takes: any passkey of this site, or one of the account's."""
    credentials = credentials_of(account) if account else None
    options, state = server_of(request).authenticate_begin(credentials, VERIFIED)
    ask(request, state)
    return dict(options)


def add_passkey(request, answer: str, name: str) -> Passkey:
    """Raises Refused if the answer is none to what was asked, or the passkey is known already."""
    state = asked(request)
    try:
        data = server_of(request).register_complete(state, json.loads(answer))
    except MALFORMED as error:
        raise Refused from error
    found = data.credential_data
    try:
        with transaction.atomic():
            passkey = Passkey.objects.create(
                account=request.user,
                name=name,
                credential_id=websafe_encode(found.credential_id),
                credential=bytes(found),
                sign_count=data.counter,
            )
            record(Kind.FACTOR_ADDED, request.user, request, detail=name)
    except IntegrityError as error:
        raise Refused from error
    return passkey


def account_of_answer(request, answer: str, expected=None):
    """The active account whose passkey gave the answer; raises Refused.

    A device that counts its signatures and counts backwards was copied (WebAuthn, 7.2).
    """
    state = asked(request)
    try:
        response = AuthenticationResponse.from_dict(json.loads(answer))
        passkeys = Passkey.objects.filter(account__is_active=True).select_related("account")
        passkey = passkeys.filter(credential_id=websafe_encode(response.raw_id)).first()
        if passkey is None or (expected is not None and passkey.account != expected):
            raise Refused
        credential = AttestedCredentialData(bytes(passkey.credential))
        server_of(request).authenticate_complete(state, [credential], response)
        count = response.response.authenticator_data.counter
    except MALFORMED as error:
        raise Refused from error
    if passkey.sign_count and count <= passkey.sign_count:
        raise Refused
    passkey.sign_count = count
    passkey.used_at = timezone.now()
    passkey.save(update_fields=["sign_count", "used_at"])
    return passkey.account


def credentials_of(account) -> list[AttestedCredentialData]:
    return [AttestedCredentialData(bytes(one.credential)) for one in account.passkeys.all()]


def ask(request, state: dict) -> None:
    request.session[CHALLENGE] = {"state": state, "at": int(time.time())}


def asked(request) -> dict:
    """What was asked last; each question is good for one answer."""
    stored = request.session.pop(CHALLENGE, None)
    if stored is None or time.time() - stored["at"] > GOOD_FOR:
        raise Refused
    return stored["state"]
