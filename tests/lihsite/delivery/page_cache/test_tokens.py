"""The token of the content's state."""

import pytest
from redis import Redis

from lihsite.delivery.page_cache.tokens import (
    HALF,
    FileToken,
    RedisToken,
    withdrawal_of,
)


def token_in(redis) -> RedisToken:
    """As another process has it."""
    return RedisToken(Redis.from_url(redis.url, socket_timeout=0.2, socket_connect_timeout=0.2))


@pytest.fixture(params=["file", "Redis"])
def two(request, tmp_path) -> list:
    """The token as two processes have it."""
    if request.param == "file":
        return [FileToken(tmp_path / "var" / "token") for _ in range(2)]
    redis = request.getfixturevalue("redis")
    return [token_in(redis) for _ in range(2)]


def test_a_change_is_known_to_all_processes_at_once(two):
    one, other = two
    before = other.current()
    one.change(withdraws=False)
    assert one.current() == other.current()
    assert other.current()[:HALF] != before[:HALF]
    assert withdrawal_of(other.current()) == withdrawal_of(before)


def test_a_withdrawal_changes_both_halves(two):
    one, other = two
    before = other.current()
    one.change(withdraws=True)
    assert one.current() == other.current()
    assert other.current()[:HALF] != before[:HALF]
    assert withdrawal_of(other.current()) != withdrawal_of(before)


def test_a_redis_that_has_lost_all_makes_every_answer_old(redis):
    one = token_in(redis)
    before = one.current()
    redis.kill()
    redis.start()
    assert withdrawal_of(token_in(redis).current()) != withdrawal_of(before)
