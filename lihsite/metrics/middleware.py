"""Measures the requests that Django answers; the page cache before it counts for itself."""

import time

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed

from .figures import REQUESTS
from .kinds import kind_of


class RequestFiguresMiddleware:
    def __init__(self, get_response):
        if not settings.METRICS_PORT:
            raise MiddlewareNotUsed
        self.get_response = get_response

    def __call__(self, request):
        started = time.perf_counter()
        response = self.get_response(request)
        duration = time.perf_counter() - started
        REQUESTS.labels(kind_of(request), response.status_code).observe(duration)
        return response
