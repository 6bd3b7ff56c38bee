"""Where the password of a private page is sent; a wrong one is asked for again in its frame."""

import re

from django.http import Http404
from django.shortcuts import get_object_or_404
from wagtail.views import authenticate_with_password

from lihsite.models import BasePage
from lihsite.pages.reviewer_links import ReviewerLink

from .shared_passwords import limits_attempts

REVIEWED = re.compile(r"/_review/([\w-]+)/")


@limits_attempts
def ask_for_password(request, page_view_restriction_id: int, page_id: int):
    """Wagtail's view, for a page that the restriction is of and that visitors get.

    Wagtail's takes any two numbers: whoever tries some would be shown the addresses of drafts, and
    the root of the tree has none. Raises Http404.
    """
    page = get_object_or_404(BasePage, pk=page_id, live=True).specific
    of_page = page.get_view_restrictions().filter(pk=page_view_restriction_id)
    if not of_page.exists() or not page.live_languages or is_secret(page, request):
        raise Http404("No such page has this password")
    return authenticate_with_password(request, page_view_restriction_id, page_id)


def is_secret(page, request) -> bool:
    """Whether it is under embargo, and the request does not come from a reviewer's link to it."""
    if not page.is_under_embargo:
        return False
    link = REVIEWED.search(request.POST.get("return_url", ""))
    return not (link and ReviewerLink.objects.good().filter(page=page, token=link[1]).exists())
