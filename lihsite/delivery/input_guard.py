"""Refuses at the door what no page of ours can mean, before it reaches a database."""

from urllib.parse import unquote_to_bytes

from .errors import bad_request

MAX_PATH_LENGTH = 2_000
"""In characters; the longest address of a page is far below."""
MAX_QUERY_LENGTH = 8_000
"""In characters; the admin's bulk actions list their pages in the query."""


class InputGuardMiddleware:
    """Answers 400 to NUL bytes, over-long paths and queries, and paths that name another host.

    PostgreSQL refuses NUL with an error, wherever it stands. Cookies with NUL are ignored: they
    stay with the visitor, who could do nothing about a refusal.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not is_acceptable(request):
            return bad_request(request)
        for name in [name for name, value in request.COOKIES.items() if "\0" in value]:
            del request.COOKIES[name]
        return self.get_response(request)


def is_acceptable(request) -> bool:
    path, query = request.path_info, request.META.get("QUERY_STRING", "")
    return (
        len(path) <= MAX_PATH_LENGTH
        and len(query) <= MAX_QUERY_LENGTH
        and "\0" not in path
        and not path.startswith("//")
        and b"\0" not in unquote_to_bytes(query)
    )
