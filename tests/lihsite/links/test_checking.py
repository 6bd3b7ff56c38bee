"""Links that lead nowhere are found in every live language, and shown to who can mend them."""

import pytest
from django.core.management import call_command
from wagtail.contrib.redirects.models import Redirect

from lihsite.links import checking
from lihsite.links.checking import check_links
from lihsite.links.external import Answer
from lihsite.links.models import BrokenLink, ExternalAddress, Problem
from tests import factories
from tests.lihsite.media.library import document
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db
URL = "/admin/reports/broken-links/"
KEY = "00000000-0000-4000-8000-00000000000"


def page_with(*links, title="Linking", language="en", **fields):
    """A page with a paragraph of links in one of its languages."""
    page = factories.content_page(title_en=title, title_fr=f"{title} (fr)", **fields)
    html = "".join(f"<a {link}>x</a>" for link in links)
    body = [
        {"type": "heading", "id": f"{KEY}1", "value": {"text": "Here", "level": "h2"}},
        {"type": "paragraph", "id": f"{KEY}2", "value": f"<p>{html}</p>"},
    ]
    setattr(page, f"body_{language}", body)
    page.save()
    return page


def problems() -> list[str]:
    check_links(external=False)
    return list(BrokenLink.objects.order_by("pk").values_list("problem", flat=True))


@pytest.fixture
def other():
    return factories.content_page(title_en="Other", title_fr="Autre")


def test_links_to_what_is_there_are_not_broken(other):
    file = document()
    factories.people_index()
    factories.person(slug="ada")
    factories.news(title_en="A grant")
    Redirect.objects.create(old_path="/old", redirect_page=other.basepage_ptr)
    page_with(
        f'linktype="page" id="{other.pk}"',
        f'linktype="document" id="{file.pk}"',
        *('href="/en/other/"', 'href="/fr/autre/?x=1#y"', 'href="/en/people/ada/"'),
        *('href="/old/"', f'href="/documents/{file.pk}/report.pdf"', 'href="/en/search/?q=x"'),
        *('href="http://testserver/en/other/"', 'href="mailto:a@example.org"', 'href="tel:+352"'),
        *('href="#s-00000000"', 'href="#content"', 'href="/sitemap.xml"', 'href="/"'),
    )
    assert problems() == []


@pytest.mark.parametrize(
    ("link", "problem"),
    [
        ('linktype="page" id="999999"', Problem.PAGE_GONE),
        ('linktype="page" id=""', Problem.PAGE_GONE),
        ('linktype="document" id="999999"', Problem.DOCUMENT_GONE),
        ('href="#nowhere"', Problem.ANCHOR_GONE),
        ('href="/en/nowhere/"', Problem.ADDRESS_GONE),
        ('href="/documents/999999/report.pdf"', Problem.ADDRESS_GONE),
        ('href="http://testserver/fr/perdu/"', Problem.ADDRESS_GONE),
    ],
)
def test_links_to_what_is_not_there_are_broken(other, link, problem):
    page_with(link)
    assert problems() == [problem]


def test_a_page_that_was_unpublished_is_named_in_each_place_that_links_to_it(other):
    link = f'linktype="page" id="{other.pk}"'
    english = page_with(link, title="English")
    french = page_with(link, title="French", language="fr")
    other.unpublish()
    assert problems() == [Problem.PAGE_HIDDEN] * 2
    found = BrokenLink.objects.values_list("page", "language", "place", "block")
    assert set(found) == {
        (english.pk, "en", "Body / Text", f"{KEY}2"),
        (french.pk, "fr", "Body / Text", f"{KEY}2"),
    }


def test_languages_that_nobody_gets_are_not_checked(other):
    page_with('href="/en/nowhere/"', live_in=("en",), language="fr")
    assert problems() == []


def test_choosers_and_addresses_of_blocks_and_fields_are_checked(other, monkeypatch):
    page = factories.content_page(title_en="Blocks")
    call = {"title": "Go", "label": "Go", "page": 999999, "url": "", "text": ""}
    page.body_en = [
        {"type": "call_to_action", "id": f"{KEY}1", "value": call},
        {
            "type": "call_to_action",
            "id": f"{KEY}2",
            "value": {**call, "page": None, "url": "https://gone.example/"},
        },
    ]
    page.save()
    factories.event(title_en="Talk", online_url="https://gone.example/")
    asked = []

    def answer(addresses):
        asked.extend(addresses)
        return {address: Answer(404, Problem.NOT_FOUND) for address in addresses}

    monkeypatch.setattr(checking, "check_all", answer)
    call_command("check_links", verbosity=0)
    assert asked == ["https://gone.example/"]
    found = BrokenLink.objects.order_by("field", "kind", "pk").values_list("field", "problem")
    assert sorted(found) == [
        ("body", Problem.NOT_FOUND),
        ("body", Problem.PAGE_GONE),
        ("online_url", Problem.NOT_FOUND),
    ]
    call_command("check_links", verbosity=0)
    assert len(asked) == 1
    page.delete()
    factories.EventPage.objects.all().delete()
    call_command("check_links", verbosity=0)
    assert not ExternalAddress.objects.exists()
    assert not BrokenLink.objects.exists()


def test_accounts_see_the_links_of_pages_that_they_may_open(other):
    page = page_with('href="/en/nowhere/"')
    accounts(page.get_parent())
    check_links(external=False)
    for username in ("admin", "editor", "reviewer", "french"):
        response = client_of(username).get(URL)
        assert "/en/nowhere/" in response.text
        assert f"/admin/pages/{page.pk}/edit/#tab-language_en" in response.text
        assert f":w:contentpath=body_en.{KEY}2" in response.text
    assert "/en/nowhere/" in client_of("admin", "de").get(f"{URL}?kind=address&q=now").text
    assert "/en/nowhere/" not in client_of("admin").get(f"{URL}results/?language=fr").text
    for order in ("page", "-language", "target", "problem", "nonsense"):
        assert client_of("admin").get(f"{URL}?ordering={order}").status_code == 200
    for format in ("csv", "xlsx"):
        assert client_of("admin").get(f"{URL}?export={format}").status_code == 200


def test_the_report_leads_to_fields_that_no_language_has(monkeypatch):
    answers = {"https://gone.example/": Answer(404, Problem.NOT_FOUND)}
    monkeypatch.setattr(checking, "check_all", lambda addresses: answers)
    talk = factories.event(title_en="Talk", online_url="https://gone.example/")
    accounts(factories.HomePage.objects.get())
    check_links()
    address = f"/admin/pages/{talk.pk}/edit/#tab-language_en:w:contentpath=online_url"
    assert address in client_of("admin").get(URL).text
