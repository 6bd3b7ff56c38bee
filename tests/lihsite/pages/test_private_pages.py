"""Private pages show themselves to nobody else's lists."""

import pytest
from wagtail.models import PageViewRestriction

from tests import factories

pytestmark = pytest.mark.django_db


def make_private(page):
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)


@pytest.fixture
def news_index():
    return factories.news_index()


def test_private_news_are_in_no_list(client, news_index):
    private = factories.news(news_index, title_en="For the board only")
    factories.news(news_index, title_en="For everybody")
    make_private(private)
    content = client.get("/en/news/").content.decode()
    assert "For everybody" in content
    assert "For the board only" not in content


def test_what_is_below_a_private_section_is_private_in_every_language(client, news_index):
    item = factories.news(news_index, title_en="For everybody", title_fr="Pour tout le monde")
    make_private(news_index)
    for code in ("en", "fr", "de"):
        response = client.get(item.get_url_for_language(code))
        assert response.status_code == 302
        assert "login" in response.url


def test_private_sections_are_not_in_the_menu(client, news_index):
    news_index.show_in_menus = True
    news_index.save()
    home = news_index.get_parent().specific
    assert news_index.title.encode() in client.get(home.get_url_for_language("en")).content
    make_private(news_index)
    response = client.get(home.get_url_for_language("en"))
    assert [link.title for link in response.context["navigation"]] == []
