"""Copying in the admin: one slug is asked for, those of the other languages make way."""

import pytest

from home.models import ContentPage
from tests import factories

pytestmark = pytest.mark.django_db

SLUGS = ("slug_en", "slug_fr", "slug_de")


@pytest.fixture
def article():
    return factories.content_page(title_en="Memory", title_fr="Mémoire", title_de="Gedächtnis")


def copy(client, page, slug, **data):
    data = {
        "new_title": "Copied",
        "new_slug": slug,
        "new_parent_page": page.get_parent().pk,
        **data,
    }
    return client.post(f"/admin/pages/{page.pk}/copy/", data)


def slugs(slug):
    return ContentPage.objects.values_list(*SLUGS).get(slug_en=slug)


@pytest.mark.parametrize("options", [{}, {"alias": "on"}, {"publish_copies": "on"}])
def test_the_slugs_of_the_other_languages_are_numbered(admin_client, article, options):
    assert copy(admin_client, article, "copied", **options).status_code == 302
    assert copy(admin_client, article, "again", **options).status_code == 302
    assert slugs("memory") == ("memory", "memoire", "gedaechtnis")
    assert slugs("copied") == ("copied", "memoire-2", "gedaechtnis-2")
    assert slugs("again") == ("again", "memoire-3", "gedaechtnis-3")


def test_a_copy_below_another_page_keeps_the_slugs_of_its_subpages(admin_client, article):
    factories.content_page(article, title_en="Cells", title_fr="Cellules", title_de="Zellen")
    copy(admin_client, article, "copied", copy_subpages="on")
    paths = ContentPage.objects.filter(slug_en="cells").values_list("url_path_fr", flat=True)
    assert sorted(paths) == [
        "/institute/memoire-2/cellules/",
        "/institute/memoire/cellules/",
    ]


def test_a_slug_that_a_page_of_another_source_language_has_is_refused(admin_client, article):
    factories.content_page(
        article.get_parent(), live_in=("fr",), title_fr="Souvenirs", title_en="Recollections"
    )
    response = copy(admin_client, article, "recollections")
    assert response.status_code == 200
    assert "“recollections” is already in use in English" in response.content.decode()
    assert ContentPage.objects.count() == 2


def test_a_slug_at_which_no_page_answers_is_refused(admin_client, article):
    response = copy(admin_client, article, "newsletter")
    assert response.status_code == 200
    assert "“newsletter” is already in use in English" in response.content.decode()
    assert ContentPage.objects.count() == 1


@pytest.mark.parametrize("parent", ["", "99999", "9" * 30])
def test_a_parent_that_does_not_exist_is_an_error_of_the_form(admin_client, article, parent):
    response = copy(admin_client, article, "copied", new_parent_page=parent)
    assert response.status_code == 200
    assert response.context["form"].errors["new_parent_page"]
    assert ContentPage.objects.count() == 1


def test_a_parent_that_is_no_number_is_a_bad_request(admin_client, article):
    assert copy(admin_client, article, "copied", new_parent_page="x").status_code == 400


@pytest.mark.parametrize("source", ["en", "fr"])
def test_the_form_says_which_language_it_asks_for(admin_client, source):
    page = factories.content_page(live_in=(source,))
    form = admin_client.get(f"/admin/pages/{page.pk}/copy/").context["form"]
    language = {"en": "English", "fr": "French"}[source]
    assert language in form.fields["new_title"].help_text
    assert form.fields["new_title"].widget.attrs["lang"] == source
