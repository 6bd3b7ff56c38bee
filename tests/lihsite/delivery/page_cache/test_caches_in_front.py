"""What caches in front of the site are told of a page, so that they never show what is over."""

from datetime import timedelta

import pytest
from django.utils import timezone
from freezegun import freeze_time

from lihsite.delivery.page_cache.application import MAKING, Making
from lihsite.delivery.page_cache.middleware import AT_CDN, AT_CDN_WHILE_ASKING, KEPT
from tests import factories

pytestmark = pytest.mark.django_db

PAGE = "/en/about/"
NOON = "2026-06-01 10:00:00"


@pytest.fixture
def about():
    return factories.content_page(factories.home(), title_en="About")


def told(client) -> set[str]:
    """By a page that is made to be kept."""
    response = client.get(PAGE, **{MAKING: Making(b"a state of the content")})
    assert response.status_code == 200
    return set(response.headers["Cache-Control"].split(", "))


@freeze_time(NOON)
def test_they_may_keep_a_page_for_a_minute_and_give_it_while_they_ask(client, about):
    expected = {"public", "max-age=0", "s-maxage=60", "stale-while-revalidate=600"}
    assert told(client) == expected


@freeze_time(NOON)
@pytest.mark.parametrize("before", [True, False])
def test_they_ask_each_time_as_the_hour_comes_near_at_which_pages_change(client, about, before):
    # A page of now is kept here, then there, and given once more while they ask.
    longest = KEPT + AT_CDN + AT_CDN_WHILE_ASKING
    distance = timedelta(seconds=-1 if before else 1)
    factories.event(start=timezone.now() + longest + distance)
    is_kept = {"s-maxage=60", "stale-while-revalidate=600"} <= told(client)
    assert is_kept is not before
    if before:
        assert told(client) == {"public", "max-age=0", "s-maxage=0"}


@freeze_time(NOON)
@pytest.mark.parametrize("method", ["get", "head"])
def test_they_ask_each_time_where_nobody_knows_when_that_hour_comes(client, about, method):
    """Without a page cache, or while Redis is away; to ask costs each page its queries."""
    factories.event(start=timezone.now() + timedelta(minutes=1))
    response = getattr(client, method)(PAGE)
    told = set(response.headers["Cache-Control"].split(", "))
    assert told == {"public", "max-age=0", "s-maxage=0"}


@freeze_time(NOON)
def test_who_is_signed_in_gets_a_page_for_nobody_else(admin_client, about):
    assert {"private", "no-cache"} <= told(admin_client)


@freeze_time(NOON)
def test_an_answer_is_kept_here_until_the_hour_or_for_ten_minutes(client, about):
    for wait, kept in ((timedelta(hours=2), KEPT), (timedelta(minutes=3), timedelta(minutes=3))):
        making = Making(str(wait).encode())
        factories.event(start=timezone.now() + wait)
        client.get(PAGE, **{MAKING: making})
        assert making.fresh_until == (timezone.now() + kept).timestamp()
