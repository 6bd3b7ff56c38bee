"""What is published has its pictures in all sizes before the first visitor comes."""

import pytest

from home.models import ContentPage, HomePage
from lihsite.media.pictures import ROLES, SOCIAL, specs_of
from lihsite.models import Rendition
from lihsite.multilingual.languages import language_codes
from lihsite.pages.picture_sizes import make_sizes, make_sizes_of
from news.models import NewsPage
from research.models import Person, ResearchTopicPage
from tests import factories
from tests.lihsite.blocks.vocabulary import block, every_block
from tests.lihsite.media.library import image

pytestmark = pytest.mark.django_db


@pytest.fixture
def publish(django_capture_on_commit_callbacks):
    """Publishes a page and does what follows once that is stored."""

    def publish(page):
        with django_capture_on_commit_callbacks(execute=True):
            page.save_revision().publish()

    return publish


def made(picture) -> set[str]:
    return set(picture.renditions.values_list("filter_spec", flat=True))


def sizes(picture, *roles) -> set[str]:
    return {
        spec
        for role in roles
        for specs in specs_of(picture, ROLES[role]).values()
        for spec in specs
    }


def test_visits_of_a_published_page_make_nothing_more(
    client, publish, django_capture_on_commit_callbacks
):
    factories.home()
    factories.people_index()
    with django_capture_on_commit_callbacks(execute=True):
        page = factories.content_page(body_en=every_block(), body_fr=every_block())
    publish(ContentPage.objects.get(pk=page.pk))
    before = Rendition.objects.count()
    assert before > 20
    for code in language_codes():
        assert client.get(page.get_url_for_language(code)).status_code == 200
    assert Rendition.objects.count() == before


def test_pictures_of_fields_are_made_for_their_places(publish):
    shared, lead, hero = image((1300, 800)), image((1000, 700)), image((1000, 700))
    home = factories.home(hero_image=hero, social_image=shared)
    topic = factories.topic(image=hero)
    news = factories.news(lead_image=lead)
    publish(HomePage.objects.get(pk=home.pk))
    publish(ResearchTopicPage.objects.get(pk=topic.pk))
    publish(NewsPage.objects.get(pk=news.pk))
    assert made(shared) == {SOCIAL}
    assert made(hero) == sizes(hero, "hero")
    assert made(lead) == sizes(lead, "article", "lead") | {SOCIAL}


def test_only_the_first_news_are_made_large_for_the_home_page(publish):
    factories.home()
    newer, older = (
        factories.news(lead_image=image((1000, 700)), date=date)
        for date in ("2026-05-02", "2026-05-01")
    )
    for page in (newer, older):
        publish(NewsPage.objects.get(pk=page.pk))
    assert made(newer.lead_image) > sizes(newer.lead_image, "lead")
    assert not made(older.lead_image) & sizes(older.lead_image, "lead")


def test_a_picture_with_text_in_it_is_made_in_every_language(publish):
    english = image((700, 500), language="en")
    french = image((500, 400), language="fr", version_of=english)
    page = factories.content_page(body_en=[block("image", {"image": english.pk})])
    publish(ContentPage.objects.get(pk=page.pk))
    for picture in (english, french):
        assert made(picture) == sizes(picture, "body")


def test_a_drafts_pictures_wait_for_its_publication(django_capture_on_commit_callbacks):
    picture = image()
    page = factories.content_page(body_en=[block("image", {"image": picture.pk})])
    with django_capture_on_commit_callbacks(execute=True):
        ContentPage.objects.get(pk=page.pk).save_revision()
    assert made(picture) == set()


def test_a_picture_whose_file_is_gone_keeps_no_other_from_being_made(publish):
    gone, there = image(), image()
    gone.file.storage.delete(gone.file.name)
    raw = [block("image", {"image": one.pk}) for one in (gone, there)]
    page = factories.content_page(body_en=raw)
    publish(ContentPage.objects.get(pk=page.pk))
    assert made(gone) == set()
    assert made(there) == sizes(there, "body")


def test_a_picture_of_any_height_is_made(publish):
    tall = image((20, 17_000))
    page = factories.content_page(body_en=[block("image", {"image": tall.pk})])
    publish(ContentPage.objects.get(pk=page.pk))
    assert made(tall) == sizes(tall, "body")


def test_what_fails_does_not_keep_a_page_from_being_published(publish, monkeypatch):
    def fail(*args, **kwargs):
        raise OSError("no space left on device")

    monkeypatch.setattr("lihsite.pages.picture_sizes.make_renditions", fail)
    page = factories.content_page(body_en=[block("image", {"image": image().pk})], live_in=())
    page.live_in_en, page.title_en = True, "Careers"
    publish(ContentPage.objects.get(pk=page.pk))
    assert ContentPage.objects.get(pk=page.pk).live


def test_a_persons_photo_is_made_as_the_person_is_saved(django_capture_on_commit_callbacks):
    photo = image((700, 700))
    with django_capture_on_commit_callbacks(execute=True):
        factories.person(photo=photo)
    assert made(photo) == sizes(photo, "portrait", "portrait-large")


def test_making_again_makes_nothing_and_asks_little(django_assert_max_num_queries):
    person = factories.person(photo=image())
    assert make_sizes(person) == 2
    with django_assert_max_num_queries(2):
        assert make_sizes(person) == 2


def test_a_page_that_is_gone_by_then_is_passed_over():
    person = factories.person(photo=image())
    label, pk = Person._meta.label_lower, person.pk
    person.delete()
    assert make_sizes_of.call(label, pk) == 0
