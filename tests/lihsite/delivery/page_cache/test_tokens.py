"""The token of the content's state, in a file and in a real Redis that is away for a while."""

import signal
import subprocess
import sys
import time
from contextlib import contextmanager

import pytest
from redis import Redis

from lihsite.delivery.page_cache.tokens import (
    HALF,
    FileToken,
    RedisToken,
    Unknown,
    withdrawal_of,
)
from lihsite.operations.environment import ROOT

LATE = 5
"""Seconds after which what was owed must have been told."""

COMMAND = """
import sys
from redis import Redis
from lihsite.delivery.page_cache.tokens import RedisToken
token = RedisToken(Redis.from_url(sys.argv[1], socket_timeout=0.2))
token.change(withdraws=False)
print("done", flush=True)
"""
"""What changes the content, and ends."""


def token_in(redis) -> RedisToken:
    """As another process has it."""
    return RedisToken(Redis.from_url(redis.url, socket_timeout=0.2, socket_connect_timeout=0.2))


@contextmanager
def paused(redis):
    """It does not answer, and keeps what it holds."""
    redis.process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        redis.process.send_signal(signal.SIGCONT)


def changes(token, before: bytes) -> bool:
    """Whether the token becomes another one, in time and as a withdrawal."""
    deadline = time.monotonic() + LATE
    while time.monotonic() < deadline:
        if withdrawal_of(token.current()) != withdrawal_of(before):
            return True
        time.sleep(0.05)
    return False


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


@pytest.mark.parametrize("withdraws", [True, False])
def test_a_change_made_while_redis_is_away_is_told_by_who_asks_nothing(redis, withdraws):
    worker, web = token_in(redis), token_in(redis)
    before = web.current()
    with paused(redis):
        worker.change(withdraws=withdraws)
    assert changes(web, before)


def test_of_two_changes_neither_is_forgotten_while_the_other_is_told(redis):
    worker, web = token_in(redis), token_in(redis)
    with paused(redis):
        worker.change(withdraws=False)
    tell = worker.tell

    def tell_as_another_fails(withdraws):
        tell(withdraws)
        worker.tell = tell
        worker.rest(TimeoutError())

    worker.tell = tell_as_another_fails
    first = web.current()
    worker.tell_owed()
    second = web.current()
    assert second != first
    assert changes(web, second)


def test_a_command_that_ends_waits_for_redis_to_be_told(redis):
    web = token_in(redis)
    before = web.current()
    with paused(redis):
        command = subprocess.Popen(
            [sys.executable, "-c", COMMAND, redis.url], cwd=ROOT, stdout=subprocess.PIPE, text=True
        )
        with command:
            assert command.stdout.readline() == "done\n"
            redis.process.send_signal(signal.SIGCONT)
            assert command.wait(30) == 0
    assert withdrawal_of(web.current()) != withdrawal_of(before)


def test_who_ends_waits_for_no_redis_that_stays_away(redis):
    redis.kill()
    started = time.monotonic()
    ended = subprocess.run(
        [sys.executable, "-c", COMMAND, redis.url],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=30,
        check=True,
    )
    assert "has not been told" in ended.stderr
    assert time.monotonic() - started < 20


def test_who_asked_while_redis_was_away_takes_nothing_for_known(redis):
    """A command may have had a change to tell, and have ended."""
    one, other = token_in(redis), token_in(redis)
    before = other.current()
    with paused(redis), pytest.raises(Unknown):
        one.current()
    assert changes(other, before)
