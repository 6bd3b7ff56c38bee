"""What the image and the unit of systemd run: a server that leaves its proxy before it stops."""

import os
import shutil
import signal
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import requests

from lihsite.operations import server
from tests.machines import children, wait_for

pytestmark = pytest.mark.server

PATIENCE = 60


class Served:
    """The command on a free port, with a site of one slow page; its temporary files in `tmp`."""

    def __init__(self, folder: Path, drain_seconds: float, **environment: str):
        port = server.free_port()
        self.url = f"http://{server.HOST}:{port}"
        self.tmp, self.begun = folder / "tmp", folder / "begun"
        self.tmp.mkdir()
        command = [sys.executable, "-m", "lihsite.operations.serve", "--workers", "1"]
        command += ["--port", str(port), "--drain-seconds", str(drain_seconds)]
        own = {
            "DJANGO_SETTINGS_MODULE": "tests.slow_settings",
            "DATABASE_URL": f"sqlite:///{folder / 'db.sqlite3'}",
            "BEGUN_FILE": str(self.begun),
            "TMPDIR": str(self.tmp),
        }
        self.process = subprocess.Popen(
            command,
            cwd=server.ROOT,
            env={**os.environ, **own, **environment},
            stderr=subprocess.PIPE,
            start_new_session=True,
        )
        server.wait_until_ready(self.process, port)

    def get(self, path: str) -> requests.Response:
        return requests.get(self.url + path, timeout=PATIENCE)

    def status(self) -> str:
        return self.get("/readyz").json()["status"]

    def variables(self) -> list[str]:
        """The environment of the server itself (`proc(5)`)."""
        [running] = children(self.process.pid)
        return Path(f"/proc/{running}/environ").read_text().split("\0")

    def tell(self) -> None:
        self.process.send_signal(signal.SIGTERM)

    def ended(self) -> int:
        """Its status."""
        return self.process.wait(PATIENCE)

    def end(self) -> None:
        if self.process.poll() is None:
            for process in [*children(self.process.pid), self.process.pid]:
                os.killpg(process, signal.SIGKILL)
            self.process.wait()
        self.process.stderr.close()


@pytest.fixture
def served(request, tmp_path):
    def started(drain_seconds: float, **environment: str) -> Served:
        served = Served(tmp_path, drain_seconds, **environment)
        request.addfinalizer(served.end)
        return served

    return started


def test_a_server_that_is_told_to_stop_says_so_and_goes_on_until_the_proxy_knows(served):
    site = served(drain_seconds=3)
    assert site.status() == "unavailable"
    site.tell()
    told = time.monotonic()
    wait_for(lambda: site.status() == "draining")
    assert site.get("/readyz").status_code == 503
    assert site.get("/healthz").json() == {"status": "alive"}
    assert site.get("/slow/1/").text == "slow, but whole"
    assert site.ended() == 0
    assert time.monotonic() - told >= 3
    with pytest.raises(requests.ConnectionError):
        site.get("/healthz")
    assert list(site.tmp.glob("lihsite-*")) == []


def test_told_once_more_it_waits_for_no_proxy_and_still_finishes_what_it_has_in_hand(served):
    site = served(drain_seconds=1000)
    with ThreadPoolExecutor() as pool:
        answer = pool.submit(site.get, "/slow/3/")
        wait_for(site.begun.exists)
        site.tell()
        wait_for(lambda: site.status() == "draining")
        site.tell()
        assert answer.result().text == "slow, but whole"
    assert site.ended() == 0


def test_what_ends_by_itself_ends_the_command_for_whoever_starts_it_again(served):
    site = served(drain_seconds=1000)
    os.killpg(children(site.process.pid)[0], signal.SIGKILL)
    assert site.ended() == 1


def test_what_ends_while_it_is_drained_is_not_waited_for(served):
    site = served(drain_seconds=1000)
    site.tell()
    wait_for(lambda: site.status() == "draining")
    os.killpg(children(site.process.pid)[0], signal.SIGKILL)
    assert site.ended() == 0


def test_a_server_that_cannot_be_told_says_why_and_stops(served):
    site = served(drain_seconds=1000)
    shutil.rmtree(site.tmp)
    site.tell()
    assert site.ended() == 0
    reason = b"The server is not drained: [Errno 2] No such file or directory"
    assert reason in site.process.stderr.read()


def test_a_server_keeps_its_static_files_when_another_release_takes_its_place(tmp_path, served):
    for name in ("old", "new"):
        (tmp_path / name / "static").mkdir(parents=True)
    current = tmp_path / "current"
    current.symlink_to("old")
    site = served(drain_seconds=0, STATIC_ROOT=str(current / "static"))
    current.unlink()
    current.symlink_to("new")
    assert f"STATIC_ROOT={tmp_path}/old/static" in site.variables()


def test_threads_share_one_heap_unless_the_environment_says_otherwise(served):
    site = served(drain_seconds=0, MALLOC_TRIM_THRESHOLD_="262144")
    heap = [variable for variable in site.variables() if variable.startswith("MALLOC_")]
    assert sorted(heap) == [
        "MALLOC_ARENA_MAX=1",
        "MALLOC_MMAP_THRESHOLD_=131072",
        "MALLOC_TRIM_THRESHOLD_=262144",
    ]
