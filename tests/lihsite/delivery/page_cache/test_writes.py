"""Whatever visitors may see is told once it has changed; what only the admin sees is not."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import PageViewRestriction, Site

from lihsite.delivery.page_cache.writes import UNSEEN, changes_content
from lihsite.models import BasePage, InstituteSettings
from lihsite.multilingual.publishing import publish_languages, unpublish_languages
from lihsite.tallies import writer
from lihsite.visits.counting import count_visit
from tests import factories
from tests.lihsite.pages.admin import client_of, edit_url, posted

pytestmark = pytest.mark.django_db

BROWSER = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"


@pytest.fixture
def told(told_of):
    """How often a function's changes are told once they are committed."""
    return lambda act: len(told_of(act))


def test_a_draft_is_nothing_to_visitors(told, article):
    def draft():
        page = article.get_latest_revision_as_object()
        page.title_fr = "Les microbes"
        page.save_revision(user=get_user_model().objects.get(username="editor"))

    assert told(draft) == 0


def test_saving_in_the_admin_is_nothing_to_visitors(told, home):
    page = factories.content_page(home, title_en="About")
    client = client_of("editor")

    def save():
        client.get(edit_url(page))
        assert client.post(edit_url(page), posted(page, ["en"], title_en="Us")).status_code == 302

    assert told(save) == 0


@pytest.mark.parametrize("operation", ["publish", "unpublish", "move", "delete", "privacy", "slug"])
def test_what_is_done_to_a_page_is_told(told, article, operation):
    administrator = get_user_model().objects.get(username="admin")

    def slug():
        article.slug_fr = "nos-microbes"
        article.save()

    operations = {
        "publish": lambda: publish_languages(article, ["fr"], user=administrator),
        "unpublish": lambda: unpublish_languages(article, ["fr"], user=administrator),
        "move": lambda: article.move(factories.news_index(title_en="Archive"), pos="last-child"),
        "delete": article.delete,
        "privacy": lambda: PageViewRestriction.objects.create(
            page=article, restriction_type=PageViewRestriction.LOGIN
        ),
        "slug": slug,
    }
    assert told(operations[operation]) > 0


@pytest.mark.parametrize("what", ["settings", "person", "redirect", "site", "page by a query"])
def test_what_pages_are_made_of_is_told(told, article, what):
    person = factories.person()
    site_settings = InstituteSettings.for_site(Site.objects.get())

    def rename():
        person.name = "Dr Grace Example"
        person.save()

    changes = {
        "settings": site_settings.save,
        "person": rename,
        "redirect": lambda: Redirect.objects.create(old_path="/old", redirect_link="/en/"),
        "site": lambda: Site.objects.update(site_name="LIH"),
        "page by a query": lambda: BasePage.objects.filter(pk=article.pk).update(
            embargo=timezone.now() + timedelta(hours=1)
        ),
    }
    assert told(changes[what]) > 0


def test_a_language_that_a_schedule_publishes_is_told(told, article):
    draft = article.get_latest_revision_as_object()
    draft.title_fr = "Les microbes"
    draft.save_revision(approved_go_live_at=timezone.now() - timedelta(minutes=1))
    assert told(lambda: call_command("publish_scheduled")) > 0


def test_visits_and_sessions_are_nothing_to_visitors(told, article):
    def visit():
        client_of("editor")
        count_visit(
            {
                "REQUEST_METHOD": "GET",
                "HTTP_USER_AGENT": BROWSER,
                "HTTP_HOST": "testserver",
                "SERVER_PORT": "80",
                "PATH_INFO": "/en/",
            }
        )
        writer.write_out()

    assert told(visit) == 0


def test_what_is_rolled_back_is_not_told_and_what_follows_is(told, article):
    def rolled_back():
        with transaction.atomic():
            Site.objects.update(site_name="LIH")
            transaction.set_rollback(True)

    def both():
        rolled_back()
        Site.objects.update(site_name="Institute")

    assert told(rolled_back) == 0
    assert told(both) == 1


def test_a_transaction_is_told_once(told, article):
    def many():
        for number in range(5):
            Site.objects.update(site_name=f"LIH {number}")

    assert told(many) == 1


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ('SELECT "lihsite_basepage"."id" FROM "lihsite_basepage" FOR UPDATE', False),
        ("WITH found(id) AS (SELECT 1) SELECT 1 FROM found", False),
        ("WITH gone AS (DELETE FROM news_newspage RETURNING id) SELECT 1", True),
        ('INSERT OR IGNORE INTO "news_newstopic" ("id") VALUES (%s)', True),
        ('INSERT INTO "lihsite_rendition" ("id") VALUES (%s)', False),
        ('DELETE FROM "lihsite_rendition" WHERE "id" = %s', True),
        ('UPDATE "lihsite_basepage" SET "latest_revision_id" = %s WHERE "id" = %s', False),
        ('UPDATE "lihsite_basepage" SET "live" = %s WHERE "latest_revision_id" = %s', True),
        (
            'UPDATE "lihsite_basepage" SET "draft_title_fr" = %s, "has_unpublished_changes" = %s, '
            '"title_fr" = %s WHERE "id" = %s',
            True,
        ),
        ('CREATE TABLE "of_a_later_version" ("id" integer)', True),
        ('INSERT INTO "of_a_later_version" ("id") VALUES (%s)', True),
    ],
)
def test_statements_are_told_apart(statement, expected):
    assert changes_content(statement) is expected


def test_every_table_that_is_left_out_exists():
    # The full text is a table of SQLite alone.
    tables = {*connection.introspection.table_names(), "wagtailsearch_indexentry_fts"}
    assert not UNSEEN - tables
