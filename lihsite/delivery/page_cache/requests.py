"""Which requests may be answered from the cache, and by what name their answer is kept."""

from urllib.parse import parse_qsl, urlencode

from django.conf import settings
from django.core.handlers.wsgi import get_path_info

METHODS = ("GET", "HEAD")

NO_PAGES = tuple(
    f"/{prefix}".replace("//", "/")
    for prefix in (settings.ADMIN_PATH, settings.STATIC_URL, settings.MEDIA_PATH, "documents/")
)
"""What starts so is no page, or is not for everybody."""

PERSONAL_COOKIES = (settings.SESSION_COOKIE_NAME, "messages")
"""Who brings one of these may be shown what others are not."""

TRACKING = ("utm_", "fbclid", "gclid", "mc_cid", "mc_eid", "msclkid", "mtm_", "pk_")
"""How parameters begin that newsletters and networks add to addresses; no page reads them."""

MAX_QUERY_LENGTH = 500
"""In characters; longer ones are asked once, and are not worth keeping."""


def may_be_kept(environ: dict) -> bool:
    """Whether anybody who asks this gets the same answer, as far as the request tells."""
    cookies = environ.get("HTTP_COOKIE")
    return (
        environ["REQUEST_METHOD"] in METHODS
        and not environ.get("PATH_INFO", "").startswith(NO_PAGES)
        and "HTTP_AUTHORIZATION" not in environ
        and "HTTP_RANGE" not in environ
        and len(environ.get("QUERY_STRING", "")) <= MAX_QUERY_LENGTH
        and not (cookies and any(f"{name}=" in cookies for name in PERSONAL_COOKIES))
    )


def normalised_query(query: str) -> str:
    """The query in the order of its names, without what only counts visits.

    Values of one name keep their order.
    """
    if not query:
        return ""
    pairs = parse_qsl(query, keep_blank_values=True)
    return urlencode(
        sorted(
            ((name, value) for name, value in pairs if not name.startswith(TRACKING)),
            key=lambda pair: pair[0],
        )
    )


def key_of(environ: dict, query: str) -> str:
    """The name of the answer: how and under which host it was asked for, path, normalised query."""
    is_secure = environ.get("HTTP_X_FORWARDED_PROTO") == "https" or (
        environ.get("wsgi.url_scheme") == "https"
    )
    host = environ.get("HTTP_HOST") or environ.get("SERVER_NAME", "")
    path = f"{environ.get('SCRIPT_NAME', '')}{get_path_info(environ)}"
    return f"{'https' if is_secure else 'http'}://{host.lower()}{path}?{query}"


def asked_afresh(environ: dict, query: str) -> dict:
    """The same request as if nobody had an answer yet, for a page that all can be given."""
    dropped = ("HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE")
    request = {name: value for name, value in environ.items() if name not in dropped}
    return {**request, "REQUEST_METHOD": "GET", "QUERY_STRING": query}
