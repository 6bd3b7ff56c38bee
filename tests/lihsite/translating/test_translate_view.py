"""The translate view: one language's fields beside their source, saved like any draft."""

import json
from datetime import date

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth import get_user_model
from django.urls import reverse
from wagtail.admin.utils import get_user_display_name
from wagtail.test.utils.form_data import rich_text

from home.models import ContentPage
from lihsite.multilingual import reviews
from lihsite.multilingual.segments import fingerprint
from lihsite.multilingual.states import State, progress_of
from tests import factories
from tests.event_times import all_day_span
from tests.lihsite.pages.admin import accounts, client_of, draft_of
from tests.lihsite.pages.open_forms import OpenForm

pytestmark = pytest.mark.django_db

TEXT = "00000000-0000-4000-8000-00000000000b"
PICTURE = "00000000-0000-4000-8000-00000000000e"
OWN = "00000000-0000-4000-8000-00000000000f"


def paragraph(text, key=TEXT):
    return {"type": "paragraph", "id": key, "value": text}


@pytest.fixture
def careers():
    """A page in English alone."""
    page = factories.content_page(
        live_in=("en",),
        title_en="Careers",
        summary_en="Work with us",
        body_en=[paragraph("<p>We are hiring</p>")],
    )
    accounts(page.get_parent())
    return page


def url(page, language="fr", **query):
    return reverse("translating:translate", args=[page.pk, language], query=query)


def posted(page, language="fr", body=(), **changes) -> dict:
    """What the form posts: the texts as they are, the given paragraphs, and the changes."""
    page = draft_of(page)
    data = {
        "comments-TOTAL_FORMS": "0",
        "comments-INITIAL_FORMS": "0",
        "comments-MIN_NUM_FORMS": "0",
        "comments-MAX_NUM_FORMS": "",
    }
    for name in ("title", "slug", "summary", "seo_title", "search_description"):
        data[f"{name}_{language}"] = getattr(page, f"{name}_{language}")
    blocks = [
        {
            "value": rich_text(text),
            "type": "paragraph",
            "id": key,
            "order": str(order),
            "deleted": "",
        }
        for order, (key, text) in enumerate(body)
    ]
    stream = {f"body_{language}-count": str(len(blocks))}
    for order, block in enumerate(blocks):
        stream |= {f"body_{language}-{order}-{name}": value for name, value in block.items()}
    return {**data, **stream, **changes}


def save(page, client, language="fr", **data):
    response = client.post(url(page, language), posted(page, language, **data))
    assert response.status_code == 302, response.context["form"].errors
    return draft_of(page)


def form_names(response) -> set[str]:
    """The names of what the form posts."""
    form = BeautifulSoup(response.content, "html.parser").find(id="page-edit-form")
    return {field["name"] for field in form.select("input, textarea, select") if field.get("name")}


def source_data(response) -> dict:
    return response.context["source_data"]


def test_an_empty_language_gets_the_structure_of_its_source_and_none_is_stored(careers):
    response = client_of("french").get(url(careers))
    assert [block.id for block in response.context["page"].body_fr] == [TEXT]
    assert response.context["page"].body_fr.get_prep_value()[0]["value"] == ""
    names = [segment["name"] for segment in source_data(response)["segments"]]
    assert names == ["title", "summary", f"body.{TEXT}"]
    assert not draft_of(careers).body_fr
    content = response.content.decode()
    assert "title_en" not in content
    assert "live_in" not in content


def test_what_is_typed_is_saved_in_its_language_alone(careers):
    page = save(
        careers, client_of("french"), title_fr="Carrières", body=[(TEXT, "<p>Nous recrutons</p>")]
    )
    assert page.title_fr == "Carrières"
    assert page.title_en == "Careers"
    assert page.body_fr.get_prep_value()[0]["id"] == TEXT
    row = careers.translation_states.get(language="fr")
    assert (row.state, row.translated) == (State.IN_PROGRESS, 2)


def test_texts_may_still_be_missing_in_a_draft(careers):
    page = save(careers, client_of("french"), title_fr="Carrières", body=[(TEXT, "")])
    assert [block.id for block in page.body_fr] == [TEXT]


def test_it_is_for_translators_of_the_language(careers):
    assert client_of("german").get(url(careers)).status_code == 302
    response = client_of("german").post(url(careers), posted(careers, title_fr="Karriere"))
    assert response.status_code == 302
    assert draft_of(careers).title_fr != "Karriere"
    assert client_of("french").get(url(careers, "xx")).status_code == 404


@pytest.fixture
def whole_day():
    """An event on one day, all day, in English alone."""
    day = date(2026, 6, 3)
    start, end = all_day_span(day, day, "Europe/Luxembourg")
    event = factories.event(start=start, end=end, all_day=True, live_in=("en",), title_en="Fair")
    accounts(event.get_parent().get_parent())
    return event


def test_who_may_change_shared_fields_is_shown_those_of_the_language_alone(whole_day):
    names = form_names(client_of("editor").get(url(whole_day)))
    assert {"title_fr", "summary_fr"} <= names
    assert {"start", "end", "registration_deadline", "languages_spoken"}.isdisjoint(names)


def test_what_is_posted_for_shared_fields_is_not_looked_at(whole_day):
    shared = {"start": "no time", "end": "2026-06-03 00:00", "languages_spoken": ["de"]}
    page = save(
        whole_day, client_of("editor"), title_fr="Foire", **{"programme_fr-count": "0"}, **shared
    )
    assert page.title_fr == "Foire"
    before = (whole_day.start, whole_day.end, whole_day.languages_spoken)
    assert (page.start, page.end, page.languages_spoken) == before


def test_the_source_language_is_edited_in_the_edit_form(careers):
    response = client_of("editor").get(url(careers, "en"))
    assert response.url == reverse("wagtailadmin_pages:edit", args=[careers.pk])
    assert client_of("editor").post(url(careers, "en"), {}).status_code == 404


@pytest.fixture
def outdated(careers):
    """The page in French, of which the source of the summary has changed since."""
    save(
        careers,
        client_of("french"),
        title_fr="Carrières",
        summary_fr="Travailler avec nous",
        body=[(TEXT, "<p>Nous recrutons</p>")],
    )
    page = draft_of(careers)
    page.summary_en = "Work for us"
    page.save_revision()
    return page


def summary_of(response) -> dict:
    return next(row for row in source_data(response)["segments"] if row["name"] == "summary")


def test_an_outdated_segment_says_what_changed(outdated):
    summary = summary_of(client_of("french").get(url(outdated)))
    assert summary["isOutdated"]
    assert summary["changes"] == "Work <del>with</del><ins>for</ins> us"


def test_a_segment_that_is_still_right_is_confirmed(outdated):
    body = [(TEXT, "<p>Nous recrutons</p>")]
    seen = json.dumps({"summary": fingerprint("Work for us")})
    page = save(outdated, client_of("french"), body=body, confirmed="summary", seen_sources=seen)
    assert progress_of(page, "fr").state == State.UP_TO_DATE
    assert page.summary_fr == "Travailler avec nous"


def test_what_changed_while_somebody_translated_is_known(outdated):
    """Confirmed or translated is what was seen, not what came since."""
    body = [(TEXT, "<p>Nous recrutons</p>")]
    client = client_of("french")
    seen = client.get(url(outdated)).context["fingerprints"]
    page = draft_of(outdated)
    page.summary_en = "Work for all of us"
    page.save_revision()
    page = save(outdated, client, body=body, summary_fr="Travailler pour nous", seen_sources=seen)
    assert progress_of(page, "fr").outdated == 1
    summary = summary_of(client.get(url(outdated)))
    assert summary["changes"] == "Work for <ins>all of </ins>us"


@pytest.mark.parametrize(
    "seen", ["", "no JSON", "[]", "[" * 100_000, '{"summary": 1}', '{"summary": "<b>"}']
)
def test_a_malformed_record_of_what_was_seen_does_no_harm(outdated, seen):
    page = save(
        outdated,
        client_of("french"),
        body=[(TEXT, "<p>Nous recrutons</p>")],
        summary_fr="Travailler pour nous",
        seen_sources=seen,
        confirmed="no.such.segment",
    )
    assert progress_of(page, "fr").state == State.UP_TO_DATE


def test_an_autosave_tells_which_sources_have_changed(outdated):
    client = client_of("french")
    seen = client.get(url(outdated)).context["fingerprints"]
    page = draft_of(outdated)
    page.title_en = "Jobs"
    page.save_revision()
    response = client.post(
        url(outdated),
        posted(outdated, body=[(TEXT, "<p>Nous recrutons</p>")], seen_sources=seen),
        headers={"accept": "application/json"},
    )
    html = response.json()["html"]
    assert '"name": "title"' in html
    assert '"name": "summary"' not in html


def test_changes_of_structure_are_offered_and_followed_where_chosen(careers):
    translated = [(TEXT, "<p>Nous recrutons</p>"), (OWN, "<p>Ici seulement</p>")]
    save(careers, client_of("french"), title_fr="Carrières", body=translated)
    page = draft_of(careers)
    new, other = PICTURE, "00000000-0000-4000-8000-0000000000aa"
    page.body_en = [
        paragraph("<p>New</p>", new),
        paragraph("<p>We are hiring</p>"),
        paragraph("<p>Other</p>", other),
    ]
    page.save_revision()
    response = client_of("french").get(url(careers))
    offered = [change.name for change in response.context["structure_changes"]]
    assert offered == [f"body.{new}", f"body.{other}"]
    page = save(
        careers,
        client_of("french"),
        body=translated,
        follow=[f"body.{new}"],
        **{"action-follow": "1"},
    )
    raw = page.body_fr.get_prep_value()
    assert [block["id"] for block in raw] == [new, TEXT, OWN]
    assert raw[0]["value"] == ""
    page = save(careers, client_of("french"), body=translated, follow=[f"body.{other}"])
    assert [block.id for block in page.body_fr] == [TEXT, OWN]


def test_a_change_of_structure_is_followed_although_somebody_else_has_saved_the_text(careers):
    save(careers, client_of("french"), title_fr="Carrières", body=[(TEXT, "<p>Nous recrutons</p>")])
    page = draft_of(careers)
    page.body_en = [paragraph("<p>New</p>", PICTURE), paragraph("<p>We are hiring</p>")]
    page.save_revision()
    form = OpenForm(careers, "french", "fr", url=url(careers))
    page = draft_of(careers)
    page.body_fr = [paragraph("<p>Nous embauchons</p>")]
    page.save_revision()
    assert form.save(**{"action-follow": "1", "follow": f"body.{PICTURE}"}).status_code == 302
    raw = draft_of(careers).body_fr.get_prep_value()
    assert [block["id"] for block in raw] == [PICTURE, TEXT]
    assert "Nous embauchons" in raw[1]["value"]


def test_changes_of_structure_are_previewed_before_they_are_applied(careers):
    translated = [(TEXT, "<p>Nous recrutons</p>"), (OWN, "<p>Ici seulement</p>")]
    save(careers, client_of("french"), title_fr="Carrières", body=translated)
    page = draft_of(careers)
    page.body_en = [paragraph("<p>Brand new</p>", PICTURE), paragraph("<p>We are hiring</p>")]
    page.save_revision()
    client = client_of("french")
    address = reverse("translating:preview", args=[careers.pk, "fr"])
    follow = {"follow": [f"body.{PICTURE}"]}
    for asked, shown in (({}, False), ({"action-follow": "1"}, True)):
        data = posted(careers, body=translated, **follow, **asked)
        assert client.post(address, data).json()["is_valid"]
        content = client.get(address, {"mode": "fr"}).content.decode()
        assert ("Brand new" in content) is shown
        assert "Ici seulement" in content
    assert [block.id for block in draft_of(careers).body_fr] == [TEXT, OWN]


def test_the_source_can_be_read_in_another_language(outdated):
    page = draft_of(outdated)
    page.title_de = "Karriere"
    page.save_revision()
    response = client_of("french").get(url(outdated, **{"from": "de"}))
    shown = {row["name"]: (row["html"], row["lang"]) for row in source_data(response)["segments"]}
    assert shown["title"] == ("Karriere", "de")
    assert shown[f"body.{TEXT}"] == ("<p>We are hiring</p>", "en")
    response = client_of("french").get(url(outdated, **{"from": "xx", "show": "xx"}))
    assert summary_of(response)["html"] == "Work for us"


def test_a_segment_is_copied_as_its_editor_takes_it(careers):
    client = client_of("french")
    address = reverse("translating:source_value", args=[careers.pk])
    answer = client.get(address, {"name": "summary", "from": "en"})
    assert answer.json() == {"value": "Work with us"}
    answer = client.get(address, {"name": f"body.{TEXT}", "from": "de"})
    assert json.loads(answer.json()["value"])["blocks"][0]["text"] == "We are hiring"
    assert client.get(address, {"name": "body.unknown", "from": "en"}).status_code == 404
    assert client.get(address).status_code == 404


def test_a_complete_language_is_published_in_one_step(outdated):
    client = client_of("reviewer")
    data = posted(
        outdated,
        body=[(TEXT, "<p>Nous recrutons</p>")],
        summary_fr="Travailler pour nous",
        **{"action-publish-translation": "1"},
    )
    response = client.post(url(outdated), data)
    assert response.url == url(outdated)
    row = ContentPage.objects.get(pk=outdated.pk)
    assert row.live_in_fr
    assert row.summary_fr == "Travailler pour nous"
    assert row.summary_en == "Work with us"


def test_an_incomplete_language_is_published_after_being_asked(outdated):
    data = posted(
        outdated,
        body=[(TEXT, "<p>Nous recrutons</p>")],
        **{"action-publish-translation": "1"},
    )
    response = client_of("reviewer").post(url(outdated), data)
    assert response.url.startswith(reverse("translating:publish", args=[outdated.pk]))
    assert not ContentPage.objects.get(pk=outdated.pk).live_in_fr


def test_several_languages_are_published_in_one_step(careers):
    both = {
        code: {f"title_{code}": f"Jobs {code}", f"summary_{code}": code} for code in ("fr", "de")
    }
    reviewer = client_of("reviewer")
    for code, texts in both.items():
        save(careers, reviewer, code, body=[(TEXT, f"<p>{code}</p>")], **texts)
    data = posted(careers, "de", [(TEXT, "<p>Ende</p>")], **{"action-publish-ready": "1"})
    response = reviewer.post(url(careers, "de"), data, follow=True)
    assert response.redirect_chain[-1][0] == url(careers, "de")
    assert "French and German published" in response.content.decode()
    stored = ContentPage.objects.get(pk=careers.pk)
    assert (stored.title_fr, stored.title_de) == ("Jobs fr", "Jobs de")
    assert "Ende" in str(stored.body_de)
    assert b"action-publish-ready" not in client_of("french").get(url(careers)).content


def test_a_translator_submits_the_language_for_review(outdated):
    data = posted(
        outdated,
        body=[(TEXT, "<p>Nous recrutons</p>")],
        **{"action-submit-translation": "1"},
    )
    response = client_of("french").post(url(outdated), data)
    assert response.url == url(outdated)
    assert outdated.language_reviews.waiting().filter(language="fr").count() == 1


def test_the_view_says_that_a_review_waits_or_that_changes_were_requested(outdated):
    def note():
        html = BeautifulSoup(translator.get(url(outdated)).content, "html.parser")
        found = html.select_one(".lih-review-note")
        button = html.select_one("[name=action-submit-translation]").text.strip()
        return found.get_text(" ", strip=True) if found else None, button

    translator = client_of("french", "en")
    translator.post(url(outdated), posted(outdated, body=[(TEXT, "<p>Nous recrutons</p>")]))
    assert note() == (None, "Submit French for review")
    french = get_user_model().objects.get(username="french")
    review = reviews.submit(outdated, "fr", user=french, comment="Please read")
    text, button = note()
    assert text.startswith("In review since")
    assert text.endswith("Please read")
    assert button == "Submit French again for review"
    reviewer = get_user_model().objects.get(username="reviewer")
    reviews.request_changes(review, user=reviewer, comment="Too long")
    text, button = note()
    assert text.startswith("Changes requested on")
    assert get_user_display_name(reviewer) in text
    assert text.endswith("Too long")
    assert button == "Submit French again for review"


def test_the_next_page_is_one_with_something_to_do(outdated):
    done = factories.content_page(live_in=("en", "fr"), title_en="Done", title_fr="Fini")
    following = factories.content_page(live_in=("en",), title_en="Next")
    response = client_of("french").get(url(outdated))
    assert response.context["next_translation_url"] == url(following)
    response = client_of("french").get(url(following))
    assert response.context["next_translation_url"] not in (url(following), url(done))


def test_the_next_page_on_the_list_of_the_desk_comes_next(outdated):
    missing = factories.content_page(live_in=("en",), title_en="Missing")
    other = factories.content_page(live_in=("en", "fr"), title_en="Other", title_fr="Autre")
    state = draft_of(other)
    state.title_en = "Others"
    state.save_revision()
    response = client_of("french").get(url(outdated, list="language=fr&state=outdated"))
    following = response.context["next_translation_url"]
    assert following.startswith(url(other))
    assert "list=" in following
    response = client_of("french").get(url(outdated, list="language=fr&state=missing"))
    assert response.context["next_translation_url"].startswith(url(missing))
    response = client_of("french").get(url(outdated, list="no=such&filter"))
    assert response.status_code == 200


def test_the_preview_shows_what_is_typed_in_its_language(careers):
    client = client_of("french")
    address = reverse("translating:preview", args=[careers.pk, "fr"])
    data = posted(careers, title_fr="Carrières", body=[(TEXT, "<p>Nous recrutons</p>")])
    assert client.post(address, data).json() == {"is_valid": True, "is_available": True}
    content = client.get(address, {"mode": "fr"}).content.decode()
    assert "Nous recrutons" in content
    assert 'lang="fr"' in content
    assert client.get(reverse("translating:preview", args=[careers.pk, "xx"])).status_code == 404


def test_the_ways_into_it_are_those_that_the_reader_may_go(careers):
    explorer = reverse("wagtailadmin_explore", args=[careers.get_parent().pk])
    content = client_of("french").get(explorer).content.decode()
    assert url(careers, "fr") in content
    assert url(careers, "de") not in content
    edit = client_of("editor").get(
        reverse("wagtailadmin_pages:edit", args=[careers.pk]), {"language_tab": "de"}
    )
    assert url(careers, "de") in edit.content.decode()
