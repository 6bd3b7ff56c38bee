"""What holds for every request to the admin by somebody who has signed in."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import JsonResponse
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from . import sessions
from .factors import is_factor_missing

OPEN_WITHOUT_FACTOR = {
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
}
SIGNING_IN = {"passkey_options"}
"""What scripts ask for before anybody has signed in."""
SETTING_UP = "second_factor"
"""The namespace of the addresses at which a second factor is set up."""


class AccountsMiddleware:
    """Moves the end of the session, and leads those who need a second factor to set one up.

    Addresses of visitors are passed on without a look at the session.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.path_info.startswith(settings.ADMIN_PATH):
            return None
        match = request.resolver_match
        if not request.user.is_authenticated:
            is_save = is_by_script(request) and match.view_name not in SIGNING_IN
            return tell_script() if is_save else None
        if match.view_name not in sessions.NO_ACTS:
            sessions.keep(request)
        is_open = match.view_name in OPEN_WITHOUT_FACTOR or SETTING_UP in match.namespaces
        if is_open or not is_factor_missing(request.user):
            return None
        if request.method != "GET" or request.headers.get("X-Requested-With"):
            raise PermissionDenied("A second factor has to be set up first")
        return redirect("second_factor:index")


def is_by_script(request) -> bool:
    """Whether it is a save that a form makes by itself, to which a login page is no answer."""
    wants_data = request.accepts("application/json") and not request.accepts("text/html")
    return request.method == "POST" and wants_data


def tell_script() -> JsonResponse:
    """Wagtail's client shows the message of an error that it knows; see `signed-out.js`."""
    told = {"success": False, "error_code": "validation_error", "signed_out": True}
    message = _("You are signed out. Sign in in another tab, then go on here: nothing is lost.")
    return JsonResponse({**told, "error_message": message}, status=401)
