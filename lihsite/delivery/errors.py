"""Error pages in the visitor's language.

Only the 404 page is part of the site, with navigation: the others must hold when the database, the
session or the request itself is what is broken, so they are rendered without any of them.
"""

import sys

from django.http import HttpResponse, JsonResponse
from django.shortcuts import render
from django.template import loader
from django.utils import translation
from django.views.decorators.csrf import requires_csrf_token

from lihsite.pages.frame import frame_without_page
from lihsite.rates import seconds_left, too_many_attempts

from . import outages
from .visitor_language import visitor_language

API = "/api/"
"""Whoever asks below it reads JSON."""


def page_not_found(request, exception):
    language = visitor_language(request)
    with translation.override(language):
        context = {"exception": exception, **frame_without_page(request)}
        return render(request, "404.html", context, status=404)


def bad_request(request, exception=None):
    if request.path_info.startswith(API):
        return JsonResponse({"message": "bad request"}, status=400)
    return plain_page(request, 400)


def permission_denied(request, exception=None):
    return plain_page(request, 403)


def method_not_allowed(request, allowed) -> HttpResponse:
    response = plain_page(request, 405)
    response.headers["Allow"] = ", ".join(allowed)
    return response


def too_many_requests(request, limit: str) -> HttpResponse:
    """Says how long to wait; `limit` is a name of `lihsite.rates`."""
    with translation.override(visitor_language(request)):
        refusal = too_many_attempts(limit).messages[0]
    response = plain_page(request, 429, explanation=refusal)
    response.headers["Retry-After"] = str(seconds_left(limit))
    return response


def server_error(request):
    """Also what no view has raised: a database that is away fails while the session is read."""
    outage = outages.outage_of(sys.exc_info()[1])
    if outage is None:
        return plain_page(request, 500)
    with translation.override(visitor_language(request)):
        return outages.answer(request, outage)


@requires_csrf_token
def csrf_failure(request, reason=""):
    return plain_page(request, 403)


def plain_page(request, status: int, **context) -> HttpResponse:
    """An error page that needs neither the request's session nor the database."""
    language = visitor_language(request)
    with translation.override(language):
        page = loader.get_template(f"{status}.html").render(context)
    response = HttpResponse(page, status=status)
    response.headers["Content-Language"] = language
    return response
