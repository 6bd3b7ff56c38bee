"""The database restarted, the disk full, the store of media away: real ones, ended and started."""

import io
import re
import resource
import subprocess
import sys
import time

import psycopg
import pytest
import requests
from environ import Env
from PIL import Image

from lihsite.operations import server
from lihsite.operations.environment import ROOT
from tests.__main__ import POSTGRESQL_URL, postgresql_answers
from tests.damage.articles import ArticleForm
from tests.damage.postgresql_server import PostgresqlServer, programs
from tests.damage.texts import text_of
from tests.demonstration_database import MigratedDatabase
from tests.machines import Editor, children
from tests.own_server import OwnServer

pytestmark = pytest.mark.server

ABOUT = "/en/about/"
AWAY = "The database does not answer just now"
FULL = "There is no room left to store anything"
STORE_AWAY = "The store of pictures and documents does not answer just now"


# PostgreSQL


@pytest.fixture
def postgresql():
    """A cluster of the test's own with all tables."""
    if not postgresql_answers():
        pytest.skip(f"no PostgreSQL answers at {POSTGRESQL_URL}")
    if not programs():
        pytest.skip("no PostgreSQL is installed")
    migrated = MigratedDatabase(Env.db_url_config(POSTGRESQL_URL))
    migrated.prepare()
    cluster = PostgresqlServer()
    try:
        cluster.make(migrated.databases.url(migrated.template))
        yield cluster
    finally:
        cluster.remove()


def test_a_restart_of_postgresql_loses_nothing(postgresql, site_at):
    site = site_at(postgresql.url)
    made = site.articles.made(pages=1, editors=1)
    machine = site.machine()
    (pk,) = made["pages"]
    form = ArticleForm(Editor(machine, made["editors"][0]), pk)
    assert form.save(1, publish=True).status_code == 302
    article = f"/en/article-{pk}/"
    machine.get(article)
    assert machine.cached(article).endswith("hit")

    postgresql.crash()
    for _ in range(3):
        kept = machine.get(article)
        assert (kept.status_code, text_of(1) in kept.text) == (200, True)
    assert machine.get("/healthz").status_code == 200
    assert machine.get("/readyz").status_code == 503
    unmade = machine.get("/en/search/?q=cells")
    assert (unmade.status_code, AWAY in unmade.text) == (503, True)
    refused = form.save(2)
    assert (refused.status_code, AWAY in refused.text) == (503, True)
    assert f'value="{text_of(2)}"' in refused.text, "what was typed is in the answer"

    postgresql.start()
    again = time.monotonic()
    while machine.get("/readyz").status_code != 200:
        assert time.monotonic() < again + 10
    assert form.editor.is_signed_in()
    assert form.save(2).status_code == 302
    found = site.articles.stored([pk])["pages"][str(pk)]
    assert (found["shown"], found["draft"]) == ([1], [2])
    assert found["revisions"] == [[0], [1], [2]]


def test_what_was_withdrawn_is_not_given_while_postgresql_is_away(postgresql, site_at):
    site = site_at(postgresql.url)
    made = site.articles.made(pages=2, editors=1)
    machine = site.machine()
    withdrawn, kept = (f"/en/article-{pk}/" for pk in made["pages"])
    editor = Editor(machine, made["editors"][0])
    forms = [ArticleForm(editor, pk) for pk in made["pages"]]
    for form in forms:
        assert form.save(1, publish=True).status_code == 302
    for path in (withdrawn, kept):
        machine.get(path)
        assert machine.cached(path).endswith("hit")
    editor.unpublish(made["pages"][0])
    machine.get(kept)
    assert forms[1].save(2, publish=True).status_code == 302

    postgresql.crash()
    gone, last_good = machine.get(withdrawn), machine.get(kept)
    assert (gone.status_code, text_of(1) in gone.text) == (503, False)
    assert (last_good.status_code, text_of(1) in last_good.text) == (200, True)
    assert last_good.headers["Cache-Status"].endswith("stale-if-error")


# The disk


def let_files_grow(machine, most: int) -> None:
    """Let no file of the server's grow beyond so many bytes, as if the disk were full there."""
    for process in children(machine.process.pid):
        resource.prlimit(process, resource.RLIMIT_FSIZE, (most, resource.RLIM_INFINITY))


def test_a_full_disk_stores_no_half_page_and_keeps_what_was_typed(sqlite_site):
    made = sqlite_site.articles.made(pages=1, editors=1)
    machine = sqlite_site.machine()
    (pk,) = made["pages"]
    editor = Editor(machine, made["editors"][0])
    form = ArticleForm(editor, pk)
    assert form.save(1, publish=True).status_code == 302
    file = picture()

    let_files_grow(machine, 1)
    for _ in range(3):
        refused = form.save(2, publish=True)
        assert (refused.status_code, FULL in refused.text) == (507, True)
        assert f'value="{text_of(2)}"' in refused.text, "what was typed is in the answer"
    uploaded = upload(editor, file)
    assert (uploaded.status_code, FULL in uploaded.text) == (507, True)
    shown = machine.get(f"/en/article-{pk}/")
    assert (shown.status_code, text_of(1) in shown.text) == (200, True)
    assert machine.get(ABOUT).status_code == 200

    let_files_grow(machine, resource.RLIM_INFINITY)
    found = sqlite_site.articles.stored([pk])
    assert (found["index is right"], found["pictures"]) == (True, 0)
    assert found["pages"][str(pk)]["revisions"] == [[0], [1]]
    assert form.save(2, publish=True).status_code == 302
    assert text_of(2) in machine.get(f"/en/article-{pk}/").text
    assert upload(editor, file).status_code == 302


def picture() -> bytes:
    data = io.BytesIO()
    Image.effect_noise((400, 300), 50).save(data, "PNG")
    return data.getvalue()


def upload(editor: Editor, file: bytes) -> requests.Response:
    """What the form for a new picture posts."""
    data = {"title": "Noise", "collection": "1", "tags": ""}
    return editor.send("/admin/images/add/", data, files={"file": ("noise.png", file, "image/png")})


# The store of media


class MediaStore(OwnServer):
    """An S3 store as a server (moto), with one bucket."""

    def __init__(self):
        super().__init__()
        self.url = f"http://{server.HOST}:{self.port}"

    def run(self):
        return subprocess.Popen(
            [sys.executable, "-m", "moto.server", "--host", server.HOST, "--port", str(self.port)],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )

    def answers(self):
        try:
            # Its stores are in memory: each start begins without a bucket.
            return requests.put(f"{self.url}/media", timeout=5).ok
        except requests.RequestException:
            return False

    @property
    def environment(self) -> dict[str, str]:
        """Of a machine that keeps its media there."""
        return {
            "MEDIA_S3_BUCKET": "media",
            "MEDIA_S3_ENDPOINT": self.url,
            "MEDIA_S3_REGION": "us-east-1",
            "MEDIA_S3_ACCESS_KEY": "test",
            "MEDIA_S3_SECRET_KEY": "only-of-the-tests",
        }


@pytest.fixture
def media_store():
    store = MediaStore()
    store.start()
    yield store
    store.kill()


def test_without_the_store_of_media_nothing_is_half_stored(sqlite_site, media_store):
    made = sqlite_site.articles.made(pages=1, editors=1)
    machine = sqlite_site.machine(**media_store.environment)
    (pk,) = made["pages"]
    editor = Editor(machine, made["editors"][0])
    form = ArticleForm(editor, pk)
    assert upload(editor, picture()).status_code == 302

    media_store.kill()
    refused = upload(editor, picture())
    assert (refused.status_code, STORE_AWAY in refused.text) == (503, True)
    assert 'name="title" value="Noise"' in refused.text
    assert machine.get("/readyz").json()["checks"]["storage"]["status"] == "failed"
    assert machine.get(ABOUT).status_code == 200
    assert form.save(1, publish=True).status_code == 302, "texts need no store"
    assert text_of(1) in machine.get(f"/en/article-{pk}/").text

    media_store.start()
    assert upload(editor, picture()).status_code == 302
    assert sqlite_site.articles.stored([pk])["pictures"] == 2


# Services that take connections and say nothing


@pytest.fixture
def patience() -> int:
    """Seconds for which the proxy waits for a server that it asks whether it is ready."""
    configuration = (ROOT / "deploy" / "haproxy.cfg").read_text()
    return int(re.search(r"timeout check (\d+)s", configuration)[1])


def test_silent_services_take_no_server_from_its_visitors(
    sqlite_site, media_store, redis, patience
):
    sqlite_site.articles.made(pages=1, editors=1)
    machine = sqlite_site.machine(REDIS_URL=redis.url, **media_store.environment)
    for service, name in ((media_store, "storage"), (redis, "cache")):
        become_ready(machine)
        before = failures_logged(machine)
        service.fall_silent()
        for _ in range(5):
            started = time.monotonic()
            answer = readiness(machine)
            assert time.monotonic() - started < patience
            assert failed_in(answer) == [name]
            assert machine.get(ABOUT).status_code == 200
        assert failures_logged(machine) == before + 1
        service.speak_again()
    become_ready(machine)


def test_who_signs_out_while_redis_is_silent_is_not_signed_in_once_it_speaks(sqlite_site, redis):
    made = sqlite_site.articles.made(pages=1, editors=1)
    editor = Editor(sqlite_site.machine(REDIS_URL=redis.url), made["editors"][0])
    cookies = editor.session.cookies.copy()
    assert editor.is_signed_in()
    redis.fall_silent()
    assert editor.send("/admin/logout/", {}).status_code == 302
    redis.speak_again()
    editor.session.cookies.update(cookies)
    assert not editor.is_signed_in()


def test_a_locked_index_takes_no_server_from_its_visitors(postgresql_site, patience):
    postgresql_site.articles.made(pages=1, editors=1)
    machine = postgresql_site.machine()
    with psycopg.connect(postgresql_site.database_url) as connection:
        connection.execute("LOCK TABLE search_entry, search_text, search_word")
        started = time.monotonic()
        answer = readiness(machine)
        assert time.monotonic() - started < patience
        assert failed_in(answer) == ["search"]
        assert machine.get(ABOUT).status_code == 200
    become_ready(machine)


def readiness(machine) -> dict:
    """What a machine says that gets visitors."""
    response = machine.get("/readyz")
    assert response.status_code == 200
    return response.json()


def become_ready(machine) -> None:
    deadline = time.monotonic() + 60
    while readiness(machine)["status"] != "ready":
        assert time.monotonic() < deadline
        time.sleep(0.1)


def failures_logged(machine) -> int:
    return len(re.findall("The check of .* failed", machine.log.read_text()))


def failed_in(answer: dict) -> list[str]:
    return [name for name, check in answer["checks"].items() if check["status"] == "failed"]
