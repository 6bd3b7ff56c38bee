"""Compression of what is made for each request; static files are compressed when collected."""

import re

from django.middleware.gzip import GZipMiddleware

from .page_cache.application import MAKING

TEXT = re.compile(r"text/|application/(json|xml|javascript|[\w.-]+\+(json|xml))|image/svg\+xml")


class TextCompressionMiddleware(GZipMiddleware):
    """Django's, for text alone: pictures and films are compressed already.

    A part of a file is sent as it is, because it is counted in the bytes of that file; what is
    kept for all is compressed where it is kept.
    """

    def process_response(self, request, response):
        is_text = TEXT.match(response.headers.get("Content-Type", ""))
        if not is_text or response.status_code == 206 or is_to_be_kept(request):
            return response
        return super().process_response(request, response)


def is_to_be_kept(request) -> bool:
    making = request.META.get(MAKING)
    return making is not None and making.fresh_until is not None
