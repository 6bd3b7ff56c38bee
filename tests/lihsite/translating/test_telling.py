"""Whoever saves a source hears which translations that makes outdated, and sees their states."""

import pytest
from bs4 import BeautifulSoup
from django.contrib.messages import get_messages
from django.urls import reverse
from django.utils import timezone
from wagtail.test.utils.form_data import rich_text

from lihsite.multilingual.states import State
from lihsite.translating.assigning import assign
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.pages.admin import client_of, edit_url, posted
from tests.lihsite.translating.workspace import account, people, state

pytestmark = pytest.mark.django_db


@pytest.fixture
def careers():
    home = people()
    return factories.content_page(home, title_en="Careers", title_fr="Carrières", title_de="Beruf")


def warnings(answer) -> list[str]:
    return [str(one) for one in get_messages(answer.wsgi_request) if one.level_tag == "warning"]


def save(client, page, *, by_itself=False, **changes):
    headers = {"accept": "application/json"} if by_itself else {}
    data = posted(page, ["en"], **changes)
    return client.post(edit_url(page), data, headers=headers)


def test_a_save_names_the_translations_that_it_makes_outdated(careers):
    (message,) = warnings(save(client_of("editor"), careers, title_en="Jobs"))
    assert "French (1 text) and German (1 text)" in message
    assert reverse("translating:translate", args=[careers.pk, "fr"]) in message


def test_what_was_outdated_before_is_not_told_again(careers):
    client = client_of("editor")
    save(client, careers, title_en="Jobs")
    client = client_of("editor")
    assert warnings(save(client, careers, title_en="Jobs", seo_title_en="Work")) == []


def test_what_an_autosave_makes_outdated_is_told_at_the_next_save_by_hand(careers):
    client = client_of("editor")
    answer = save(client, careers, by_itself=True, title_en="Jobs")
    assert answer.json()["success"]
    (message,) = warnings(save(client, careers, title_en="Jobs"))
    assert "French (1 text)" in message


def test_what_is_taken_back_before_the_save_by_hand_is_not_told(careers):
    client = client_of("editor")
    save(client, careers, by_itself=True, title_en="Jobs")
    assert warnings(save(client, careers, title_en="Careers")) == []


def test_an_autosave_brings_the_states_into_the_side_panel(careers):
    answer = save(client_of("editor"), careers, by_itself=True, title_en="Jobs")
    listed = answer.json()["html"].partition("lih-status-states")[2].partition("</ul>")[0]
    assert listed.count(f"lih-state--{State.OUTDATED}") == 2


def test_the_source_of_a_person_tells_as_well(careers):
    ada = factories.person(role_en="Biologist", role_fr="Biologiste")
    data = {
        "name": ada.name,
        "sort_name": ada.sort_name,
        "slug": ada.slug,
        "role_en": "Immunologist",
        "role_fr": "Biologiste",
        "role_de": "",
        **{f"biography_{code}": rich_text("") for code in ("en", "fr", "de")},
    }
    url = reverse("wagtailsnippets_research_person:edit", args=[ada.pk])
    (message,) = warnings(client_of("editor").post(url, data))
    assert "French (1 text)" in message
    assert "German" not in message


def test_the_side_panel_names_who_is_to_translate_by_when(careers):
    page = factories.content_page(live_in=("en",), title_en="School")
    assign([state(page)], account("french"), due_on=timezone.localdate())
    html = client_of("french", "en").get(edit_url(page)).content.decode()
    found = BeautifulSoup(html, "html.parser").select_one(".lih-status-states")
    assert "Assigned to French" in found.text
    links = [link["href"] for link in found.select("a")]
    assert links == [reverse("translating:translate", args=[page.pk, "fr"])]


@pytest.mark.parametrize(
    ("address", "create"),
    [("wagtailimages:edit", library.image), ("wagtaildocs:edit", library.document)],
)
def test_the_source_of_a_picture_or_a_document_tells_as_well(careers, address, create):
    one = create(title_en="Report", title_fr="Rapport", title_de="Bericht")
    url = reverse(address, args=[one.pk])
    client = client_of("admin", "fr")
    form = client.get(url).context["form"]
    shown = {name: form[name].value() for name in form.fields if name != "file"}
    data = {name: value for name, value in shown.items() if value} | {"title": "Annual report"}
    answer = client.post(url, data)
    assert answer.status_code == 302, answer.context["form"].errors
    (message,) = warnings(answer)
    assert "rend des traductions obsolètes" in message
    assert "Français (1 texte) et Allemand (1 texte)" in message
    assert f"{url}#tab-language_fr" in message
    assert warnings(client_of("admin").post(url, data)) == []
