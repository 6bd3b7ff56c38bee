"""Keeps uploads and the site apart where `MEDIA_ORIGIN` gives uploads a host name of their own.

What somebody uploaded is then never answered under the host name that has the cookies of the admin,
whatever a browser makes of it; and nothing but uploads is answered under the other.
"""

from django.conf import settings
from django.http import HttpResponseNotFound


class MediaOriginMiddleware:
    """Answers 404 for media on the site's host names, and for anything else on that of media."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not settings.MEDIA_ORIGIN:
            return self.get_response(request)
        host = settings.MEDIA_ORIGIN.partition("://")[2]
        is_there = request.get_host().lower() == host
        if is_there == request.path_info.startswith(settings.MEDIA_PATH):
            return self.get_response(request)
        return HttpResponseNotFound("There is nothing here.\n", content_type="text/plain")
