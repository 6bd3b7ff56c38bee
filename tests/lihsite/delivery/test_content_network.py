"""A cache in front of the site hears which addresses show something else."""

from http.server import BaseHTTPRequestHandler

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from django.db.models.signals import post_save
from wagtail.models import PageViewRestriction, Site

from lihsite.delivery import content_network
from lihsite.models import BasePage
from lihsite.multilingual.publishing import unpublish_languages
from lihsite.pages.site_settings import InstituteSettings
from research.models import Person
from tests import factories
from tests.lihsite.media.library import document, image, shown
from tests.other_servers import Quiet, answering, http_server

pytestmark = pytest.mark.django_db


class Cache(Quiet, BaseHTTPRequestHandler):
    def do_PURGE(self):
        self.server.heard.append(f"{self.headers['Host']}{self.path}")
        self.send_response(self.server.status)
        self.end_headers()


@pytest.fixture
def cache(settings):
    server = http_server(Cache)
    server.heard, server.status = [], 200
    settings.WAGTAILFRONTENDCACHE = {
        "http": {
            "BACKEND": "wagtail.contrib.frontend_cache.backends.HTTPBackend",
            "LOCATION": server.url,
        }
    }
    with answering(server):
        yield server


@pytest.fixture
def article():
    factories.home()
    page = factories.news(title_en="Microbes", title_fr="Microbes", title_de="Mikroben")
    page.save_revision().publish()
    return BasePage.objects.get(pk=page.pk).specific


def test_a_publication_is_told_in_every_language(
    cache, article, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        unpublish_languages(article, ["fr"])
    heard = set(cache.heard)
    assert {
        "testserver/en/news/microbes/",
        "testserver/fr/actualites/microbes/",
        "testserver/de/aktuelles/mikroben/",
        "testserver/fr/actualites/",
        "testserver/de/",
    } <= heard


def test_a_move_is_told_with_all_that_moves(cache, article, django_capture_on_commit_callbacks):
    archive = factories.news_index(title_en="Archive", title_fr="Archives", title_de="Archiv")
    with django_capture_on_commit_callbacks(execute=True):
        article.move(archive, pos="last-child")
    assert {"testserver/de/archiv/mikroben/", "testserver/en/archive/"} <= set(cache.heard)


def restrict(page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(page=page, restriction_type="login")


def test_a_page_that_becomes_private_is_told_with_all_below(
    cache, article, django_capture_on_commit_callbacks
):
    aside = factories.content_page(title_en="Aside")
    with django_capture_on_commit_callbacks(execute=True):
        restriction = restrict(article.get_parent())
    assert {
        "testserver/en/news/",
        "testserver/de/aktuelles/mikroben/",
        "testserver/fr/",
    } <= set(cache.heard)
    assert f"testserver/en/{aside.slug_en}/" not in cache.heard
    assert len(cache.heard) == len(set(cache.heard))
    cache.heard.clear()
    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert "testserver/de/aktuelles/mikroben/" in cache.heard


def test_aliases_become_private_with_their_original(
    cache, article, django_capture_on_commit_callbacks
):
    archive = factories.news_index(title_en="Archive")
    article.create_alias(parent=archive)
    with django_capture_on_commit_callbacks(execute=True):
        restrict(article)
    assert "testserver/en/archive/microbes/" in cache.heard


def test_a_private_page_can_be_deleted(cache, article, django_capture_on_commit_callbacks):
    restrict(article)
    with django_capture_on_commit_callbacks(execute=True):
        article.delete()
    assert {"testserver/en/news/microbes/", "testserver/en/news/"} <= set(cache.heard)
    assert len(cache.heard) == len(set(cache.heard))


@pytest.fixture
def author():
    factories.home()
    factories.people_index()
    author = factories.person(slug="ada")
    factories.news(title_en="By Ada", authors=[author])
    return author


WITH_AUTHOR = {
    "testserver/en/news/by-ada/",
    "testserver/en/news/",
    "testserver/de/",
    "testserver/fr/personnes/",
    "testserver/fr/personnes/ada/",
}


def test_a_person_is_told_where_the_person_is_shown(
    cache, author, django_capture_on_commit_callbacks
):
    aside = factories.news(title_en="Aside")
    with django_capture_on_commit_callbacks(execute=True):
        author.save()
        author.save_revision()
    assert set(cache.heard) >= WITH_AUTHOR
    assert f"testserver/en/news/{aside.slug_en}/" not in cache.heard
    assert len(cache.heard) == len(set(cache.heard))


def test_a_person_who_goes_is_told_with_the_own_address(
    cache, author, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        author.delete()
    assert set(cache.heard) >= WITH_AUTHOR


def test_a_new_person_is_told_in_the_list(cache, author, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        factories.person(slug="grace")
    assert {"testserver/en/people/", "testserver/en/people/grace/"} <= set(cache.heard)
    assert "testserver/en/news/by-ada/" not in cache.heard


def test_an_image_is_told_where_it_is_used(cache, author, django_capture_on_commit_callbacks):
    """By a page itself, and by a person whom a page names."""
    picture = image()
    factories.content_page(title_en="Illustrated", social_image=picture)
    author.photo = picture
    author.save()
    with django_capture_on_commit_callbacks(execute=True):
        picture.title_en = "Other cells"
        picture.save()
    assert "testserver/en/illustrated/" in cache.heard
    assert "testserver/en/news/by-ada/" in cache.heard
    assert len(cache.heard) == len(set(cache.heard))


def test_a_document_is_told_where_texts_lead_to_it(cache, django_capture_on_commit_callbacks):
    factories.home()
    report = document()
    shown(report, title_en="Reports")
    with django_capture_on_commit_callbacks(execute=True):
        report.delete()
    assert {"testserver/en/reports/", "testserver/en/"} <= set(cache.heard)


def test_settings_are_told_on_every_live_page(cache, article, django_capture_on_commit_callbacks):
    factories.content_page(title_en="Draft", live_in=())
    with django_capture_on_commit_callbacks(execute=True):
        InstituteSettings.objects.create(site=Site.objects.get(), footer_text_en="We are here.")
    assert {
        "testserver/en/",
        "testserver/fr/actualites/",
        "testserver/de/aktuelles/mikroben/",
    } <= set(cache.heard)
    assert "testserver/en/draft/" not in cache.heard
    assert len(cache.heard) == len(set(cache.heard))


def test_models_of_migrations_are_left_alone(cache, django_assert_num_queries):
    """What is referred to may have no table yet."""
    state = MigrationExecutor(connection).loader.project_state(("research", "0001_initial"))
    old = state.apps.get_model("research", "Person")
    with django_assert_num_queries(0):
        post_save.send(old, instance=old(pk=1), created=True)


def test_a_cache_that_refuses_stops_nobody(
    cache, article, caplog, django_capture_on_commit_callbacks
):
    cache.status = 503
    with django_capture_on_commit_callbacks(execute=True):
        unpublish_languages(article, ["fr"])
    assert "Couldn't purge" in caplog.text
    article.refresh_from_db()
    assert not article.live_in_fr


def test_where_there_is_none_nothing_is_asked(
    article, settings, django_capture_on_commit_callbacks
):
    settings.WAGTAILFRONTENDCACHE = {}
    with django_capture_on_commit_callbacks() as callbacks:
        unpublish_languages(article, ["fr"])
    assert not [one for one in callbacks if "content_network" in one.__module__]


def test_where_there_is_none_the_database_is_not_asked(
    author, settings, django_assert_num_queries, django_capture_on_commit_callbacks
):
    settings.WAGTAILFRONTENDCACHE = {}
    page = BasePage.objects.get(slug_en="by-ada")
    restriction, texts = restrict(page), InstituteSettings(site=Site.objects.get())
    with django_assert_num_queries(0), django_capture_on_commit_callbacks() as callbacks:
        content_network.tell_of_page(BasePage, page)
        content_network.tell_of_move(BasePage, page)
        content_network.tell_of_restoration(BasePage, page)
        content_network.tell_of_privacy(PageViewRestriction, restriction)
        content_network.tell_of_object(Person, author)
        content_network.tell_of_settings(InstituteSettings, texts)
    assert callbacks == []
