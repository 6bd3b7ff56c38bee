"""Forms that editors build: sent in each language, stored once, and answered in the right words."""

import json
from datetime import UTC, datetime, timedelta
from smtplib import SMTPException

import pytest
from bs4 import BeautifulSoup
from django.core import mail
from freezegun import freeze_time
from wagtail.models import PageViewRestriction

from lihsite.contact.models import FormPage, Submission
from lihsite.contact.notification import notify
from lihsite.expiry import delete_expired
from lihsite.multilingual.languages import language_codes
from tests import factories
from tests.factories import OPTIONS, QUESTIONS

pytestmark = pytest.mark.django_db

OPENED = "2026-06-01 10:00:00"
LATER = "2026-06-01 10:01:00"
ANSWERS = {
    QUESTIONS["name"]: "Ada",
    QUESTIONS["email"]: "ada@example.org",
    QUESTIONS["subject"]: OPTIONS["study"],
    QUESTIONS["topics"]: [OPTIONS["press"], OPTIONS["news"]],
    QUESTIONS["message"]: "A question\non two lines.",
    "consent": "on",
}


@pytest.fixture
def form_page():
    factories.home()
    return factories.form_page(
        title_en="Write to us",
        title_fr="Nous écrire",
        title_de="Schreiben Sie uns",
        to_address="desk@example.org, second@example.org",
        thanks_text_fr="<p>Nous vous répondrons.</p>",
    )


def opened(client, address) -> dict:
    """What the form of an address sends along by itself."""
    return guards(client.get(address))


def guards(response) -> dict:
    """The fields of the form in a response that visitors do not see."""
    form = BeautifulSoup(response.content, "html.parser").find("form", class_="form")
    found = form.select("[type=hidden], .form__trap input")
    return {field["name"]: field.get("value", "") for field in found}


def send(client, page, language="en", *, open_for=60, **changes):
    """Open the form, wait, and send the answers with what is changed of them; None leaves out."""
    address = page.get_url_for_language(language)
    with freeze_time(OPENED):
        data = {**opened(client, address), **ANSWERS, **changes}
    data = {name: value for name, value in data.items() if value is not None}
    with freeze_time(OPENED) as clock:
        clock.tick(timedelta(seconds=open_for))
        return client.post(f"{address}send/", data)


@pytest.mark.parametrize("language", language_codes())
def test_what_is_sent_is_stored_in_the_words_of_the_source(client, form_page, language):
    response = send(client, form_page, language)
    assert response.status_code == 302
    assert response["Location"].endswith("/sent/")
    stored = Submission.objects.get()
    assert stored.form_data == {
        QUESTIONS["name"]: "Ada",
        QUESTIONS["email"]: "ada@example.org",
        QUESTIONS["subject"]: "A study",
        QUESTIONS["topics"]: ["Press", "News"],
        QUESTIONS["message"]: "A question\non two lines.",
    }
    assert stored.language == language
    assert stored.labels[QUESTIONS["email"]] == "E-mail"


def test_the_thanks_are_read_in_each_language_and_send_nothing_again(client, form_page):
    thanks = client.get(send(client, form_page, "fr")["Location"])
    html = BeautifulSoup(thanks.content, "html.parser")
    assert "Nous vous répondrons." in html.find(role="status").text
    german = html.select_one("a[hreflang=de]")["href"]
    assert "/sent/" in german
    assert client.get(german, follow=True).status_code == 200
    assert Submission.objects.count() == 1


def test_the_thanks_lead_back_to_the_nearest_page_that_visitors_get(client):
    section = factories.content_page(title_en="About", title_fr="À propos")
    event = factories.content_page(section, title_en="A course", title_fr="Un cours")
    form = factories.form_page(event, title_en="Register", title_fr="Inscription")
    thanks = f"{form.get_url_for_language('fr')}sent/"
    for above, address in (
        (None, "/fr/a-propos/un-cours/"),
        (event, "/fr/a-propos/"),
        (section, "/fr/"),
    ):
        if above:
            above.unpublish()
        back = BeautifulSoup(client.get(thanks).content, "html.parser").find("a", class_="more")
        assert back["href"] == address
        assert client.get(address).status_code == 200


def test_a_second_click_stores_nothing_new_but_another_answer_does(client, form_page):
    with freeze_time(OPENED):
        data = {**opened(client, "/en/write-to-us/"), **ANSWERS}
    with freeze_time(LATER):
        client.post("/en/write-to-us/send/", data)
        client.post("/en/write-to-us/send/", data)
        assert Submission.objects.count() == 1
        client.post("/en/write-to-us/send/", {**data, QUESTIONS["name"]: "Ada L."})
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(
    ("language", "required"),
    [
        ("en", "This field is required."),
        ("fr", "Ce champ est obligatoire."),
        ("de", "Dieses Feld ist erforderlich."),
    ],
)
def test_errors_are_in_the_visitors_language_beside_the_field_and_above(
    client, form_page, language, required
):
    response = send(client, form_page, language, **{QUESTIONS["name"]: ""})
    assert response.status_code == 422
    html = BeautifulSoup(response.content, "html.parser")
    field = html.find(id=f"id_{QUESTIONS['name']}")
    assert field["aria-invalid"] == "true"
    beside = html.find(id=field["aria-describedby"])
    assert required in beside.text
    summary = html.find(role="alert")
    link = summary.find("a", href=f"#{field['id']}")
    assert required in link.text
    # What was typed is kept.
    assert html.find(id=f"id_{QUESTIONS['email']}")["value"] == "ada@example.org"
    assert "A question" in html.find(id=f"id_{QUESTIONS['message']}").text
    assert html.find("input", value=OPTIONS["study"]).has_attr("checked")
    assert not Submission.objects.exists()
    # The switcher leads to the form itself.
    for code in language_codes():
        other = html.select_one(f".languages a[hreflang={code}]")["href"]
        assert client.get(other, follow=True).status_code == 200


def test_a_question_without_help_says_nothing_in_its_place(client):
    factories.home()
    bare = json.loads(factories.questions("en"))
    bare[0]["value"]["help_text"] = None
    page = factories.form_page(form_fields_en=json.dumps(bare))
    html = BeautifulSoup(client.get(page.get_url_for_language("en")).content, "html.parser")
    assert html.find(class_="field__help") is None


def test_without_consent_nothing_is_stored(client, form_page):
    response = send(client, form_page, consent=None)
    assert response.status_code == 422
    assert "Please agree" in response.text
    assert not Submission.objects.exists()


def test_a_language_is_not_published_without_questions_and_consent(form_page):
    form_page.consent_text_fr = ""
    form_page.form_fields_fr = []
    assert form_page.get_missing_to_publish("fr") == ["form_fields", "consent_text"]


def test_a_form_in_fallback_is_marked_and_works(client):
    factories.home()
    page = factories.form_page(title_fr="Nous écrire", live_in=("fr",))
    html = BeautifulSoup(client.get(page.get_url_for_language("de")).content, "html.parser")
    label = html.find("label", attrs={"for": f"id_{QUESTIONS['name']}"})
    assert label.span["lang"] == "fr"
    assert label.span.text == "Nom"
    response = send(client, page, "de", **{QUESTIONS["name"]: ""})
    assert "Dieses Feld ist erforderlich." in response.text
    assert send(client, page, "de").status_code == 302
    assert Submission.objects.get().language == "de"


def test_the_source_says_what_is_required(client):
    factories.home()
    optional = json.loads(factories.questions("en"))
    optional[0]["value"]["required"] = False
    page = factories.form_page(form_fields_en=json.dumps(optional))
    assert send(client, page, "fr", **{QUESTIONS["name"]: ""}).status_code == 302


# Notification


def test_the_institute_is_told_in_the_source_language(
    client, form_page, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        send(client, form_page, "de")
    (sent,) = mail.outbox
    assert sent.to == ["desk@example.org", "second@example.org"]
    assert sent.reply_to == ["ada@example.org"]
    assert "Subject: A study" in sent.body
    assert "German" in sent.body


UNWRITABLE = "a@" + "ä" * 60 + ".lu"
"""Too long once it is encoded, as it has to be in a mail."""


@pytest.mark.parametrize(
    ("language", "text"),
    [("en", "Enter a valid email address."), ("fr", "Saisissez une adresse de courriel valide.")],
)
def test_an_address_that_no_mail_can_name_is_refused(client, form_page, language, text):
    response = send(client, form_page, language, **{QUESTIONS["email"]: UNWRITABLE})
    assert response.status_code == 422
    html = BeautifulSoup(response.content, "html.parser")
    field = html.find(id=f"id_{QUESTIONS['email']}")
    assert text in html.find(id=field["aria-describedby"]).text
    assert not Submission.objects.exists()


def test_the_institute_is_told_of_an_address_that_no_mail_can_name(client, form_page):
    send(client, form_page)
    submission = Submission.objects.get()
    submission.form_data[QUESTIONS["email"]] = UNWRITABLE
    submission.save()
    notify.call(submission.pk)
    (sent,) = mail.outbox
    assert sent.reply_to == []
    assert UNWRITABLE in sent.body


def test_what_was_sent_stays_where_the_mail_fails(
    client, form_page, django_capture_on_commit_callbacks, monkeypatch, caplog
):
    def fail(self, *args, **kwargs):
        raise SMTPException("no server")

    monkeypatch.setattr("django.core.mail.EmailMessage.send", fail)
    with django_capture_on_commit_callbacks(execute=True):
        assert send(client, form_page).status_code == 302
    assert Submission.objects.count() == 1
    assert "could not be sent" in caplog.text


# Guards


@pytest.mark.parametrize(
    "changes",
    [
        {"homepage": "https://spam.example/"},
        {"opened": ""},
        {"opened": "x:y:z"},
        {"open_for": 1},
        {"open_for": 25 * 3600},
        {QUESTIONS["message"]: "http://a http://b www.c https://d"},
    ],
)
def test_the_guards_refuse_with_a_reason_and_keep_what_was_typed(client, form_page, changes):
    response = send(client, form_page, **changes)
    assert response.status_code == 422
    html = BeautifulSoup(response.content, "html.parser")
    assert html.find(role="alert").li.text.strip()
    assert html.find(id=f"id_{QUESTIONS['name']}")["value"] == "Ada"
    assert not Submission.objects.exists()


@pytest.mark.parametrize("changes", [{"homepage": "x"}, {"opened": ""}, {"open_for": 1}])
def test_whoever_was_refused_by_mistake_sends_it_again(client, form_page, changes):
    again = guards(send(client, form_page, **changes))
    with freeze_time(LATER) as clock:
        clock.tick(timedelta(seconds=30))
        assert client.post("/en/write-to-us/send/", {**again, **ANSWERS}).status_code == 302


def test_the_note_of_another_form_is_not_taken(client, form_page):
    other = factories.form_page(title_en="Another")
    with freeze_time(OPENED):
        note = opened(client, other.get_url_for_language("en"))["opened"]
    assert send(client, form_page, opened=note).status_code == 422


def test_one_client_sends_only_so_much(client, form_page, settings):
    settings.CONTACT_LIMITS = {**settings.CONTACT_LIMITS, "posts": (2, 3600)}
    answers = [send(client, form_page, **{QUESTIONS["name"]: str(n)}) for n in range(3)]
    assert [answer.status_code for answer in answers] == [302, 302, 429]
    assert answers[-1]["Retry-After"] == "3600"
    assert Submission.objects.count() == 2


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://elsewhere.example"},
        {"Origin": "null"},
        {"Referer": "https://elsewhere.example/"},
    ],
)
def test_pages_of_others_cannot_send_it(client, form_page, headers):
    response = client.post("/en/write-to-us/send/", ANSWERS, headers=headers)
    assert response.status_code == 403
    assert not Submission.objects.exists()


def test_no_cookie_is_set_and_nothing_is_kept_by_caches(client, form_page):
    for response in (
        client.get("/fr/nous-ecrire/"),
        client.get("/fr/nous-ecrire/sent/"),
        send(client, form_page, "fr"),
        send(client, form_page, "fr", consent=None),
    ):
        assert not response.cookies
        assert "no-store" in response["Cache-Control"]


def test_a_private_form_is_private_where_it_is_sent_too(client, form_page):
    PageViewRestriction.objects.create(page=form_page, restriction_type="login")
    response = client.post("/en/write-to-us/send/", ANSWERS)
    assert response.status_code == 302
    assert "login" in response["Location"]


def test_the_address_for_sending_leads_to_the_form(client, form_page):
    response = client.get("/fr/nous-ecrire/send/")
    assert (response.status_code, response["Location"]) == (302, "/fr/nous-ecrire/")


# Names, previews


def test_a_name_is_the_same_in_every_language(form_page):
    names = set()
    for language in language_codes():
        form_page.previewed_language = language
        form_page.__dict__.pop("shown_questions", None)
        names.add(tuple(form_page.get_form(page=form_page).fields))
    assert len(names) == 1


def test_the_form_and_its_thanks_are_previewed_in_each_language(form_page):
    modes = dict(form_page.preview_modes)
    assert set(modes) == {*language_codes(), *(f"{code}.sent" for code in language_codes())}
    page = FormPage.objects.get(pk=form_page.pk)
    preview = page.make_preview_request(preview_mode="fr")
    assert "Votre message" in preview.content.decode()
    page = FormPage.objects.get(pk=form_page.pk)
    preview = page.make_preview_request(preview_mode="fr.sent")
    assert "Nous vous répondrons." in preview.content.decode()


# Deletion


def test_answers_are_deleted_after_the_days_that_the_form_names(client, form_page):
    form_page.days_kept = 30
    form_page.save()
    send(client, form_page)
    sent = datetime(2026, 6, 1, 10, 1, tzinfo=UTC)
    assert delete_expired(sent + timedelta(days=29))["form submissions"] == 0
    assert delete_expired(sent + timedelta(days=31))["form submissions"] == 1
    assert not Submission.objects.exists()


def test_control_characters_are_dropped_from_an_answer(client, form_page):
    message = "Hello\x0b world\x00\ufffe\r\n\tand more"
    assert send(client, form_page, **{QUESTIONS["message"]: message}).status_code == 302
    answers = Submission.objects.get().form_data
    assert answers[QUESTIONS["message"]] == "Hello world\r\n\tand more"


def test_control_characters_alone_are_no_answer(client, form_page):
    assert send(client, form_page, **{QUESTIONS["name"]: "\x0b\x1b"}).status_code == 422
    assert not Submission.objects.exists()
