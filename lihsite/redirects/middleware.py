"""Counts what neither a page nor a redirect answered."""

from .counting import count_missing


class MissingAddressesMiddleware:
    """Stands outside Wagtail's redirects, so that what they answer is not missing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404:
            count_missing(request)
        return response
