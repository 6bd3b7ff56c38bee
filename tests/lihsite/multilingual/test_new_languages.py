"""After a migration every page has a slug and an address in every language."""

import pytest
from django.apps import apps

from home.models import ContentPage
from lihsite.models import BasePage
from lihsite.multilingual.new_languages import complete_languages
from tests import factories

pytestmark = pytest.mark.django_db


def complete():
    complete_languages(sender=apps.get_app_config("lihsite"))


def test_the_pages_that_wagtail_creates_are_completed():
    for page in BasePage.objects.all():
        assert page.title_en == page.title
        assert page.draft_title_en == page.draft_title
        assert page.slug == page.slug_en == page.slug_fr == page.slug_de
        assert page.url_path == page.url_path_en == page.url_path_fr == page.url_path_de != ""


@pytest.fixture
def tree():
    """A section with a page, in whose German columns nothing has been filled yet."""
    section = factories.content_page(live_in=("en", "fr"), title_en="Work", title_fr="Travail")
    page = factories.content_page(
        section, source_language="fr", live_in=("fr",), title_fr="Foie", title_en="Liver"
    )
    below = BasePage.objects.filter(depth__gt=1)
    below.update(slug_de="", url_path_de="")
    BasePage.objects.filter(depth=1).update(url_path_de="")
    return section, page


def test_a_new_language_gets_copies_of_the_source_slugs_and_addresses_of_its_own(tree, client):
    before = list(BasePage.objects.order_by("pk").values("url_path_en", "url_path_fr", "url_path"))
    complete()
    section, page = (ContentPage.objects.get(pk=page.pk) for page in tree)
    assert (section.slug_de, page.slug_de) == ("work", "foie")
    assert page.url_path_de == "/institute/work/foie/"
    assert page.title_de == ""
    after = list(BasePage.objects.order_by("pk").values("url_path_en", "url_path_fr", "url_path"))
    assert after == before
    response = client.get("/de/work/foie/")
    assert response.status_code == 200
    assert 'lang="fr"' in response.content.decode()


def test_a_complete_tree_costs_few_queries(tree, django_assert_max_num_queries):
    complete()
    with django_assert_max_num_queries(12):
        complete()


def test_slugs_of_a_new_language_do_not_clash(tree):
    section, _page = tree
    twin = factories.content_page(section.get_parent(), title_en="Other", title_fr="Work")
    BasePage.objects.filter(pk=twin.pk).update(slug_de="")
    complete()
    paths = BasePage.objects.values_list("url_path_de", flat=True)
    assert len(set(paths)) == len(paths)
