"""The steps of signing in: password, passkey or single sign-on, then the second factor.

Each way in ends in `enter`. Who has a second factor is asked for it there, but for passkeys, which
are two factors by themselves.
"""

import time

from django.contrib.auth import get_user_model, login
from django.http import HttpResponseRedirect
from django.shortcuts import redirect

from . import sessions
from .devices import remember_device
from .factors import has_factor

PENDING = "account_pending"
"""Key of the session: who has shown one factor, and is asked for the second."""
PENDING_FOR = 10 * 60
"""In seconds."""
BACKEND = "django.contrib.auth.backends.ModelBackend"


def enter(request, account, next_url: str) -> HttpResponseRedirect:
    """After the first factor: lead to the second one, or in."""
    if not has_factor(account):
        return let_in(request, account, next_url)
    request.session.cycle_key()
    request.session[PENDING] = {"account": account.pk, "next": next_url, "at": int(time.time())}
    return redirect("second_step")


def let_in(request, account, next_url: str) -> HttpResponseRedirect:
    request.session.pop(PENDING, None)
    login(request, account, BACKEND)
    sessions.begin(request)
    response = HttpResponseRedirect(next_url)
    remember_device(response, account.get_username())
    return response


def pending_account(request):
    """The active account that has shown one factor a short while ago, and where it wants to go."""
    pending = request.session.get(PENDING)
    if pending is None or time.time() - pending["at"] > PENDING_FOR:
        return None, ""
    accounts = get_user_model()._default_manager.filter(is_active=True)
    return accounts.filter(pk=pending["account"]).first(), pending["next"]
