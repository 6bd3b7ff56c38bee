"""Counts the pages that Django itself answers; a cache before it counts what it answers."""

from .counting import count_visit


class VisitsMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        is_page = response.headers.get("Content-Type", "").startswith("text/html")
        if response.status_code == 200 and is_page:
            count_visit(request.META)
        return response
