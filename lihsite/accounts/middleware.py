"""What holds for every request to the admin by somebody who has signed in."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect

from . import sessions
from .factors import is_factor_missing

OPEN_WITHOUT_FACTOR = {
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_logout",
    "wagtailadmin_sprite",
}
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
        if not request.user.is_authenticated:
            return None
        match = request.resolver_match
        if match.view_name not in sessions.NO_ACTS:
            sessions.keep(request)
        is_open = match.view_name in OPEN_WITHOUT_FACTOR or SETTING_UP in match.namespaces
        if is_open or not is_factor_missing(request.user):
            return None
        if request.method != "GET" or request.headers.get("X-Requested-With"):
            raise PermissionDenied("A second factor has to be set up first")
        return redirect("second_factor:index")
