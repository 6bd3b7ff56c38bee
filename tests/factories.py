"""Small page trees for tests: each function adds one object, live in the languages that it is told.

Titles are given by language (`title_fr="…"`); a live language without one gets the first title with
the language's code. Anything else is passed to the model.
"""

import itertools
import json
from datetime import UTC, date, datetime, timedelta

from django.utils import timezone
from wagtail.models import Site

from events.models import EventIndexPage, EventPage, EventSpeaker, EventTopic
from home.models import ContentPage, HomePage
from lihsite.contact.models import FormPage
from lihsite.models import BasePage, TranslationState
from lihsite.multilingual.languages import column, language_codes
from news.models import NewsAuthor, NewsIndexPage, NewsPage, NewsTopic
from research.models import (
    PeopleIndexPage,
    Person,
    ResearchIndexPage,
    ResearchTopicPage,
    TopicLead,
)

ALL = ("en", "fr", "de")

_number = itertools.count(1)


def page(model, parent, live_in=ALL, **fields):
    """A page of the model below the parent; a draft if it is live in no language.

    >>> page(ContentPage, home(), live_in=("en", "fr"), title_en="About", title_fr="À propos")
    """
    given = next((fields[name] for name in _titles() if fields.get(name)), None)
    default = given or f"{model._meta.verbose_name} {next(_number)}"
    source = fields.setdefault("source_language", live_in[0] if live_in else "en")
    for language in {source, *live_in}:
        suffix = "" if language == source else f" ({language})"
        fields.setdefault(column("title", language), f"{default}{suffix}")
    for language in language_codes():
        fields[column("live_in", language)] = language in live_in
    fields.setdefault("live", bool(live_in))
    if fields["live"]:
        fields.setdefault("first_published_at", timezone.now())
    return parent.add_child(instance=model(**fields))


def _titles():
    return [column("title", language) for language in language_codes()]


def home(**fields) -> HomePage:
    """The home page, as the root of the default site; what Wagtail put there is removed."""
    root = BasePage.objects.get(depth=1)
    new = page(HomePage, root, **{"title_en": "Institute", "slug_en": "institute", **fields})
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=new, is_default_site=True)
    # No more refers to them, and looking for what might takes as long as all else here.
    others = BasePage.objects.filter(depth=2).exclude(pk=new.pk)
    TranslationState.objects.filter(page__in=others).delete()
    others._raw_delete(others.db)
    BasePage.objects.filter(pk=root.pk).update(numchild=1)
    return HomePage.objects.get(pk=new.pk)


def _below_home(model, parent, words, fields):
    titles = {column("title", language): word for language, word in words.items()}
    menus = {"show_in_menus": True}
    return page(
        model, parent or HomePage.objects.first() or home(), **{**titles, **menus, **fields}
    )


def content_page(parent=None, **fields) -> ContentPage:
    return page(ContentPage, parent or HomePage.objects.first() or home(), **fields)


def research_index(parent=None, **fields) -> ResearchIndexPage:
    words = {"en": "Research", "fr": "Recherche", "de": "Forschung"}
    return _below_home(ResearchIndexPage, parent, words, fields)


def topic(parent=None, *, leads=(), **fields) -> ResearchTopicPage:
    """A research topic; `leads` are the people who lead it."""
    parent = parent or ResearchIndexPage.objects.first() or research_index()
    new = page(ResearchTopicPage, parent, **fields)
    for place, lead in enumerate(leads):
        TopicLead.objects.create(page=new, person=lead, sort_order=place)
    return new


def people_index(parent=None, **fields) -> PeopleIndexPage:
    words = {"en": "People", "fr": "Personnes", "de": "Personen"}
    return _below_home(PeopleIndexPage, parent, words, fields)


def person(name="Dr Ada Example", **fields) -> Person:
    fields.setdefault("slug", f"person-{next(_number)}")
    fields.setdefault("role_en", "Immunologist")
    return Person.objects.create(name=name, **fields)


def news_index(parent=None, **fields) -> NewsIndexPage:
    words = {"en": "News", "fr": "Actualités", "de": "Aktuelles"}
    return _below_home(NewsIndexPage, parent, words, fields)


def news(parent=None, *, topics=(), authors=(), **fields) -> NewsPage:
    """A news item; `topics` and `authors` are pages and people that it is tagged with."""
    fields.setdefault("date", date(2026, 3, 2))
    new = page(NewsPage, parent or NewsIndexPage.objects.first() or news_index(), **fields)
    for place, tagged in enumerate(topics):
        NewsTopic.objects.create(page=new, topic=tagged, sort_order=place)
    for place, author in enumerate(authors):
        NewsAuthor.objects.create(page=new, person=author, sort_order=place)
    return new


def event_index(parent=None, **fields) -> EventIndexPage:
    words = {"en": "Events", "fr": "Événements", "de": "Veranstaltungen"}
    return _below_home(EventIndexPage, parent, words, fields)


def event(parent=None, *, topics=(), speakers=(), **fields) -> EventPage:
    """An event, online and two hours long unless told otherwise."""
    start = fields.setdefault("start", datetime(2026, 6, 3, 8, tzinfo=UTC))
    fields.setdefault("end", start and start + timedelta(hours=2))
    fields.setdefault("attendance", EventPage.Attendance.ONLINE)
    fields.setdefault("online_url", "https://meet.example.org/")
    new = page(EventPage, parent or EventIndexPage.objects.first() or event_index(), **fields)
    for place, tagged in enumerate(topics):
        EventTopic.objects.create(page=new, topic=tagged, sort_order=place)
    for place, speaker in enumerate(speakers):
        EventSpeaker.objects.create(page=new, person=speaker, sort_order=place)
    return new


QUESTIONS = {
    "name": "10000000-0000-4000-8000-000000000001",
    "email": "10000000-0000-4000-8000-000000000002",
    "message": "10000000-0000-4000-8000-000000000003",
    "subject": "10000000-0000-4000-8000-000000000004",
    "topics": "10000000-0000-4000-8000-000000000005",
}
"""The ids of the questions of a form."""
OPTIONS = {
    "press": "20000000-0000-4000-8000-000000000001",
    "study": "20000000-0000-4000-8000-000000000002",
    "news": "20000000-0000-4000-8000-000000000003",
}
"""The ids of what can be chosen in it."""
FORM_WORDS = {
    "en": {
        **{"name": "Name", "email": "E-mail", "message": "Message", "subject": "Subject"},
        **{"topics": "Topics", "press": "Press", "study": "A study", "news": "News"},
    },
    "fr": {
        **{"name": "Nom", "email": "Courriel", "message": "Votre message", "subject": "Objet"},
        **{"topics": "Thèmes", "press": "Presse", "study": "Une étude", "news": "Actualités"},
    },
    "de": {
        **{
            "name": "Ihr Name",
            "email": "Ihre E-Mail",
            "message": "Nachricht",
            "subject": "Betreff",
        },
        **{"topics": "Themen", "press": "Medien", "study": "Eine Studie", "news": "Aktuelles"},
    },
}


def questions(language: str) -> str:
    """The questions of a form in a language, as the raw data of their stream."""
    words = FORM_WORDS[language]

    def block(kind, key, **value):
        value = {"label": words[key], "help_text": "", "required": True, **value}
        return {"type": kind, "id": QUESTIONS[key], "value": value}

    def options(*keys):
        return [
            {"type": "item", "id": OPTIONS[key], "value": {"text": words[key], "is_default": False}}
            for key in keys
        ]

    return json.dumps(
        [
            block("line", "name", default_value="", purpose="name"),
            block("email", "email"),
            block("choice", "subject", options=options("press", "study"), as_list=False),
            block("choices", "topics", required=False, options=options("press", "news")),
            block("text", "message", default_value=""),
        ]
    )


def form_page(parent=None, **fields) -> FormPage:
    """A form with a question of several kinds, in each language."""
    for language in language_codes():
        fields.setdefault(column("form_fields", language), questions(language))
        fields.setdefault(column("consent_text", language), f"<p>Consent ({language})</p>")
    return page(FormPage, parent or HomePage.objects.first() or home(), **fields)
