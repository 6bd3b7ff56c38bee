"""What is measured: a page of every type, the routes below them, lists far down."""

import json
import uuid

from django.apps import apps
from django.conf import settings
from django.urls import reverse

from lihsite.models import BasePage
from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.segments import raw_stream
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
        "Desk, with published source": f"{desk}?language=fr&state=outdated&compare=published",
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


def page_with_blocks(count: int):
    """That page with so many blocks in its newest draft, in every language that has a body.

    The body's blocks are repeated; the repeated ones have the same ids in every language.
    """
    page = edited_page()
    streams = {
        column("body", language): raw_stream(getattr(page, column("body", language)))
        for language in language_codes()
    }
    source = streams[column("body", page.source_language)]
    rounds = range(-(-count // len(source)))
    ids = [repeated_id(block, step) for step in rounds for block in source]
    wanted = set(ids[:count])
    for name, blocks in streams.items():
        repeated = [
            {**block, "id": repeated_id(block, step)} for step in rounds for block in blocks
        ]
        setattr(page, name, json.dumps([block for block in repeated if block["id"] in wanted]))
    page.save_revision()
    return page


def repeated_id(block: dict, step: int) -> str:
    return str(uuid.uuid5(uuid.UUID(block["id"]), str(step)))
