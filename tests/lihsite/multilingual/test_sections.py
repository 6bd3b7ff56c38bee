"""The stored states know the section of the site that their page stands in."""

import pytest

from home.models import ContentPage
from lihsite.multilingual.stored_states import states_of
from tests import factories

pytestmark = pytest.mark.django_db


def section(page):
    (section_id,) = {row.section_id for row in states_of(page).values()}
    return section_id


def test_a_page_stands_in_the_section_of_its_ancestor_below_the_home_page():
    home = factories.home()
    careers = factories.content_page(home)
    below = factories.content_page(factories.content_page(careers))
    assert section(home) is None
    assert section(careers) == section(below) == careers.pk


def test_a_moved_page_takes_all_below_it_into_its_new_section():
    home = factories.home()
    careers, about = factories.content_page(home), factories.content_page(home)
    moved = factories.content_page(careers)
    below = factories.content_page(moved)
    ContentPage.objects.get(pk=moved.pk).move(ContentPage.objects.get(pk=about.pk), "last-child")
    assert section(moved) == section(below) == about.pk
    ContentPage.objects.get(pk=moved.pk).move(home, "last-child")
    assert section(moved) == section(below) == moved.pk
    assert section(careers) == careers.pk


def test_a_copy_stands_in_the_section_that_it_was_copied_to():
    home = factories.home()
    careers, about = factories.content_page(home), factories.content_page(home)
    page = factories.content_page(careers)
    copied = page.copy(to=about, update_attrs={"slug": "copied"})
    assert section(copied) == about.pk
