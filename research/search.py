"""Research topics and people as results of the search."""

from html import unescape

from django.utils.translation import gettext_lazy as _

from lihsite.multilingual.languages import addresses_in, column
from lihsite.multilingual.segments import plain_text
from lihsite.pages.findable import Findable
from lihsite.search.pages import page_source
from lihsite.search.sources import Source, register_source, topic_models
from research.models import PeopleIndexPage, Person, ResearchIndexPage, ResearchTopicPage


def people_index() -> PeopleIndexPage | None:
    """The page below which people have theirs, if everybody gets it."""
    # In the order of the tree, a database would look through all pages for the first.
    return PeopleIndexPage.objects.live_in_any().order_by("pk").first()


def person_findables(person: Person) -> list[Findable]:
    """The person by name wherever the list of people is live, with what is written there."""
    index = people_index()
    return [
        Findable(
            language=language,
            title=person.name,
            summary=getattr(person, column("role", language)),
            body=unescape(plain_text(getattr(person, column("biography", language)))),
        )
        for language in (index.live_languages if index else ())
    ]


def shown_people(keys: list[int]) -> dict[int, Person]:
    return Person.objects.in_bulk(keys) if people_index() else {}


def person_address(person: Person, language: str) -> str | None:
    index = people_index()
    if index is None:
        return None
    with addresses_in(language):
        return f"{index.get_url()}{person.slug}/"


register_source(page_source(ResearchTopicPage, "topic", _("Research topics")))
register_source(
    Source(
        "person",
        _("People"),
        Person,
        person_findables,
        shown_people,
        person_address,
        shown_below=PeopleIndexPage,
    )
)
register_source(page_source(ResearchIndexPage, "page", _("Pages")))
register_source(page_source(PeopleIndexPage, "page", _("Pages")))
topic_models.append(ResearchTopicPage)
