"""The demonstration's pages as visitors meet them: one of each kind, and all of them."""

from collections import defaultdict
from itertools import product
from urllib.parse import urlsplit

from home.models import HomePage
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

PLAIN_KINDS = {
    "sign in": "_util/login/",
    "bad request": "?q=%00",
}
"""The same of pages that stand alone, without menu, in every language at the same address."""


def addresses() -> dict[str, dict[str, str]]:
    """For each kind, its address in each language. Reads the database of the demonstration."""
    none = filters_that_find_nothing()
    return {kind: addresses_of(address.format(**none)) for kind, address in KINDS.items()}


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
