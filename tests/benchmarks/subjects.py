"""What is measured: a page of every type, the routes below them, lists far down."""

from django.apps import apps
from django.conf import settings
from django.urls import reverse

from lihsite.models import BasePage
from news.models import NewsPage
from research.models import PeopleIndexPage, Person


def public_addresses() -> dict[str, str]:
    """An address for each name, in the default language; the newest page of each type."""
    addresses = {}
    for model in apps.get_models():
        if issubclass(model, BasePage) and model is not BasePage:
            page = model.objects.live_in(settings.LANGUAGE_CODE).order_by("-pk").first()
            if page is not None:
                addresses[model.__name__] = path_of(page)
    news = addresses["NewsIndexPage"]
    addresses["NewsIndexPage, page 2"] = f"{news}?page=2"
    addresses["NewsIndexPage, filtered"] = f"{news}?type=story"
    if person := Person.objects.first():
        people = PeopleIndexPage.objects.live().first()
        addresses["Person"] = f"{path_of(people)}{person.slug}/"
    return addresses


def desk_addresses() -> dict[str, str]:
    """The translators' desk: its first page, narrowed down, sorted, far down; and the progress."""
    desk = reverse("translating:desk")
    return {
        "Desk": f"{desk}?q=",
        "Desk, outdated French": f"{desk}?language=fr&state=outdated",
        "Desk, sorted by title": f"{desk}?ordering=title",
        "Desk, page 300": f"{desk}?p=300",
        "Progress of translations": reverse("translating:progress"),
    }


def path_of(page) -> str:
    return page.get_url_parts()[2]


def edited_page():
    """The news item with the longest body, as the editor of a real one would open it."""
    pages = NewsPage.objects.live_in(settings.LANGUAGE_CODE)[:50]
    return max(pages, key=lambda page: len(page.body))
