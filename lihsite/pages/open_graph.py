"""What networks show where a page is shared: Open Graph (ogp.me), which Twitter reads too."""

from dataclasses import dataclass

from django.conf import settings

from lihsite.media.pictures import social_size
from lihsite.media.social_cards import HEIGHT, WIDTH


@dataclass(frozen=True)
class SharedPicture:
    url: str
    width: int
    height: int


def locale_of(language: str) -> str:
    """The language as Open Graph writes it, with a territory."""
    return settings.OPEN_GRAPH_LOCALES.get(language, language)


def open_graph(page, shown, request) -> dict:
    """The picture and the locales of a page, in the language in which it is shown.

    A picture that editors chose for it stands as it is; else the page has a card of its own.
    """
    chosen = social_size(page.social_image) if page.social_image else None
    if chosen:
        picture = SharedPicture(chosen.full_url, chosen.width, chosen.height)
    else:
        url = request.build_absolute_uri(page.get_social_card_url(shown.language))
        picture = SharedPicture(url, WIDTH, HEIGHT)
    return {
        "picture": picture,
        "locale": locale_of(shown.language),
        "other_locales": [
            locale_of(code) for code in page.live_languages if code != shown.language
        ],
    }
