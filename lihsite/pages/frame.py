"""What stands around a page's content: menu, trail, language switcher."""

from django.urls import reverse

from lihsite.multilingual.choice import remembering
from lihsite.multilingual.languages import active_language, language_codes, language_name_local
from lihsite.pages.navigation import navigation_of
from lihsite.pages.site_settings import InstituteSettings
from lihsite.pages.sites import find_site


def page_frame(page, request) -> dict:
    """The context of the frame around a page: menu, footer, trail and language switcher."""
    site = find_site(request)
    navigation = navigation_of(page, site, request) if site else {}
    return {
        "languages": language_choices(page, request),
        "institute": InstituteSettings.shown_on(site),
        "search_url": reverse("search"),
        "newsletter_url": reverse("newsletter"),
        **navigation,
    }


def frame_without_page(request) -> dict:
    """The frame around what is no page, such as an error: that of the home page."""
    site = find_site(request)
    return page_frame(site.root_page, request) if site else {}


def language_choices(page, request, query: str | None = None) -> list[dict]:
    """What the switcher lists: each language, with the address of the same page in it.

    `switch_url` is that address with the choice to be remembered, `url` the plain one. They keep
    the request's query string, unless another one is given.
    """
    query = request.META.get("QUERY_STRING", "") if query is None else query
    suffix = f"?{query}" if query else ""
    active = active_language()
    choices = []
    for code in language_codes():
        url = page.get_url_for_language(code, request) + suffix
        choices.append(
            {
                "code": code,
                "name": language_name_local(code),
                "url": url,
                "switch_url": remembering(url),
                "current": code == active,
                "is_live": code in page.live_languages,
            }
        )
    return choices
