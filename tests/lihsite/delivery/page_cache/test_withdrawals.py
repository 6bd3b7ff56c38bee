"""What is withdrawn from visitors is told as such; what is published is not."""

from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.db import connection, transaction
from django.utils import timezone
from wagtail.images.tests.utils import get_test_image_file
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction, Site

from lihsite.delivery.page_cache.withdrawals import withdraws
from lihsite.models import BasePage, Document, Image, InstituteSettings
from lihsite.multilingual.publishing import publish_languages, unpublish_languages
from tests import factories

pytestmark = pytest.mark.django_db

LATER = timedelta(hours=1)


@pytest.fixture
def withdrawn(told_of):
    """Whether a function's changes withdraw something; at least one must have been told."""

    def is_withdrawn(act) -> bool:
        told = told_of(act)
        assert told
        return any(told)

    return is_withdrawn


@pytest.fixture
def admin(home):
    return get_user_model().objects.get(username="admin")


def stored(page):
    return BasePage.objects.get(pk=page.pk).specific


def make_private(page) -> PageViewRestriction:
    return PageViewRestriction.objects.create(
        page=page, restriction_type=PageViewRestriction.GROUPS
    )


def publish_with(page, **fields) -> None:
    for name, value in fields.items():
        setattr(page, name, value)
    page.save_revision().publish()


# Pages


def test_a_page_that_is_unpublished_is_withdrawn(withdrawn, article):
    assert withdrawn(article.unpublish)


@pytest.mark.parametrize("languages", [["fr"], ["en", "fr", "de"]])
def test_a_language_that_is_unpublished_is_withdrawn(withdrawn, article, admin, languages):
    assert withdrawn(lambda: unpublish_languages(article, languages, user=admin))


def test_a_page_that_expires_is_withdrawn(withdrawn, article):
    BasePage.objects.filter(pk=article.pk).update(expire_at=timezone.now() - LATER)
    assert withdrawn(lambda: call_command("publish_scheduled"))


def test_what_is_written_for_several_pages_at_once_may_withdraw_them(withdrawn, article):
    everything = BasePage.objects.filter(depth__gt=1)
    assert withdrawn(lambda: everything.update(live=False))


def test_a_page_that_is_deleted_is_withdrawn(withdrawn, article):
    assert withdrawn(article.delete)


def test_a_page_that_is_moved_may_be_private_there(withdrawn, article):
    archive = factories.news_index(title_en="Archive")
    assert withdrawn(lambda: article.move(archive, pos="last-child"))


def test_a_page_that_is_made_private_or_more_so_is_withdrawn(withdrawn, article):
    assert withdrawn(lambda: make_private(article))
    restriction = PageViewRestriction.objects.get()
    assert withdrawn(lambda: restriction.groups.add(Group.objects.create(name="Board")))
    assert withdrawn(restriction.save)


def test_a_page_is_withdrawn_by_an_embargo_and_by_a_longer_one(withdrawn, article):
    hour = timezone.now() + LATER
    assert withdrawn(lambda: publish_with(article, embargo=hour))
    assert withdrawn(lambda: publish_with(stored(article), embargo=hour + LATER))
    assert not withdrawn(lambda: publish_with(stored(article), title_fr="Les microbes"))
    assert not withdrawn(lambda: publish_with(stored(article), embargo=None))


# What pages show


def test_a_file_that_is_deleted_or_goes_to_another_collection_is_withdrawn(withdrawn, home):
    board = Collection.get_first_root_node().add_child(name="Board")
    document = Document.objects.create(title="Report", file=ContentFile(b"Cells", "report.txt"))
    picture = Image.objects.create(title="Noise", file=get_test_image_file())
    for file in (document, picture):
        file.collection = board
        assert withdrawn(file.save)
        assert withdrawn(file.delete)


def test_a_collection_that_is_made_private_is_withdrawn(withdrawn, home):
    board = Collection.get_first_root_node().add_child(name="Board")
    assert withdrawn(
        lambda: CollectionViewRestriction.objects.create(
            collection=board, restriction_type=CollectionViewRestriction.LOGIN
        )
    )
    other = Collection.get_first_root_node().add_child(name="Other")
    assert withdrawn(lambda: other.move(Collection.objects.get(pk=board.pk), pos="sorted-child"))


def test_a_person_that_is_deleted_is_withdrawn(withdrawn, home):
    assert withdrawn(factories.person().delete)


def test_a_site_with_another_root_withdraws_what_is_not_below_it(withdrawn, article):
    site = Site.objects.get()
    site.root_page = article.get_parent()
    assert withdrawn(site.save)


# What withdraws nothing


@pytest.mark.parametrize("kind", ["news", "event", "topic", "content_page", "people_index"])
def test_texts_that_are_published_withdraw_nothing(withdrawn, home, kind):
    page = getattr(factories, kind)(title_en="Microbes", title_fr="Microbes", title_de="Mikroben")
    assert not withdrawn(lambda: publish_with(stored(page), title_en="Of microbes"))
    assert not withdrawn(lambda: publish_with(stored(page), slug_en="of-microbes"))


def test_a_page_published_with_what_belongs_to_it_withdraws_nothing(withdrawn, home):
    person, topic = factories.person(), factories.topic(title_en="Cells")
    news = factories.news(title_en="Microbes", topics=[topic], authors=[person])
    event = factories.event(title_en="Talk", topics=[topic], speakers=[person])
    for page in (news, event):
        assert not withdrawn(lambda page=page: publish_with(stored(page), title_en="Anew"))


def test_a_page_that_is_not_published_in_all_languages_is_published_again(withdrawn, home, admin):
    page = factories.news(title_en="Microbes", title_fr="Microbes", live=False)
    assert not withdrawn(lambda: publish_languages(page, ["en"], user=admin))
    assert not withdrawn(lambda: publish_with(stored(page), title_en="Of microbes"))
    assert not withdrawn(lambda: publish_languages(page, ["fr"], user=admin))


def test_a_new_page_withdraws_nothing(withdrawn, home):
    assert not withdrawn(lambda: factories.news(title_en="Microbes"))
    assert not withdrawn(lambda: factories.news(title_en="Later", embargo=timezone.now() + LATER))


def test_people_and_settings_that_are_edited_withdraw_nothing(withdrawn, home):
    person = factories.person()
    person.name = "Dr Grace Example"
    assert not withdrawn(person.save)
    assert not withdrawn(InstituteSettings.for_site(Site.objects.get()).save)


def test_a_withdrawal_is_told_with_the_transaction_that_makes_it(told_of, article):
    def transactions():
        with transaction.atomic():
            article.unpublish()
            factories.person()
        InstituteSettings.for_site(Site.objects.get()).save()

    assert told_of(transactions) == [True]


def test_what_is_written_after_a_withdrawal_was_told_withdraws_nothing(told_of, article):
    assert told_of(article.unpublish) == [True]
    assert told_of(InstituteSettings.for_site(Site.objects.get()).save) == [False]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("WITH gone AS (DELETE FROM news_newspage RETURNING id) SELECT 1", True),
        ('DELETE FROM "of_a_later_version" WHERE "id" = %s', True),
        ('DELETE FROM "search_entry" WHERE "id" = %s', False),
        ('INSERT INTO "of_a_later_version" ("id") VALUES (%s)', False),
        ('UPDATE "of_a_later_version" SET "title" = %s WHERE "live" = %s', False),
        ('UPDATE "of_a_later_version" SET "live" = %s WHERE "id" = %s', True),
        ("UPDATE of_a_later_version SET title = 'a' WHERE id = 1", True),
        ('TRUNCATE "news_newspage"', True),
    ],
)
def test_statements_are_told_apart(statement, expected):
    assert withdraws(statement) is expected


def test_a_statement_of_which_more_cannot_be_known_may_withdraw(withdrawn, article):
    """Another table's columns are in it, and many rows' values."""

    def by_another_query():
        others = BasePage.objects.filter(path="").values("embargo")[:1]
        BasePage.objects.filter(pk=article.pk).update(embargo=others)

    def for_many():
        with connection.cursor() as cursor:
            cursor.executemany(
                'UPDATE "lihsite_basepage" SET "live" = %s WHERE "lihsite_basepage"."id" = %s',
                [(True, article.pk), (False, article.pk)],
            )

    assert withdrawn(by_another_query)
    assert withdrawn(for_many)
