"""Slugs and addresses: each language has its own, and they stay whole through every change."""

import unicodedata
from contextlib import suppress

import pytest
from django.core.exceptions import ValidationError
from django.utils import translation
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect

from home.models import ContentPage
from lihsite.models import BasePage
from lihsite.multilingual.addresses import slug_from_title
from lihsite.multilingual.languages import column, language_codes
from research.models import Person
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def home():
    return factories.home()


@pytest.fixture
def section(home):
    return factories.content_page(
        home, title_en="Research", title_fr="Recherche", title_de="Forschung"
    )


@pytest.fixture
def child(section):
    return factories.content_page(
        section, title_en="Cancer", title_fr="Le cancer", title_de="Krebs"
    )


def rename(page, **slugs):
    """Change slugs as an editor does: in a draft that is then published."""
    page = page.specific_class.objects.get(pk=page.pk)
    for name, slug in slugs.items():
        setattr(page, name, slug)
    page.save_revision().publish()
    return page.specific_class.objects.get(pk=page.pk)


def move(page, target):
    page.move(target, pos="last-child")
    return page.specific_class.objects.get(pk=page.pk)


def get(client, path):
    return client.get(path, follow=False)


def assert_moved(client, old, new):
    response = get(client, old)
    assert (response.status_code, response.headers.get("location")) == (301, new)
    assert get(client, new).status_code == 200


@pytest.mark.parametrize("language", ["en", "fr", "de"])
def test_changing_a_slug_moves_the_descendants_in_that_language_alone(
    client, section, child, language
):
    before = {code: child.get_url_for_language(code) for code in language_codes()}
    rename(section, **{column("slug", language): "science"})
    moved = ContentPage.objects.get(pk=child.pk)
    for code in language_codes():
        new = moved.get_url_for_language(code)
        if code == language:
            assert new == before[code].replace(before[code].split("/")[2], "science")
            assert_moved(client, before[code], new)
        else:
            assert new == before[code]
            assert get(client, new).status_code == 200
    assert Redirect.objects.count() == 2


def test_the_base_column_of_a_descendant_follows_its_source_language(section):
    french = factories.content_page(section, source_language="fr", title_fr="Le foie")
    rename(section, slug_fr="sciences")
    french.refresh_from_db()
    assert french.url_path == french.url_path_fr == "/institute/sciences/le-foie/"
    assert french.url_path_en.startswith("/institute/research/")
    rename(section, slug_en="science")
    french.refresh_from_db()
    assert french.url_path == "/institute/sciences/le-foie/"


def test_a_draft_with_a_new_slug_moves_nothing_until_it_is_published(client, section):
    section.slug_fr = "sciences"
    revision = section.save_revision()
    assert get(client, "/fr/recherche/").status_code == 200
    assert not Redirect.objects.exists()
    revision.publish()
    assert_moved(client, "/fr/recherche/", "/fr/sciences/")


def test_a_moved_page_leaves_a_redirect_in_each_language(client, home, section, child):
    other = factories.content_page(home, title_en="Careers", title_fr="Carrières", title_de="Beruf")
    move(child, other)
    assert_moved(client, "/en/research/cancer/", "/en/careers/cancer/")
    assert_moved(client, "/fr/recherche/le-cancer/", "/fr/carrieres/le-cancer/")
    assert_moved(client, "/de/forschung/krebs/", "/de/beruf/krebs/")


def test_a_page_is_moved_beside_one_that_has_its_slug_in_a_translation(home, child):
    other = factories.content_page(home, title_en="Care")
    taken = factories.content_page(other, title_en="Tumours", title_fr="Le cancer")
    moved = move(child, other)
    assert (moved.slug_en, moved.slug_fr) == ("cancer", "le-cancer-2")
    taken.refresh_from_db()
    assert taken.slug_fr == "le-cancer"
    assert moved.url_path_fr.endswith("/le-cancer-2/")


def test_the_addresses_that_a_page_answers_below_its_own_move_with_it(client, home):
    index = factories.people_index(home)
    factories.person(slug="ada")
    rename(index, slug_fr="equipe")
    assert_moved(client, "/fr/personnes/ada/", "/fr/equipe/ada/")
    assert get(client, "/en/people/ada/").status_code == 200
    Person.objects.all().delete()
    assert get(client, "/fr/personnes/ada/")["location"] == "/fr/equipe/"
    factories.person(slug="ada")
    rename(index, slug_fr="personnes")
    assert_moved(client, "/fr/equipe/ada/", "/fr/personnes/ada/")


def test_the_old_address_keeps_its_redirect_through_several_changes(client, section):
    section = rename(section, slug_fr="sciences")
    section = rename(section, slug_fr="savoir")
    assert_moved(client, "/fr/recherche/", "/fr/savoir/")
    assert_moved(client, "/fr/sciences/", "/fr/savoir/")


def test_a_slug_that_was_freed_answers_for_the_page_that_takes_it(client, home, section):
    rename(section, slug_en="science", slug_fr="sciences")
    factories.content_page(home, title_en="Research", title_fr="Recherche")
    for old in ("/en/research/", "/fr/recherche/"):
        assert get(client, old).status_code == 200


def test_going_back_to_an_old_slug_never_loops(client, section):
    section = rename(section, slug_fr="sciences")
    rename(section, slug_fr="recherche")
    assert get(client, "/fr/recherche/").status_code == 200
    assert_moved(client, "/fr/sciences/", "/fr/recherche/")


def test_a_draft_that_goes_back_to_an_old_slug_does_not_loop(client, section):
    section = rename(section, slug_fr="sciences")
    section.unpublish()
    section = ContentPage.objects.get(pk=section.pk)
    section.slug_fr = "recherche"
    section.save()
    assert get(client, "/fr/recherche/").status_code == 404


def test_a_draft_leaves_no_redirect_since_nobody_saw_it(home):
    draft = factories.content_page(home, live_in=(), title_en="Plan")
    draft.slug_en = "plans"
    draft.save()
    assert not Redirect.objects.exists()


def test_two_pages_below_one_parent_cannot_share_a_slug_in_any_language(home, section):
    other = factories.content_page(home, title_en="Careers", title_fr="Carrières")
    other.slug_fr = "recherche"
    with pytest.raises(ValidationError) as raised:
        other.full_clean()
    assert set(raised.value.message_dict) == {"slug_fr"}


def test_the_same_slug_is_free_below_another_parent_and_in_another_language(home, section, child):
    other = factories.content_page(home, title_en="Careers")
    factories.content_page(other, title_en="Cancer", title_fr="Le cancer")
    beside = factories.content_page(home, title_en="Recherche", title_de="Research")
    assert (beside.slug_en, beside.slug_de) == ("recherche", "research")


def test_a_language_without_a_title_gets_a_copy_of_the_source_slug(home):
    page = factories.content_page(home, live_in=("en",), title_en="Careers")
    assert page.slug_fr == page.slug_de == "careers"
    assert page.url_path_fr == "/institute/careers/"


def test_a_copied_slug_is_numbered_where_a_sibling_has_it(home):
    factories.content_page(home, title_en="Work", title_fr="Careers")
    page = factories.content_page(home, live_in=("en",), title_en="Careers")
    assert (page.slug_en, page.slug_fr) == ("careers", "careers-2")


@pytest.mark.parametrize("admin", ["en", "fr", "de"])
def test_the_copied_slug_of_a_live_language_is_replaced_with_a_redirect_once_it_is_translated(
    client, home, admin
):
    page = factories.content_page(home, live_in=("en",), title_en="Careers")
    with translation.override(admin):
        page.title_fr, page.live_in_fr = "Carrières", True
        page.save_revision().publish()
    page.refresh_from_db()
    assert (page.slug_fr, page.slug_de) == ("carrieres", "careers")
    assert_moved(client, "/fr/careers/", "/fr/carrieres/")


def test_a_page_makes_way_for_what_is_no_page_in_each_language(client, home):
    titles = {"en": "Search", "fr": "Rechercher", "de": "Suche"}
    page = factories.content_page(
        home, **{column("title", language): title for language, title in titles.items()}
    )
    for language, title in titles.items():
        address = page.get_url_for_language(language)
        assert address == f"/{language}/{title.lower()}-2/"
        assert f"<h1>{title}</h1>" in client.get(address).text


def test_a_slug_at_which_no_page_answers_is_refused(home):
    page = factories.content_page(home, title_en="Find")
    page.slug_fr, page.slug_en = "rechercher", "suche"
    with pytest.raises(ValidationError) as raised:
        page.save()
    assert set(raised.value.message_dict) == {"slug_fr"}


def test_below_other_pages_the_slugs_of_views_are_free(home, section):
    assert factories.content_page(section, title_en="Search").slug_en == "search"


@pytest.mark.parametrize("live_in", [(), ("en",)])
def test_a_page_makes_way_for_what_its_parent_offers_below_its_own_address(client, home, live_in):
    index = factories.event_index(home)
    event = factories.event(index, title_en="Calendar", title_fr="Atom", live_in=live_in)
    assert (event.slug_en, event.slug_fr) == ("calendar-2", "atom-2")
    for name in ("calendar", "atom"):
        assert "html" not in client.get(index.get_resource_url(name)).headers["Content-Type"]
    event.slug_de = "rss"
    with pytest.raises(ValidationError) as raised:
        event.full_clean()
    assert set(raised.value.message_dict) == {"slug_de"}


def test_below_pages_that_offer_nothing_of_the_kind_such_slugs_are_free(home, section):
    assert factories.content_page(section, title_en="Calendar").slug_en == "calendar"


def test_a_slug_written_by_hand_is_not_replaced(home):
    page = factories.content_page(home, live_in=("en",), title_en="Careers")
    page.save_revision().publish()
    page.title_fr, page.slug_fr = "Carrières", "emploi"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.slug_fr == "emploi"
    page.title_fr = "Nos carrières"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.slug_fr == "emploi"


def test_the_address_of_a_site_root_is_the_same_in_every_language(home):
    home = rename(home, slug_fr="institut")
    assert {getattr(home, column("url_path", code)) for code in language_codes()} == {"/institute/"}


def test_addresses_are_ascii(home):
    page = factories.content_page(home, title_en="Über uns & Ça", title_fr="Œuvre en été")
    assert page.slug_en == "uber-uns-ca"
    assert page.slug_fr.isascii()


def test_letters_in_addresses_are_spelled_as_the_language_does(home):
    title = "Größe, ÜBUNG und Äpfel"
    page = factories.content_page(home, title_en=title, title_fr=title, title_de=title)
    assert page.slug_de == "groesse-uebung-und-aepfel"
    assert page.slug_en == page.slug_fr == "groe-ubung-und-apfel"
    two_signs = unicodedata.normalize("NFD", "Für uns")
    assert slug_from_title(two_signs, "de") == "fuer-uns"


def test_a_slug_in_an_earlier_spelling_stays(home):
    page = factories.content_page(home, title_en="About", title_de="Über uns", slug_de="uber-uns")
    page.title_de = "Über uns alle"
    page.save_revision().publish()
    page.refresh_from_db()
    assert page.slug_de == "uber-uns"


def test_the_setting_says_which_languages_spell_letters(settings):
    settings.SLUG_SPELLINGS = {"fr": {"œ": "oe"}}
    assert slug_from_title("Œuvre", "fr") == "oeuvre"
    assert slug_from_title("Über", "de") == "uber"


def assert_whole(root):
    """Each page's path in a language is its parent's with its own slug, and no two are the same."""
    pages = {page.path: page for page in BasePage.objects.filter(path__startswith=root.path)}
    for page in pages.values():
        parent = pages.get(page.path[: -page.steplen])
        assert page.url_path == getattr(page, column("url_path", page.source_language))
        if parent is None:
            continue
        for code in language_codes():
            slug, path = (getattr(page, column(name, code)) for name in ("slug", "url_path"))
            assert path == f"{getattr(parent, column('url_path', code))}{slug}/"
    for code in language_codes():
        paths = [getattr(page, column("url_path", code)) for page in pages.values()]
        assert len(set(paths)) == len(paths)


PLACES = st.integers(0, 4)
RENAMES = st.tuples(
    st.just("rename"), PLACES, st.sampled_from(["en", "fr", "de"]), st.sampled_from(["a", "b", "c"])
)
MOVES = st.tuples(st.just("move"), PLACES, PLACES, st.none())


@settings(
    max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(st.one_of(RENAMES, MOVES), max_size=8))
def test_addresses_stay_whole_after_any_renames_and_moves(home, steps):
    for old in home.get_children():
        old.delete()
    home.refresh_from_db()
    pages = [factories.content_page(home, title_en=f"Section {number}") for number in range(3)]
    pages += [
        factories.content_page(pages[0], source_language="fr", title_fr=f"Page {number}")
        for number in range(2)
    ]
    for kind, place, what, slug in steps:
        page = ContentPage.objects.get(pk=pages[place].pk)
        if kind == "rename":
            setattr(page, column("slug", what), slug)
            with suppress(ValidationError):  # the slug of a sibling
                page.save()
        else:
            target = ContentPage.objects.get(pk=pages[what].pk)
            if not (target == page or target.is_descendant_of(page)):
                page.move(target, pos="last-child")
        assert_whole(home)


def test_a_page_that_begins_in_german_spells_its_own_address_so(home):
    page = factories.content_page(home, title_de="Für alle", source_language="de", live_in=("de",))
    assert page.slug_de == "fuer-alle"
