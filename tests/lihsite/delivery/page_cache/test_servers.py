"""The cache in real servers: several processes, several machines, and Redis away."""

import os
import time
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import pytest
import requests

from home.models import ContentPage
from lihsite.operations import server
from tests.redis_server import EXECUTABLE, RedisServer

pytestmark = pytest.mark.server

PAGE = "/en/about/"
BROWSER = {"User-Agent": "Mozilla/5.0 Firefox/140.0", "Accept-Encoding": "br", "Host": "localhost"}
"""One host name for all machines, as behind a load balancer."""


@dataclass
class Machine:
    """A machine with a server on it; `log` is what the server says."""

    url: str
    log: Path

    def get(self, path=PAGE, **headers):
        return requests.get(
            self.url + path, headers={**BROWSER, **headers}, timeout=30, allow_redirects=False
        )

    def cached(self, path=PAGE) -> str:
        return self.get(path).headers.get("Cache-Status", "")


class Editor:
    """An administrator at work on a machine."""

    def __init__(self, machine: Machine):
        self.machine = machine
        self.session = requests.Session()
        self.post("/admin/login/", {"username": "admin", "password": "luxembourg-2026"})
        assert "sessionid" in self.session.cookies

    def post(self, path, data):
        address = self.machine.url + path
        self.session.get(address, timeout=30).raise_for_status()
        data = {**data, "csrfmiddlewaretoken": self.session.cookies["csrftoken"]}
        answer = self.session.post(address, data, headers={"Referer": address}, timeout=30)
        answer.raise_for_status()
        return answer

    def is_signed_in(self) -> bool:
        answer = self.session.get(self.machine.url + "/admin/", timeout=30, allow_redirects=False)
        return answer.status_code == 200

    def unpublish(self, pk):
        self.post(f"/admin/bulk/lihsite/basepage/unpublish/?id={pk}&next=/admin/", {})

    def publish(self, pk):
        self.post(f"/admin/bulk/lihsite/basepage/publish/?id={pk}&next=/admin/", {})


@pytest.fixture
def machine(demonstration, tmp_path):
    """Starts machines that share a database and media, and nothing else."""
    with ExitStack() as stack:
        name, media = stack.enter_context(
            demonstration.copy(tmp_path, f"cache_{os.getpid()}_{tmp_path.name}")
        )
        number = 0

        def started(workers=1, **environment) -> Machine:
            nonlocal number
            number += 1
            folder = tmp_path / f"machine-{number}"
            folder.mkdir()
            log = folder / "log"
            port = server.free_port()
            process = server.start(
                port,
                workers=workers,
                environment={
                    "DJANGO_SETTINGS_MODULE": "tests.machine_settings",
                    "ONE_MACHINE": "1",
                    "VAR_DIR": str(folder),
                    "DATABASE_URL": demonstration.databases.url(name),
                    "MEDIA_ROOT": str(media),
                    **environment,
                },
                log=log,
            )
            stack.callback(server.stop, process)
            server.wait_until_ready(process, port)
            return Machine(f"http://{server.HOST}:{port}", log)

        yield started


@pytest.fixture
def redis(tmp_path):
    if not EXECUTABLE:
        pytest.skip("no Redis or Valkey was found")
    redis = RedisServer(tmp_path)
    redis.start()
    yield redis
    redis.kill()


@pytest.fixture
def about(demo_database, db):
    """The id of the page that is unpublished and published."""
    return ContentPage.objects.get(slug_en="about").pk


def test_processes_of_a_machine_share_the_state_of_the_content(machine, about):
    one = machine(workers=2)
    editor = Editor(one)
    assert eventually(lambda: one.cached().endswith("hit"))
    editor.unpublish(about)
    assert {one.get().status_code for _ in range(20)} == {404}
    editor.publish(about)
    assert {one.get().status_code for _ in range(20)} == {200}


def test_a_change_on_one_machine_is_seen_on_the_other_at_once(machine, redis, about):
    one, other = machine(REDIS_URL=redis.url), machine(REDIS_URL=redis.url)
    assert "stored" in one.cached()
    assert other.cached().endswith("hit"), "one machine has what the other has made"
    editor = Editor(one)
    editor.unpublish(about)
    assert [one.get().status_code, other.get().status_code] == [404, 404]
    editor.publish(about)
    assert [other.get().status_code, one.get().status_code] == [200, 200]


def test_without_redis_pages_are_served_and_nobody_is_signed_out(machine, redis, about):
    one, other = machine(REDIS_URL=redis.url), machine(REDIS_URL=redis.url)
    editor = Editor(one)
    before = one.get()
    assert other.cached().endswith("hit")
    redis.kill()
    for _ in range(5):
        assert one.get().content == before.content
    assert editor.is_signed_in()
    editor.unpublish(about)
    assert [one.get().status_code, other.get().status_code] == [404, 404]
    assert one.log.read_text().count("Redis does not answer") == 1
    redis.start()
    assert eventually(lambda: one.cached("/en/").endswith("hit"))
    assert [one.get().status_code, other.get().status_code] == [404, 404]
    editor.publish(about)
    assert [one.get().status_code, other.get().status_code] == [200, 200]


def test_what_was_kept_before_a_process_began_counts_for_nothing(machine, redis, about):
    one = machine(REDIS_URL=redis.url)
    assert "stored" in one.cached()
    other = machine(REDIS_URL=redis.url)
    assert "stored" in other.cached()


def test_forms_and_signed_in_people_are_answered_by_the_site(machine, about):
    one = machine()
    editor = Editor(one)
    contact = "/en/contact/write-to-us/"
    for _ in range(2):
        assert "Cache-Status" not in one.get(contact).headers
    one.get()
    signed_in = editor.session.get(one.url + PAGE, timeout=30)
    assert "Cache-Status" not in signed_in.headers
    assert "private" in signed_in.headers["Cache-Control"]
    assert "private" not in one.get().headers["Cache-Control"]


def eventually(condition) -> bool:
    deadline = time.monotonic() + 10
    while not (met := condition()) and time.monotonic() < deadline:
        time.sleep(0.1)
    return met
