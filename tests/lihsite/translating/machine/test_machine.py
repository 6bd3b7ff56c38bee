"""A machine fills what is untranslated, marked as its own; whatever it answers, no text is lost."""

import pytest
from django.contrib.auth import get_user_model
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from home.models import ContentPage
from lihsite.models import TranslationUnit
from lihsite.multilingual.machine_marks import machine_translated
from lihsite.multilingual.segments import instance_values, segments_of
from lihsite.multilingual.states import confirm_segments
from lihsite.translating.machine import providers
from lihsite.translating.machine.filling import fill
from lihsite.translating.machine.providers import DeepL, LibreTranslate, MachineError
from lihsite.translating.machine.tagged import tagged, untagged
from lihsite.translating.markup import code
from tests import factories
from tests.lihsite.multilingual.test_permissions import user as member
from tests.lihsite.translating.machine import services
from tests.lihsite.translating.rich_texts import plain_texts, rich_texts

pytestmark = pytest.mark.django_db

TEXT = "b0000000-0000-4000-8000-000000000001"
BODY = f"body.{TEXT}"
SOURCE = '<p data-block-key="k">Ask <b>the ward</b> or <a linktype="page" id="3">us</a>.</p>'
KINDS = {
    "deepl": (services.DeepLService, DeepL),
    "libretranslate": (services.LibreTranslateService, LibreTranslate),
}


@pytest.fixture(params=KINDS)
def kind(request):
    return request.param


@pytest.fixture
def service(kind, settings):
    with services.running(KINDS[kind][0]) as server:
        settings.MACHINE_TRANSLATION = kind
        settings.MACHINE_TRANSLATION_URL = server.url
        settings.MACHINE_TRANSLATION_KEY = "the-key"
        yield server


@pytest.fixture
def page():
    return factories.content_page(
        live_in=("en",),
        title_en="Careers",
        summary_en="Work here",
        summary_fr="Travailler ici",
        body_en=[{"type": "paragraph", "id": TEXT, "value": SOURCE}],
    )


@pytest.fixture
def french(page):
    return member("french", "translate_fr")


def draft_of(page):
    return ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def texts(page, language="fr"):
    page = draft_of(page)
    return segments_of(type(page), instance_values(page, [language]), language)


def filled(page, user, language="fr"):
    return fill(ContentPage.objects.get(pk=page.pk), language, user, providers.provider())


def test_what_is_untranslated_is_filled_with_its_markup_and_marked(page, french, service):
    done = filled(page, french)
    assert (done.count, done.unusable) == (2, 0)
    assert texts(page) == {
        "title": "FR: Careers",
        "summary": "Travailler ici",
        BODY: SOURCE.replace("Ask", "FR: Ask"),
    }
    assert machine_translated(draft_of(page), "fr") == {"title", BODY}
    assert draft_of(page).latest_revision.user == french


def test_english_is_asked_for_as_the_service_calls_it(french, service, kind):
    page = factories.content_page(live_in=("fr",), title_fr="Careers")
    filled(page, get_user_model().objects.create_superuser("admin"), "en")
    [(_path, _headers, request)] = service.requests
    wanted = request["target_lang"] if kind == "deepl" else request["target"]
    assert wanted == ("EN-GB" if kind == "deepl" else "en")


def test_the_mark_goes_when_a_person_edits_or_confirms(page, french, service):
    filled(page, french)
    draft = draft_of(page)
    draft.title_fr = "Carrières"
    draft.save_revision(user=french)
    assert machine_translated(draft_of(page), "fr") == {BODY}
    draft = draft_of(page)
    confirm_segments(draft, "fr", [BODY])
    draft.save_revision(user=french)
    assert machine_translated(draft_of(page), "fr") == set()


def test_a_machine_s_words_are_not_remembered_until_they_are_confirmed(page, french, service):
    filled(page, french)
    draft = draft_of(page)
    draft.live_in_fr = True
    draft.save_revision().publish()
    assert not TranslationUnit.objects.filter(target__contains="FR:").exists()
    draft = draft_of(page)
    confirm_segments(draft, "fr", ["title"])
    draft.save_revision().publish()
    [unit] = TranslationUnit.objects.filter(target__contains="FR:")
    assert unit.segment == "title"


def test_nothing_is_asked_where_nothing_is_untranslated(page, french, service):
    filled(page, french)
    service.requests.clear()
    assert filled(page, french).count == 0
    assert service.requests == []


def test_a_text_that_comes_back_without_its_markup_is_left_out(page, french, service):
    service.words = lambda text, target: text.replace("<g id=", "<b id=").replace("Careers", "Metz")
    done = filled(page, french)
    assert (done.count, done.unusable) == (1, 1)
    assert texts(page) == {"title": "Metz", "summary": "Travailler ici"}


def test_a_cell_that_the_table_of_the_translation_has_no_place_for_is_left_out(
    client, french, service
):
    columns = [{"type": "text", "heading": ""}]
    numbers = [{"type": "number", "heading": ""}]
    tables = [
        {"columns": columns, "rows": [{"values": ["about 11"]}], "caption": ""},
        {"columns": numbers, "rows": [{"values": [11]}], "caption": ""},
    ]
    english, own = (
        [{"type": "table", "id": TEXT, "value": {"caption": "", "table": one}}] for one in tables
    )
    page = factories.content_page(live_in=("en",), title_en="Careers", body_en=english, body_fr=own)
    client.force_login(french)
    said = client.post(reverse("translating:machine_fill", args=[page.pk, "fr"]), follow=True).text
    assert "1 text was translated into French by machine" in said
    assert "1 text was left out: the table of the translation has no cell for it." in said
    assert "came back" not in said
    assert texts(page) == {"title": "FR: Careers"}
    assert draft_of(page).body_fr.raw_data[0]["value"]["table"] == tables[1]


def test_what_somebody_writes_meanwhile_stays(page, french, service, monkeypatch):
    post = providers.Provider.post

    def post_while_somebody_writes(*args, **kwargs):
        draft = draft_of(page)
        draft.title_fr = "Carrières"
        draft.save_revision(user=french)
        return post(*args, **kwargs)

    monkeypatch.setattr(providers.Provider, "post", post_while_somebody_writes)
    assert filled(page, french).count == 1
    assert texts(page)["title"] == "Carrières"
    assert machine_translated(draft_of(page), "fr") == {BODY}


@pytest.mark.parametrize(
    "answer",
    [
        (403, {"message": "Forbidden"}),
        (429, {"error": "Slow down"}),
        (456, {"message": "Quota exceeded"}),
        (500, b"<html>"),
        (200, b"<html>"),
        (200, {}),
        (200, []),
        (200, {"translations": [{}], "translatedText": None}),
        (200, {"translations": [{"text": "One"}], "translatedText": ["One"]}),
        (200, {"translations": [{"text": 1}, {"text": 2}], "translatedText": [1, 2]}),
    ],
)
def test_a_service_that_fails_says_so_and_changes_nothing(client, page, french, service, answer):
    service.answer = answer
    before = draft_of(page).serializable_data()
    with pytest.raises(MachineError) as failed:
        filled(page, french)
    assert "Nothing was changed" in str(failed.value)
    client.force_login(french)
    said = client.post(reverse("translating:machine_fill", args=[page.pk, "fr"]), follow=True)
    assert "Nothing was changed" in said.content.decode()
    assert draft_of(page).serializable_data() == before


def test_a_service_that_is_not_there_is_said_to_be_so(page, french, settings, kind):
    settings.MACHINE_TRANSLATION = kind
    settings.MACHINE_TRANSLATION_URL = "http://127.0.0.1:9"
    with pytest.raises(MachineError, match="cannot be reached"):
        filled(page, french)


def test_a_button_fills_the_page_for_those_who_translate_it(client, page, french, service):
    client.force_login(french)
    address = reverse("translating:machine_fill", args=[page.pk, "fr"])
    assert client.get(address).status_code == 405
    said = client.post(address, follow=True).content.decode()
    assert "2 texts were translated" in said
    german = reverse("translating:machine_fill", args=[page.pk, "de"])
    assert client.post(german).status_code == 302
    assert texts(page, "de") == {}


def test_an_alias_is_filled_by_its_original_alone(client, page, french, service):
    alias = page.create_alias(update_slug="careers-alias")
    client.force_login(french)
    address = reverse("translating:machine_fill", args=[alias.pk, "fr"])
    assert client.post(address)["Location"] == reverse("wagtailadmin_home")
    assert service.requests == []


def test_it_is_off_unless_the_settings_name_a_service(client, page, french):
    assert providers.provider() is None
    client.force_login(french)
    address = reverse("translating:machine_fill", args=[page.pk, "fr"])
    assert client.post(address).status_code == 404


def test_a_machine_suggests_where_it_is_asked(client, page, french, service):
    client.force_login(french)
    address = reverse("translating:suggestions", args=[page.pk, "fr"])
    answer = client.get(address, {"segment": "title", "machine": "1"}).json()
    assert [(one["target"], one["origin"]) for one in answer["suggestions"]] == [
        ("FR: Careers", "machine")
    ]
    service.answer = (500, b"")
    assert (
        "Nothing was changed"
        in client.get(address, {"segment": "title", "machine": "1"}).json()["error"]
    )


@given(st.one_of(st.tuples(rich_texts, st.just(True)), st.tuples(plain_texts, st.just(False))))
def test_what_a_service_leaves_as_it_is_comes_back_as_it_was(drawn):
    text, is_rich = drawn
    coded = code(text, is_rich=is_rich)
    assert untagged(tagged(coded), coded, is_rich=is_rich) == text


@given(st.text(), rich_texts)
def test_whatever_a_service_answers_no_markup_comes_from_it(answer, source):
    coded = code(source, is_rich=True)
    text = untagged(answer, coded, is_rich=True)
    assert text is None or set(code(text, is_rich=True).tags) <= set(coded.tags)
