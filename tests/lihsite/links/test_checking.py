"""Links that lead nowhere are found in every live language, and shown to who can mend them."""

import json

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.translation import override
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lihsite.links import checking
from lihsite.links.checking import check_links
from lihsite.links.external import Answer
from lihsite.links.models import BrokenLink, ExternalAddress, Problem
from lihsite.models import InstituteSettings
from tests import factories
from tests.lihsite.blocks.vocabulary import every_block
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
        ('href="/en/%00"', Problem.ADDRESS_GONE),
        ('href="/%2F[x"', Problem.ADDRESS_GONE),
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
        (english.pk, "en", "body.paragraph", f"{KEY}2"),
        (french.pk, "fr", "body.paragraph", f"{KEY}2"),
    }
    accounts(english.get_parent())
    assert "Body / Text" in client_of("admin", "en").get(URL).text


@pytest.mark.parametrize(
    ("language", "place"),
    [
        ("en", "Body / Partners / Partners / Partner / Address of the site"),
        ("fr", "Corps du texte / Partenaires / Partenaires / Partenaire / Adresse du site"),
        ("de", "Inhalt / Partner / Partner / Partner / Adresse der Website"),
    ],
)
def test_places_are_named_in_the_language_of_the_reader(language, place):
    page = factories.content_page(title_en="Partners")
    partner = {"name": "Lab", "logo": None, "url": "http://testserver/en/nowhere/"}
    partners = [{"type": "item", "id": f"{KEY}2", "value": partner}]
    page.body_en = [{"type": "partners", "id": f"{KEY}1", "value": {"partners": partners}}]
    page.save()
    accounts(page.get_parent())
    with override("de"):
        check_links(external=False)
    client = client_of("admin", language)
    assert place in client.get(URL).text
    assert place in client.get(f"{URL}?export=csv").getvalue().decode()


def test_a_place_that_the_code_has_lost_is_named_as_it_was():
    page = factories.content_page(title_en="Linking")
    accounts(page.get_parent())
    for place in ("body.carousel.url", "Body / Text"):
        BrokenLink.objects.create(page_id=page.pk, language="en", place=place, field="body")
    shown = client_of("admin", "en").get(URL).text
    assert "Body / Carousel / Url" in shown
    assert "Body / Text" in shown


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


def person_linking(*links, language="fr", **fields):
    """A person with links in the biography of one language."""
    html = "".join(f"<a {link}>x</a>" for link in links)
    return factories.person(**{f"biography_{language}": f"<p>{html}</p>"}, **fields)


def social_links(*addresses) -> InstituteSettings:
    profiles = [
        {"type": "link", "id": f"{KEY}{place}", "value": {"name": "Profile", "url": address}}
        for place, address in enumerate(addresses)
    ]
    site = Site.objects.get()
    return InstituteSettings.objects.create(site=site, social_links=profiles)


def test_links_of_people_are_those_of_the_list_that_they_stand_below(other):
    index = factories.people_index()
    person = person_linking(
        *('linktype="page" id="999999"', f'linktype="page" id="{other.pk}"', 'href="#content"'),
        'href="#s-00000000"',
    )
    assert problems() == [Problem.PAGE_GONE, Problem.ANCHOR_GONE]
    for link in BrokenLink.objects.all():
        assert (link.page_id, link.owner, link.language) == (index.pk, person, "fr")
        assert (link.place, link.field, link.block) == ("biography", "biography", "")
    accounts(factories.HomePage.objects.get())
    assert "Biography" in client_of("admin", "en").get(URL).text


@pytest.mark.parametrize("live_in", [("en", "fr"), ("fr",)])
def test_links_that_all_languages_share_are_checked_once_whatever_is_live(monkeypatch, live_in):
    answers = {"https://gone.example/": Answer(404, Problem.NOT_FOUND)}
    monkeypatch.setattr(checking, "check_all", lambda addresses: answers)
    event = factories.event(
        title_en="Talk",
        title_fr="Exposé",
        source_language="en",
        live_in=live_in,
        online_url="https://gone.example/",
    )
    check_links()
    link = BrokenLink.objects.get()
    assert (link.page_id, link.language, link.place) == (event.pk, "en", "online_url")


def test_what_only_seems_to_stand_below_a_page_is_not_there():
    factories.news(title_en="Grant")
    factories.news(title_en="Paper", kind="publication")
    page_with(
        *('href="/en/news/grant/typo/"', 'href="/en/news/grant/bibtex/"'),
        *('href="/en/news/paper/"', 'href="/en/news/atom/"'),
    )
    check_links(external=False)
    targets = BrokenLink.objects.values_list("target", flat=True)
    assert list(targets) == ["/en/news/grant/typo/"]


@pytest.mark.parametrize("live_in", [None, (), ("en",)])
def test_people_whom_nobody_gets_to_read_are_not_checked(other, live_in):
    if live_in is not None:
        factories.people_index(live_in=live_in)
    person_linking('href="/en/nowhere/"')
    assert problems() == []


@pytest.mark.parametrize("live_in", [("en", "fr", "de"), ("fr",)])
def test_the_footer_of_a_site_is_checked_once(monkeypatch, live_in):
    answers = {"https://gone.example/us": Answer(404, Problem.NOT_FOUND)}
    monkeypatch.setattr(checking, "check_all", lambda addresses: answers)
    home = factories.home()
    for language in ("en", "fr", "de"):
        setattr(home, f"live_in_{language}", language in live_in)
    home.save()
    factories.content_page(title_en="Other")
    institute = social_links("https://there.example/us", "https://gone.example/us")
    check_links()
    link = BrokenLink.objects.get()
    assert (link.page_id, link.owner, link.language) == (home.pk, institute, "en")
    assert link.block == f"{KEY}1"
    assert link.problem == Problem.NOT_FOUND


def test_the_report_leads_to_the_forms_of_people_and_of_the_footer(other):
    factories.people_index()
    person = person_linking('href="/en/nowhere/"', name="Prof. Grace Example")
    institute = social_links("http://testserver/en/lost/")
    accounts(factories.HomePage.objects.get())
    check_links(external=False)
    biography = (
        f"/admin/snippets/research/person/edit/{person.pk}/"
        "#tab-language_fr:w:contentpath=biography_fr"
    )
    footer = (
        f"/admin/settings/lihsite/institutesettings/{institute.site_id}/"
        f"#tab-language_en:w:contentpath=social_links.{KEY}0"
    )
    shown = client_of("admin").get(URL).text
    for expected in (biography, "Prof. Grace Example", footer, str(institute)):
        assert expected in shown
    exported = client_of("admin").get(f"{URL}?export=csv").getvalue().decode()
    assert "Prof. Grace Example" in exported
    assert str(institute) in exported


def test_who_may_not_open_the_form_is_not_led_there(other):
    social_links("http://testserver/en/lost/")
    accounts(factories.HomePage.objects.get())
    check_links(external=False)
    for username, is_led in (("editor", False), ("reviewer", True)):
        shown = client_of(username).get(URL).text
        assert "/en/lost/" in shown
        assert ("#tab-language_en" in shown) == is_led


def test_links_of_what_was_deleted_since_the_check_are_left_out(other):
    factories.people_index()
    person = person_linking('href="/en/nowhere/"', name="Prof. Grace Example")
    person_linking('href="/en/lost/"', name="Dr Ada Example")
    accounts(factories.HomePage.objects.get())
    check_links(external=False)
    person.delete()
    shown = client_of("admin").get(URL).text
    assert "/en/lost/" in shown
    assert "/en/nowhere/" not in shown
    for format in ("csv", "xlsx"):
        assert client_of("admin").get(f"{URL}?export={format}").status_code == 200


def test_the_report_asks_no_more_for_many_people(other, django_assert_max_num_queries):
    factories.people_index()
    person_linking('href="/en/nowhere/"')
    accounts(factories.HomePage.objects.get())
    check_links(external=False)
    client = client_of("editor")
    client.get(URL)
    with CaptureQueriesContext(connection) as few:
        client.get(URL)
    for _number in range(5):
        person_linking('href="/en/nowhere/"')
    check_links(external=False)
    with django_assert_max_num_queries(len(few)):
        client.get(URL)


def test_places_of_the_template_are_there_too():
    links = "".join(f'<a href="#{name}">x</a>' for name in ("programme", "plain-summary"))
    body = [{"type": "paragraph", "id": f"{KEY}1", "value": f"<p>{links}</p>"}]
    session = {"time": "9:00", "title": "Welcome", "speaker": "", "description": ""}
    programme = [{"type": "session", "id": f"{KEY}2", "value": session}]
    event = {"body_en": json.dumps(body), "programme_en": json.dumps(programme)}
    factories.event(title_en="A course", live_in=("en",), **event)
    assert problems() == [Problem.ANCHOR_GONE]
    assert BrokenLink.objects.get().target == "#plain-summary"


def test_places_are_looked_for_beside_any_block(other):
    """A block of people leads to their pages, and nobody visits while links are checked."""
    factories.people_index()
    page = page_with('href="#nowhere"', 'href="#s-00000000"')
    page.body_en = [*page.body_en.get_prep_value(), *every_block()]
    page.save()
    assert problems().count(Problem.ANCHOR_GONE) == 1
