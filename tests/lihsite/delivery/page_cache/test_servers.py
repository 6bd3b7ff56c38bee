"""The cache in real servers: several processes, several machines, and Redis away."""

import os
import subprocess
import sys
import time

import pytest

from home.models import ContentPage
from lihsite.operations.environment import ROOT
from tests.machines import Editor, machines

pytestmark = pytest.mark.server

PAGE = "/en/about/"


@pytest.fixture
def machine(demonstration, tmp_path):
    """Starts machines that share a database and media, and nothing else."""
    label = f"cache_{os.getpid()}_{tmp_path.name}"
    with (
        demonstration.copy(tmp_path, label) as (name, media),
        machines(tmp_path, demonstration.databases.url(name), media) as started,
    ):
        yield started


@pytest.fixture
def about(demo_database, db):
    """The id of the page that is unpublished and published."""
    return ContentPage.objects.get(slug_en="about").pk


def test_processes_of_a_machine_share_the_state_of_the_content(machine, about):
    one = machine(workers=2)
    editor = Editor(one)
    assert eventually(lambda: one.cached(PAGE).endswith("hit"))
    editor.unpublish(about)
    assert {one.get(PAGE).status_code for _ in range(20)} == {404}
    editor.publish(about)
    assert {one.get(PAGE).status_code for _ in range(20)} == {200}


def test_a_change_on_one_machine_is_seen_on_the_other_at_once(machine, redis, about):
    one, other = machine(REDIS_URL=redis.url), machine(REDIS_URL=redis.url)
    assert "stored" in one.cached(PAGE)
    assert other.cached(PAGE).endswith("hit"), "one machine has what the other has made"
    editor = Editor(one)
    editor.unpublish(about)
    assert [one.get(PAGE).status_code, other.get(PAGE).status_code] == [404, 404]
    editor.publish(about)
    assert [other.get(PAGE).status_code, one.get(PAGE).status_code] == [200, 200]


def test_without_redis_pages_are_served_and_nobody_is_signed_out(machine, redis, about):
    one, other = machine(REDIS_URL=redis.url), machine(REDIS_URL=redis.url)
    editor = Editor(one)
    before = one.get(PAGE)
    assert other.cached(PAGE).endswith("hit")
    redis.kill()
    for _ in range(5):
        assert one.get(PAGE).content == before.content
    assert editor.is_signed_in()
    editor.unpublish(about)
    assert [one.get(PAGE).status_code, other.get(PAGE).status_code] == [404, 404]
    assert one.log.read_text().count("Redis does not answer") == 1
    redis.start()
    assert eventually(lambda: one.cached("/en/").endswith("hit"))
    assert [one.get(PAGE).status_code, other.get(PAGE).status_code] == [404, 404]
    editor.publish(about)
    assert [one.get(PAGE).status_code, other.get(PAGE).status_code] == [200, 200]


def test_what_was_kept_before_a_process_began_counts_for_nothing(machine, redis, about):
    one = machine(REDIS_URL=redis.url)
    assert "stored" in one.cached(PAGE)
    other = machine(REDIS_URL=redis.url)
    assert "stored" in other.cached(PAGE)


def test_what_was_kept_before_a_worker_began_counts_for_nothing(machine, about):
    one = machine()
    assert eventually(lambda: one.cached(PAGE).endswith("hit"))
    worker = subprocess.Popen(
        [sys.executable, "manage.py", "db_worker", "--queues", "mail"],
        cwd=ROOT,
        env={**os.environ, **one.environment},
        stdout=subprocess.PIPE,
    )
    try:
        assert worker.stdout.readline() == b"Working.\n"
        assert "stored" in one.cached(PAGE)
    finally:
        worker.terminate()
        worker.communicate()


def test_forms_and_signed_in_people_are_answered_by_the_site(machine, about):
    one = machine()
    editor = Editor(one)
    contact = "/en/contact/write-to-us/"
    for _ in range(2):
        assert "Cache-Status" not in one.get(contact).headers
    one.get(PAGE)
    signed_in = editor.session.get(one.url + PAGE, timeout=30)
    assert "Cache-Status" not in signed_in.headers
    assert "private" in signed_in.headers["Cache-Control"]
    assert "private" not in one.get(PAGE).headers["Cache-Control"]


def eventually(condition) -> bool:
    deadline = time.monotonic() + 10
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return met
