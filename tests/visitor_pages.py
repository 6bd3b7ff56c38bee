"""The demonstration's pages as visitors meet them: one of each kind, and all of them."""

from collections import defaultdict
from collections.abc import Callable
from itertools import product
from urllib.parse import urlencode, urlsplit
from uuid import UUID

from django.urls import reverse
from django.utils import translation

from events.models import EventPage
from home.models import HomePage
from lihsite.contact.newsletter.links import confirm_address, unsubscribe_address
from lihsite.models import BasePage
from lihsite.multilingual.languages import language_codes
from news.models import NewsPage
from research.models import PeopleIndexPage, Person, ResearchTopicPage

KINDS = {
    "home": "",
    "content": "about/",
    "content with a table": "contact/",
    "research": "research/",
    "topic": "research/biobank-patient-derived-models/",
    "people": "people/",
    "person": "people/tomas-quintela/",
    "news": "news/",
    "news, second page": "news/?page=2",
    "news, filtered": "news/?type=publication",
    "news, none found": "news/?type={kind}&topic={topic}",
    "press release": "news/joint-programme-inflammation/",
    "press release with a film": "news/imaging-platform-opens/",
    "story": "news/first-hour-of-a-sample/",
    "publication": "news/tumours-keep-t-cells-at-the-door/",
    "grant": "news/funding-search-in-old-records/",
    "news in English alone": "news/twelve-doctoral-positions/",
    "news in French first": "news/birch-pollen-volunteers/",
    "events": "events/",
    "past events": "events/?when=past",
    "events, none found": "events/?when=past&topic={topic_without_events}",
    "month with events": "events/?month={month}",
    "month without events": "events/?month=1999-02",
    "event now": "events/school-translational-immunology/",
    "event in person": "events/living-with-an-allergy/",
    "event online": "events/consent-in-plain-words/",
    "hybrid event": "events/symposium-real-world-data/",
    "event fully booked": "events/growing-organoids/",
    "event cancelled": "events/visit-to-the-biobank/",
    "event postponed": "events/round-table-clinician-scientists/",
    "past event": "events/gardeners-of-the-brain/",
    "form": "contact/write-to-us/",
    "form of an event": "events/living-with-an-allergy/registration/",
    "form, sent": "contact/write-to-us/sent/",
    "not found": "there-is-no-such-page/",
}
"""English addresses below the home page's, by what is to be seen there."""

NOBODY = UUID(int=0)
"""The key of a subscription to the newsletter that there is not."""
QUERIES = {
    "search": {},
    "search with hits": {"en": "immune", "fr": "immunitaire", "de": "Immunsystem"},
    "search, second page": {"en": "research", "fr": "recherche", "de": "Forschung"},
    "search, filtered": {"en": "research", "fr": "recherche", "de": "Forschung"},
    "search in other languages": {"en": "Immunsystem", "fr": "Immunsystem", "de": "immunitaire"},
    "search, corrected": {"en": "imunne", "fr": "imunitaire", "de": "Imunsystem"},
    "search without hits": dict.fromkeys(("en", "fr", "de"), "qqxxqqxx"),
}
"""What is typed into the search page, by language."""
FURTHER = {
    "search, second page": {"page": "2"},
    "search, filtered": {"type": "news", "sort": "date"},
    "search in other languages": {"others": "yes"},
}


def newsletter(view: str) -> Callable[[str], str]:
    return lambda language: reverse(view)


VIEW_KINDS: dict[str, Callable[[str], str]] = {
    "newsletter": newsletter("newsletter"),
    "newsletter, asked for": newsletter("newsletter_asked"),
    "newsletter, to confirm": lambda language: confirm_address(NOBODY, language),
    "newsletter, unsubscribed": lambda language: unsubscribe_address(NOBODY, language),
    "newsletter, expired link": lambda language: reverse("newsletter_confirm", args=["old"]),
}
"""Addresses that no page has, each by a function that is called in the language."""
WITHOUT_CONTENT = {"not found", "newsletter, expired link"}
"""The kinds that say that something is not there, and answer with another status than 200."""

PLAIN_KINDS = {
    "sign in": "_util/login/",
    "bad request": "?q=%00",
}
"""The same of pages that stand alone, without menu, in every language at the same address."""

FRAMED_KINDS = [*KINDS, *QUERIES, *VIEW_KINDS]
"""All that stand in the frame of the site."""


def addresses() -> dict[str, dict[str, str]]:
    """For each kind, its address in each language. Reads the database of the demonstration."""
    none = {
        **filters_that_find_nothing(),
        "topic_without_events": topic_without_past_events(),
        "month": f"{EventPage.objects.coming().first().first_day:%Y-%m}",
    }
    return {kind: addresses_of(address.format(**none)) for kind, address in KINDS.items()}


def view_addresses() -> dict[str, dict[str, str]]:
    """The same for what is no page: the search, the newsletter."""
    found = defaultdict(dict)
    for language in language_codes():
        with translation.override(language):
            for kind, words in QUERIES.items():
                query = {"q": words[language], **FURTHER.get(kind, {})} if words else {}
                suffix = f"?{urlencode(query)}" if query else ""
                found[kind][language] = reverse("search") + suffix
            for kind, address in VIEW_KINDS.items():
                found[kind][language] = address(language)
    return found


def all_addresses() -> dict[str, dict[str, str]]:
    """Every kind of address that visitors come to."""
    return {**addresses(), **view_addresses(), **plain_addresses()}


def plain_addresses() -> dict[str, dict[str, str]]:
    return {
        kind: {language: f"/{language}/{address}" for language in language_codes()}
        for kind, address in PLAIN_KINDS.items()
    }


def filters_that_find_nothing() -> dict[str, str]:
    """A type of news and a research topic that no news has together."""
    found = set(NewsPage.objects.values_list("kind", "topics__topic"))
    topics = ResearchTopicPage.objects.values_list("pk", flat=True)
    kind, topic = next(pair for pair in product(NewsPage.Kind.values, topics) if pair not in found)
    return {"kind": kind, "topic": str(topic)}


def topic_without_past_events() -> int:
    past = EventPage.objects.past()
    return ResearchTopicPage.objects.exclude(pk__in=past.values("topics__topic")).first().pk


def addresses_of(english: str) -> dict[str, str]:
    parts = urlsplit(english)
    suffix = f"?{parts.query}" if parts.query else ""
    root = HomePage.objects.get()
    path = f"{root.url_path_en}{parts.path}"
    # The longest address that is a page's; what follows it, the page itself answers for.
    page = max(
        (page for page in BasePage.objects.all() if path.startswith(page.url_path_en)),
        key=lambda page: page.depth,
    )
    rest = path.removeprefix(page.url_path_en)
    return {
        language: page.specific.get_url_for_language(language) + rest + suffix
        for language in language_codes()
    }


def every_address(language: str) -> dict[str, list[str]]:
    """The addresses of all pages and people of the site in one language, by their type's name."""
    found = defaultdict(list)
    for page in BasePage.objects.live_in_any().filter(depth__gt=1).specific():
        found[type(page).__name__].append(page.get_url_for_language(language))
    people = PeopleIndexPage.objects.get().get_url_for_language(language)
    found["Person"] = [f"{people}{person.slug}/" for person in Person.objects.all()]
    return found
