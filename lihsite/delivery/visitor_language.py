"""Which language a visitor gets, and how the choice made with the switcher is remembered."""

from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpResponseRedirect
from django.middleware.locale import LocaleMiddleware
from django.utils import translation
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from lihsite.multilingual.choice import PARAMETER

COOKIE_AGE = 365 * 24 * 60 * 60
"""How long a choice is remembered, in seconds."""


def visitor_language(request) -> str:
    """The language of the address, else of the remembered choice, else of `Accept-Language`.

    Never raises: what is malformed or unknown counts as absent.
    """
    return translation.get_language_from_request(request, check_path=True)


def redirect_to_language(request):
    """Lead from `/` to the home page in the visitor's language."""
    language = translation.get_language_from_request(request)
    query = request.META.get("QUERY_STRING", "")
    response = HttpResponseRedirect(f"/{language}/" + (f"?{query}" if query else ""))
    patch_vary_headers(response, ("Accept-Language", "Cookie"))
    return response


class VisitorLanguageMiddleware(LocaleMiddleware):
    """Django's, less its guessing of addresses, and with the switcher's memory.

    An address that begins with no language of ours is a 404, where Django would redirect it to
    the same address with a language in front. Only pages are said to be in a language.
    """

    def process_request(self, request):
        super().process_request(request)
        if PARAMETER in request.META.get("QUERY_STRING", "") and PARAMETER in request.GET:
            return self.without_parameter(request)
        return None

    def without_parameter(self, request):
        """Redirect to the clean address, and remember its language if the visitor asked for it."""
        query = request.GET.copy()
        del query[PARAMETER]
        # A path that begins with two slashes would be read as the name of another host.
        address = "/" + request.path.lstrip("/")
        response = HttpResponseRedirect(f"{address}?{query.urlencode()}" if query else address)
        language = translation.get_language_from_path(request.path_info)
        if language and is_own_click(request):
            response.set_cookie(
                settings.LANGUAGE_COOKIE_NAME,
                language,
                max_age=COOKIE_AGE,
                secure=settings.LANGUAGE_COOKIE_SECURE,
                httponly=True,
                samesite="Lax",
            )
        add_never_cache_headers(response)
        return response

    def process_response(self, request, response):
        if not response.headers.get("Content-Type", "").startswith("text/html"):
            # A picture or a film is the same for all visitors, and caches may know that.
            return response
        response.headers.setdefault("Content-Language", translation.get_language())
        if not translation.get_language_from_path(request.path_info):
            patch_vary_headers(response, ("Accept-Language", "Cookie"))
        return response


def is_own_click(request) -> bool:
    """Whether the request comes from a page of this site, not from elsewhere or a prefetch.

    Browsers tell by `Sec-Fetch-Site` (https://www.w3.org/TR/fetch-metadata/) on secure and local
    addresses, otherwise by the referrer. Where both are absent nothing speaks against it, and no
    more than a preference is at stake.
    """
    if request.method != "GET" or "prefetch" in request.headers.get("Sec-Purpose", ""):
        return False
    if site := request.headers.get("Sec-Fetch-Site"):
        return site == "same-origin"
    referrer = request.headers.get("Referer")
    if not referrer:
        return True
    try:
        return urlsplit(referrer).netloc == request.get_host()
    except ValueError:
        return False
