"""Writes the pages of the demonstration as authors would: draft, translations, publication.

All pages are created first, since their bodies refer to each other. Then each is written by the
editor in its source language, translated by the translators and published by the reviewer, so
that histories and states are true.
"""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import models
from modelcluster.fields import ParentalKey
from wagtail.admin.rich_text import get_rich_text_editor_widget
from wagtail.fields import RichTextField, StreamField
from wagtail.log_actions import log
from wagtail.models import Site

from events.models import EventIndexPage, EventPage
from events.times import DEFAULT_TIME_ZONE
from home.demonstration.accounts import TRANSLATORS
from home.demonstration.reading import in_language, languages_of, plain, read, rich
from home.demonstration.streams import StreamWriter, as_edited
from home.models import ContentPage, HomePage
from lihsite.contact.models import FormPage
from lihsite.models import BasePage, Image
from lihsite.multilingual.languages import DEFAULT_LANGUAGE, column, language_codes
from lihsite.multilingual.registration import translated_fields
from news.models import NewsIndexPage, NewsPage
from research.models import PeopleIndexPage, Person, ResearchIndexPage, ResearchTopicPage

ADDRESS = ("title", "slug")
"""The texts that every language has from the start, before the rest is written."""

RELATIONS = ("leads", "authors", "speakers", "topics", "related_items", "pinned_news")
"""The inline relations of all page types; each row links its page to one person or page."""


def write_people(pictures: dict, users: dict) -> dict[str, Person]:
    people = {}
    for entry in read("people")["people"]:
        person = Person(
            name=entry["name"],
            slug=entry["slug"],
            email=entry["email"],
            orcid=entry.get("orcid", ""),
            photo=pictures[entry["photo"]],
            is_fictional=True,
        )
        write_texts(person, entry, language_codes(), StreamWriter({}))
        person.save()
        person.save_revision(user=users["editor"])
        log(instance=person, action="wagtail.create", user=users["editor"])
        people[entry["key"]] = person
    return people


def write_texts(instance, entry: dict, languages: list[str], writer: StreamWriter) -> None:
    """Set the columns of the languages to what the entry has for them."""
    for name in translated_fields(type(instance)):
        if name not in entry:
            continue
        field = instance._meta.get_field(name)
        for language in languages:
            value = entry[name]
            if isinstance(field, StreamField):
                value = writer.write(field.stream_block, value, language)
            else:
                value = in_language(value, language) or ""
                if isinstance(field, RichTextField):
                    widget = get_rich_text_editor_widget(field.editor, features=field.features)
                    value = as_edited(widget, rich(value)) if value else ""
                else:
                    value = plain(value)
            setattr(instance, column(name, language), value)


class Tree:
    """The pages of the demonstration by key, on their way from data to publication."""

    def __init__(self, users: dict, people: dict, pictures: dict, documents: dict, today: date):
        self.users = users
        self.people = people
        self.pictures = pictures
        self.today = today
        self.pages = {}
        self.entries = {}
        self.writer = StreamWriter(
            {
                "pictures": pictures,
                "documents": documents,
                "people": people,
                "pages": self.pages,
            }
        )

    def create_pages(self) -> HomePage:
        """Create every page as an unpublished draft with a title and an address."""
        home = self._create(BasePage.get_first_root_node(), HomePage, read("home"))
        self._replace_welcome_page(home)
        for section, index_model, page_model, name in (
            ("research", ResearchIndexPage, ResearchTopicPage, "topics"),
            ("news", NewsIndexPage, NewsPage, "news"),
            ("events", EventIndexPage, EventPage, "events"),
        ):
            index = self._create(home, index_model, read(section)["index"], in_menus=True)
            for entry in read(section)[name]:
                self._create(index, page_model, entry)
        self._create(home, PeopleIndexPage, read("people")["index"], in_menus=True)
        for entry in read("pages")["pages"]:
            self._create(home, ContentPage, entry, in_menus=entry["in_menus"])
        for entry in read("forms")["forms"]:
            self._create(self.pages[entry["below"]], FormPage, entry)
        return home

    def _create(self, parent, model, entry, in_menus=False):
        source = entry.get("source", DEFAULT_LANGUAGE)
        page = model(source_language=source, live=False, show_in_menus=in_menus)
        languages = languages_of(entry)
        address = {name: entry[name] for name in ADDRESS}
        write_texts(page, address, languages, self.writer)
        for language in languages:
            is_live = language not in entry.get("draft", [])
            setattr(page, column("live_in", language), is_live)
        page.owner = self.users["editor"]
        parent.add_child(instance=page)
        self.pages[entry["key"]] = page
        self.entries[entry["key"]] = entry
        return page

    def _replace_welcome_page(self, home):
        """Make the home page the site's, in place of the page of Wagtail's first migration."""
        site = Site.objects.get(is_default_site=True)
        welcome = site.root_page
        site.root_page = home
        site.site_name = home.title
        site.save()
        if type(welcome.specific) is BasePage:
            welcome.delete()

    def publish_pages(self) -> None:
        """Write, translate and publish every page."""
        for key, page in self.pages.items():
            self._publish(page, self.entries[key])

    def _publish(self, page, entry):
        source = page.source_language
        others = [code for code in languages_of(entry) if code != source]
        outdated = entry.get("outdated", [])
        self._set_shared_fields(page, entry)
        if outdated:
            self._write(page, _as_it_was(entry, source), source)
            for language in outdated:
                self._write(page, entry, language)
        revision = self._write(page, entry, source)
        for language in others:
            if language not in outdated:
                revision = self._write(page, entry, language)
        revision.publish(user=self.users["reviewer"])

    def _write(self, page, entry, language):
        """Save a draft with the texts of a language, by whoever writes it."""
        write_texts(page, entry, [language], self.writer)
        author = (
            "editor" if language == page.source_language else TRANSLATORS.get(language, "editor")
        )
        revision = page.save_revision(user=self.users[author], log_action=True)
        # As the next author finds it: dates and times are text in what is stored.
        revision.refresh_from_db(fields=["content"])
        return revision

    def _set_shared_fields(self, page, entry):
        translated = translated_fields(type(page))
        for field in page._meta.fields:
            if field.name not in entry or field.name in translated:
                continue
            value = entry[field.name]
            if field.remote_field and field.related_model is Image:
                value = self.pictures[value]
            elif field.remote_field:
                value = self.pages[value]
            elif isinstance(field, models.DateTimeField):
                value = self._moment(value, is_end=field.name == "end")
            elif isinstance(value, str):
                value = value.strip()
            elif field.name == "languages_spoken":
                value = [code for code, _name in settings.EVENT_LANGUAGES if code in value]
            setattr(page, field.name, value)
        if "days_ago" in entry:
            page.date = self.today - timedelta(days=entry["days_ago"])
        if "journal" in entry:
            page.year = page.date.year
        for name in RELATIONS:
            if name in entry:
                row = page._meta.get_field(name).related_model
                link = next(field for field in row._meta.fields if _links_on(field))
                found = self.people if link.related_model is Person else self.pages
                rows = [
                    row(sort_order=place, **{link.name: found[key]})
                    for place, key in enumerate(entry[name])
                ]
                setattr(page, name, rows)

    def _moment(self, value: dict, is_end: bool) -> datetime:
        """The moment of a day counted from today; of whole days the end is the next midnight."""
        day = self.today + timedelta(days=value["day"])
        if "time" in value:
            at = time.fromisoformat(value["time"])
        else:
            at = time.min
            day += timedelta(days=1 if is_end else 0)
        return datetime.combine(day, at, ZoneInfo(DEFAULT_TIME_ZONE))


def _links_on(field) -> bool:
    return isinstance(field, models.ForeignKey) and not isinstance(field, ParentalKey)


def _as_it_was(entry, source: str):
    """The entry with the texts that its outdated translations were made from."""
    if isinstance(entry, list):
        return [_as_it_was(item, source) for item in entry]
    if not isinstance(entry, dict):
        return entry
    if "earlier" in entry:
        return {**entry, "text": {**entry["text"], source: entry["earlier"]}}
    return {name: _as_it_was(value, source) for name, value in entry.items()}
