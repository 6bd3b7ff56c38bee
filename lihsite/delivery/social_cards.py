"""The pictures of pages for networks, for those pages that everybody gets."""

from django.http import FileResponse, Http404, HttpResponseRedirect
from django.utils.cache import patch_cache_control
from django.views.decorators.http import require_safe

from lihsite.multilingual.languages import language_codes
from lihsite.pages.base_page import BasePage
from lihsite.pages.social_cards import card_file

from .response_headers import SHARED

YEAR = 365 * 24 * 60 * 60
SOON = 5 * 60


@require_safe
def social_card(request, pk: int, language: str, key: str):
    """The picture that the address names by its content; an older one leads to the one of now.

    Raises Http404 for a page that not everybody gets in the language, for whatever reason.
    """
    if language not in language_codes():
        raise Http404(f"No language {language!r}")
    page = BasePage.objects.live_in(language).live_in_any().filter(pk=pk).first()
    if page is None:
        raise Http404("No such page")
    page = page.specific
    card = page.get_social_card(language)
    if card.key != key:
        response = HttpResponseRedirect(page.get_social_card_url(language))
        patch_cache_control(response, public=True, max_age=SOON)
        return response
    response = FileResponse(card_file(page, language, card), content_type="image/jpeg")
    patch_cache_control(response, public=True, max_age=YEAR, immutable=True)
    response.headers["Cross-Origin-Resource-Policy"] = SHARED
    return response
