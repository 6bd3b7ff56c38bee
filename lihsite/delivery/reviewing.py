"""What reviewers' links lead to: a page under embargo, for whoever has its secret address."""

import re

from django.http import Http404, HttpResponseRedirect
from django.utils.cache import add_never_cache_headers
from django.views.decorators.http import require_safe
from wagtail.url_routing import RouteResult
from wagtail.views import serve

from lihsite.pages.reviewer_links import ReviewerLink

REVIEW = "review"
"""The parameter by which the address of a document names the link that its page was read with."""
DOCUMENT = re.compile(rb'(\shref="/documents/[0-9]+/[^"?#]+)(?=["#])')


@require_safe
def reviewed_page(request, token: str, resource: str | None = None):
    """The published page in the language of the address, as everybody gets it at its hour.

    Raises Http404 for a link that is unknown, expired or revoked, all alike. From its hour on the
    page has an address for everybody, to which the link then leads.
    """
    link = ReviewerLink.objects.good().filter(token=token).select_related("page").first()
    if link is None or not link.page.live:
        raise Http404("No such link")
    page = link.page.specific
    if not page.is_under_embargo:
        return private(HttpResponseRedirect(page.get_url(request)))
    page.reviewer_link = link
    resources = getattr(page, "resources", {})
    if not page.shown_language or (resource and resource not in resources):
        raise Http404("Nothing to review")
    # Wagtail's own view serves it, since what else guards pages, such as privacy, is there.
    kwargs = {"resource": resource} if resource else {}
    request._wagtail_route_for_request = RouteResult(page, kwargs=kwargs)
    return private(with_documents(serve(request, request.path_info), token))


def with_documents(response, token: str):
    """The response with links to documents that are good as long as the link to the page is."""
    if hasattr(response, "render"):
        response.render()
    if response.headers.get("Content-Type", "").startswith("text/html"):
        address = rb"\1?%s=%s" % (REVIEW.encode(), token.encode())
        response.content = DOCUMENT.sub(address, response.content)
    return response


def private(response):
    """The response, kept by no cache, listed by no search engine, its address told to nobody."""
    add_never_cache_headers(response)
    response.headers["Cache-Control"] = "no-store, private"
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["X-Robots-Tag"] = "noindex, nofollow, noarchive"
    return response
