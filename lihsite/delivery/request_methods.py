"""Answers methods that an address has no meaning for with 405, before they pass for a forgery."""

from django.conf import settings
from django.http import Http404, HttpResponse

from lihsite.models import BasePage

from .errors import method_not_allowed

READING = ("GET", "HEAD", "OPTIONS")
WRITING = ("POST", "PUT", "PATCH", "DELETE")
FORMS = {
    "wagtailcore_authenticate_with_password",
    "wagtailcore_login",
    "wagtaildocs_authenticate_with_password",
}
"""Wagtail's among visitors' addresses: signing in, and the password of what is private."""


class RequestMethodsMiddleware:
    """A clear page instead of "not open to you" or of an empty answer.

    Django's guard against forged forms refuses whatever might write with 403, also where nothing
    could be written. Visitors' pages are read; the few views that take what visitors send are
    without that guard (`lihsite.clients`), or named in `FORMS`.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if request.method not in READING + WRITING:
            return method_not_allowed(request, READING)
        response = self.get_response(request)
        if response.status_code == 405 and not response.streaming and not response.content:
            allowed = response.headers.get("Allow", "").split(", ")
            return method_not_allowed(request, allowed)
        return response

    def process_view(self, request, view, args, kwargs) -> HttpResponse | None:
        if (
            request.method in READING
            or request.path_info.startswith(settings.ADMIN_PATH)
            or getattr(view, "csrf_exempt", False)
            or request.resolver_match.url_name in FORMS
        ):
            return None
        if request.resolver_match.url_name == "wagtail_serve" and not is_page(request, *args):
            raise Http404
        return method_not_allowed(request, READING)


def is_page(request, path: str) -> bool:
    return BasePage.route_for_request(request, path) is not None
