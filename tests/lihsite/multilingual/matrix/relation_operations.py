"""Operations on pages with shared relations: an event with speakers, a news item with authors."""

from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from events.models import EventPage
from news.models import NewsPage
from research.models import Person
from tests import factories
from tests.lihsite.multilingual.matrix.operations import operation
from tests.lihsite.multilingual.matrix.site import NO_COMMENTS, SmallSite


def rows_of(relation, name):
    """The posted rows of an inline relation as they are stored, by the name of their link."""
    rows = [{"id": row.pk, name: getattr(row, f"{name}_id")} for row in relation.all()]
    return inline_formset(rows, initial=len(rows))


def texts(page, *streams, **changes):
    """What the tabs of all languages post, with a paragraph in each stream."""
    values = {"source_language": page.source_language if page else "en", **NO_COMMENTS}
    for code in ("en", "fr", "de"):
        for name in ("title", "slug", "summary", "seo_title", "search_description"):
            values[f"{name}_{code}"] = getattr(page, f"{name}_{code}") if page else ""
        for name in streams:
            paragraph = ("paragraph", rich_text(f"<p>{code}</p>"))
            values |= nested_form_data({f"{name}_{code}": streamfield([paragraph])})
        if not page or getattr(page, f"live_in_{code}"):
            values[f"live_in_{code}"] = "on"
    return {**values, **changes}


def event_data(event, speakers, **changes):
    data = texts(event, "body", **nested_form_data({"speakers": speakers}), **changes)
    for code in ("en", "fr", "de"):
        data.setdefault(f"venue_name_{code}", f"Maison du savoir ({code})")
        data |= nested_form_data({f"programme_{code}": streamfield([])})
    return {
        "start": "2026-06-03 14:00",
        "end": "2026-06-03 16:00",
        "time_zone": "Europe/Luxembourg",
        "status": "scheduled",
        "attendance": "in_person",
        "registration_state": "none",
        **nested_form_data({"topics": inline_formset([])}),
        **data,
    }


def news_data(item, authors, **changes):
    return {
        "kind": "press_release",
        "date": "2026-03-02",
        **nested_form_data(
            {
                "authors": authors,
                "topics": inline_formset([]),
                "related_items": inline_formset([]),
            }
        ),
        **texts(item, "body", **changes),
    }


TITLES = {"title_en": "A talk", "title_fr": "Une conférence", "title_de": "Ein Vortrag"}


def person(slug) -> Person:
    return Person.objects.create(name=f"Dr {slug.title()}", slug=slug, role_fr="Immunologue")


def stored_event(site: SmallSite) -> EventPage:
    """A published event with two speakers, saved as drafts are."""
    speakers = [person("ben"), person("cleo")]
    index = factories.event_index(site.home)
    event = factories.event(index, speakers=speakers, **TITLES)
    event.save_revision().publish()
    return EventPage.objects.get(pk=event.pk)


def stored_news(site: SmallSite) -> NewsPage:
    """A published news item with an author, whose source language is French."""
    index = factories.news_index(site.home)
    item = factories.news(
        index,
        source_language="fr",
        title_fr="Une bourse",
        title_en="A grant",
        title_de="Ein Preis",
        authors=[person("ben")],
    )
    item.save_revision().publish()
    return NewsPage.objects.get(pk=item.pk)


@operation
def create_an_event(site):
    index = factories.event_index(site.home)
    speakers = [{"person": person(slug).pk} for slug in ("ben", "cleo")]
    data = event_data(None, inline_formset(speakers), **TITLES)
    site.post("wagtailadmin_pages:add", "events", "eventpage", index.pk, data=data)


@operation
def create_and_publish_a_news_item(site):
    index = factories.news_index(site.home)
    authors = inline_formset([{"person": person("ben").pk}])
    data = news_data(None, authors, **TITLES, **{"action-publish": "yes"})
    site.post("wagtailadmin_pages:add", "news", "newspage", index.pk, data=data)


@operation
def edit_an_event(site):
    event = stored_event(site)
    speakers = rows_of(event.speakers, "person")
    data = event_data(event, speakers, title_fr="Un exposé", attendance="in_person")
    site.post("wagtailadmin_pages:edit", event.pk, data=data)


@operation
def publish_an_event_without_one_of_its_speakers(site):
    event = stored_event(site)
    speakers = rows_of(event.speakers, "person")
    speakers["0-DELETE"] = "on"
    data = event_data(event, speakers, title_en="The talk", **{"action-publish": "yes"})
    site.post("wagtailadmin_pages:edit", event.pk, data=data)


@operation
def publish_a_french_news_item(site):
    item = stored_news(site)
    data = news_data(item, rows_of(item.authors, "person"), title_fr="Une grande bourse")
    data["action-publish"] = "yes"
    site.post("wagtailadmin_pages:edit", item.pk, data=data)


@operation
def copy_an_event(site):
    event = stored_event(site)
    data = {"new_title": "Copied", "new_slug": "copied", "new_parent_page": event.get_parent().pk}
    site.post("wagtailadmin_pages:copy", event.pk, data=data)


@operation
def copy_a_french_news_item_and_publish_the_copy(site):
    item = stored_news(site)
    data = {"new_title": "Copie", "new_slug": "copie", "new_parent_page": item.get_parent().pk}
    site.post("wagtailadmin_pages:copy", item.pk, data={**data, "publish_copies": "on"})


@operation
def revert_an_event(site):
    event = stored_event(site)
    first = event.latest_revision
    edited = event_data(event, rows_of(event.speakers, "person"), title_fr="Un exposé")
    site.post("wagtailadmin_pages:edit", event.pk, data=edited)
    past = first.as_object()
    data = event_data(past, rows_of(past.speakers, "person"))
    site.post("wagtailadmin_pages:revisions_revert", event.pk, first.pk, data=data)
