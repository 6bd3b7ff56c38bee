"""Redirects for visitors, and the count of what neither a page nor a redirect answered."""

from urllib.parse import urlparse

from wagtail.contrib.redirects.middleware import RedirectMiddleware, get_redirect
from wagtail.contrib.redirects.models import Redirect

from lihsite.models import BasePage

from .counting import count_missing


class VisitorsRedirectMiddleware(RedirectMiddleware):
    """Wagtail's, less redirects to pages that visitors do not get.

    These would tell the address of a draft or of a page under embargo, which is made of its title;
    and browsers would remember for good what leads nowhere.
    """

    def process_response(self, request, response):
        answer = super().process_response(request, response)
        if answer is response or leads_to_what_visitors_get(request):
            return answer
        return response


def leads_to_what_visitors_get(request) -> bool:
    path = Redirect.normalise_path(request.get_full_path(), decode_unicode=False)
    redirect = get_redirect(request, path) or get_redirect(request, urlparse(path).path)
    if redirect is None or redirect.redirect_page_id is None:
        return True
    page = BasePage.objects.live().filter(pk=redirect.redirect_page_id).first()
    return page is not None and page.shown_language is not None


class MissingAddressesMiddleware:
    """Stands outside Wagtail's redirects, so that what they answer is not missing."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code == 404:
            count_missing(request)
        return response
