"""`make run` as a person meets it: real processes, real servers."""

import os
import signal
import socket
import sqlite3
import stat
import subprocess
import sys
import threading
import time
from contextlib import closing
from datetime import UTC, datetime, timedelta
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from django.conf import settings

from lihsite.operations import server

pytestmark = pytest.mark.server

START_TIME = 300
"""In seconds; the first start compresses all static files."""


class Run:
    """The command on its way; its output is gathered as it comes."""

    def __init__(self, environment, port=None):
        self.port = port or server.free_port()
        self.output = ""
        self.ready = threading.Event()
        self.process = subprocess.Popen(
            [sys.executable, "-m", "lihsite.operations.run", "--port", str(self.port)],
            cwd=settings.BASE_DIR,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
        self.reader = threading.Thread(target=self.read, daemon=True)
        self.reader.start()

    def read(self):
        for line in self.process.stdout:
            self.output += line
            if line.startswith("Ctrl-C"):
                self.ready.set()
        self.ready.set()

    def wait_until_ready(self):
        assert self.ready.wait(START_TIME), self.output
        assert self.process.poll() is None, self.output
        return self

    def wait_for_end(self):
        status = self.process.wait(START_TIME)
        self.reader.join(10)
        return status

    def stop(self, number=signal.SIGINT):
        self.process.send_signal(number)
        return self.wait_for_end()

    def get(self, path, **headers):
        return urlopen(Request(f"http://127.0.0.1:{self.port}{path}", headers=headers), timeout=30)


@pytest.fixture(scope="module")
def environment(demonstration, tmp_path_factory):
    """The environment of a machine that has the demonstration, and nothing else prepared."""
    folder = tmp_path_factory.mktemp("machine")
    with demonstration.copy(folder, f"run_{os.getpid()}") as (name, media):
        inherited = {
            name: value
            for name, value in os.environ.items()
            if name not in {"DJANGO_SETTINGS_MODULE", "ONE_MACHINE"}
        }
        yield {
            **inherited,
            "VAR_DIR": str(folder / "var"),
            "DATABASE_URL": f"sqlite:///{name}",
            "MEDIA_ROOT": str(media),
        }


@pytest.fixture(scope="module")
def first_run(environment):
    """The output of a first run, and what the server answered."""
    run = Run(environment).wait_until_ready()
    answers = {}
    try:
        with run.get("/", **{"Accept-Language": "fr"}) as response:
            answers["start"] = (response.status, response.url)
        with run.get("/en/") as response:
            answers["page"] = (response.status, response.headers, response.read().decode())
        address = answers["page"][2].partition('rel="stylesheet" href="')[2].partition('"')[0]
        with run.get(address, **{"Accept-Encoding": "br"}) as response:
            answers["style"] = (address, response.headers)
    finally:
        status = run.stop()
    return run.output, answers, status


def test_it_says_what_it_does_and_ends_with_addresses_and_accounts(first_run):
    output, _, _ = first_run
    steps = [line.partition(":")[0] for line in output.splitlines() if line.startswith("·")]
    expected = ["Database", "Translations", "Static files", "Content", "Server"]
    assert list(dict.fromkeys(step.removeprefix("· ") for step in steps)) == expected
    assert "/admin/" in output
    for name in settings.DEMONSTRATION_ACCOUNTS:
        assert name in output
    assert settings.DEMONSTRATION_PASSWORD in output


def test_it_serves_the_site_in_the_language_of_the_visitor(first_run):
    status, address = first_run[1]["start"]
    assert status == 200
    assert address.endswith("/fr/")


def test_static_files_have_hashed_names_and_are_compressed_for_good(first_run):
    address, headers = first_run[1]["style"]
    assert address != "/static/css/site.css"
    assert "immutable" in headers["Cache-Control"]
    assert headers["Content-Encoding"] == "br"


def test_interrupting_it_ends_it_without_a_trace(first_run):
    output, _, status = first_run
    assert status == 0
    assert "Traceback" not in output
    assert output.rstrip().endswith("Stopped; all data is kept in var/.")


def test_its_secret_key_is_for_its_owner_alone(first_run, environment):
    key = os.path.join(environment["VAR_DIR"], "secret_key")
    assert stat.S_IMODE(os.stat(key).st_mode) == 0o600


def test_a_second_run_finds_all_done(first_run, environment):
    run = Run(environment).wait_until_ready()
    assert run.stop(signal.SIGTERM) == 0
    for step in ("Database: up to date", "Static files: up to date", "Content: there already"):
        assert step in run.output


def test_what_waited_when_it_was_stopped_is_done_by_the_next_run(first_run, environment):
    """A mail on its way: `make run` shows mails where it was started."""
    write = (
        "from django.core.mail import send_mail; send_mail('Kept', '…', None, ['a@lih.example'])"
    )
    production = {"DJANGO_SETTINGS_MODULE": "lihsite.settings.production", "ONE_MACHINE": "1"}
    subprocess.run(
        [sys.executable, "manage.py", "shell", "--verbosity=0", "--command", write],
        cwd=settings.BASE_DIR,
        env={**environment, **production},
        check=True,
    )
    nothing = {"ONE_MACHINE": "", "WAGTAILADMIN_BASE_URL": "", "REDIS_URL": ""}
    run = Run({**environment, **nothing}).wait_until_ready()
    try:
        deadline = time.monotonic() + START_TIME
        while "Subject: Kept" not in run.output and time.monotonic() < deadline:
            time.sleep(0.1)
    finally:
        assert run.stop() == 0
    assert run.output.count("Subject: Kept") == 1
    name = environment["DATABASE_URL"].removeprefix("sqlite:///")
    with closing(sqlite3.connect(name)) as database:
        waiting = database.execute(
            "SELECT count(*) FROM background_outgoingmail WHERE sent_at IS NULL"
        )
        assert waiting.fetchone() == (0,)


def ends_with_one_line(environment, port=None):
    """Run; return the status and the only line that is not a step."""
    run = Run(environment, port)
    status = run.wait_for_end()
    lines = [line for line in run.output.splitlines() if not line.startswith("·")]
    assert len(lines) == 1, run.output
    return status, lines[0]


def test_a_port_in_use_is_said_in_one_line(environment):
    with socket.socket() as other:
        other.bind((server.HOST, 0))
        other.listen()
        status, line = ends_with_one_line(environment, other.getsockname()[1])
    assert status == 1
    assert "in use" in line
    assert "PORT=" in line


@pytest.mark.parametrize(
    "url",
    [
        "nonsense",
        "mysql://root@127.0.0.1/test",
        "postgres://127.0.0.1:port/test",
        "postgres://nobody:secret@127.0.0.1:1/test",
        "sqlite:////nowhere/at/all.sqlite3",
    ],
)
def test_a_wrong_database_is_said_in_one_line_without_its_password(environment, url):
    status, line = ends_with_one_line({**environment, "DATABASE_URL": url})
    assert status == 1
    assert "DATABASE_URL" in line
    assert "secret" not in line


def test_a_file_that_is_no_database_is_said_in_one_line(environment, tmp_path):
    file = tmp_path / "letter.sqlite3"
    file.write_bytes(b"Dear reader, " * 500)
    status, line = ends_with_one_line({**environment, "DATABASE_URL": f"sqlite:///{file}"})
    assert status == 1
    assert "DATABASE_URL" in line


def test_a_database_of_a_newer_version_is_left_alone(environment):
    name = environment["DATABASE_URL"].removeprefix("sqlite:///")
    newer = "INSERT INTO django_migrations (app, name, applied) VALUES (?, ?, '2030-01-01')"
    with closing(sqlite3.connect(name)) as database, database:
        database.execute(newer, ["lihsite", "9999_from_the_future"])
    try:
        status, line = ends_with_one_line(environment)
    finally:
        with closing(sqlite3.connect(name)) as database, database:
            database.execute("DELETE FROM django_migrations WHERE name LIKE '9999%'")
    assert status == 1
    assert "newer version" in line


def test_what_is_scheduled_happens_at_its_minute(first_run, environment):
    """Nothing else than `make run` looks at the clock here."""
    name = environment["DATABASE_URL"].removeprefix("sqlite:///")
    run = Run(environment).wait_until_ready()
    try:
        run.get("/en/about/").close()
        at = datetime.now(UTC).replace(second=0, microsecond=0) + timedelta(minutes=1)
        with closing(sqlite3.connect(name, timeout=20)) as database, database:
            database.execute(
                "UPDATE lihsite_basepage SET expire_at = ? WHERE slug_en = 'about'",
                [at.strftime("%Y-%m-%d %H:%M:%S")],
            )
        gone = moment_of_absence(run, "/en/about/", deadline=at + timedelta(seconds=60))
        assert at <= gone < at + timedelta(seconds=30)
    finally:
        assert run.stop() == 0
    assert "Traceback" not in run.output


def moment_of_absence(run, path, deadline) -> datetime:
    """When the address was first not found; raises AssertionError if it still is by then."""
    while (now := datetime.now(UTC)) < deadline:
        try:
            run.get(path).close()
        except HTTPError as error:
            if error.code == 404:
                return now
            raise
        time.sleep(0.5)
    raise AssertionError(f"{path} is still there")
