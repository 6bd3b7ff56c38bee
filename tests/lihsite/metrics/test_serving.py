"""The figures of all processes, on a port of their own, from real servers."""

import os
import re
import signal
import time
from contextlib import suppress

import pytest
import requests

from lihsite.operations import server
from tests.conftest import worker_label

pytestmark = pytest.mark.server

PATIENCE = 90
PAGES = 'lihsite_request_seconds_count{kind="page",status="200"}'


class Machine:
    """A machine with a server on it; `add_server` begins another one of the same site."""

    def __init__(self, environment):
        self.metrics_port = server.free_port()
        self.environment = {**environment, "METRICS_PORT": str(self.metrics_port)}
        self.servers = []

    def add_server(self, workers) -> str:
        """Returns the address of the server."""
        port = server.free_port()
        process = server.start(port, workers=workers, environment=self.environment)
        self.servers.append(process)
        server.wait_until_ready(process, port)
        return f"http://{server.HOST}:{port}"

    def text(self) -> str:
        return requests.get(f"http://{server.HOST}:{self.metrics_port}/metrics", timeout=30).text

    def figures(self) -> dict[str, float]:
        """By name and labels, as the text format has them."""
        found = re.findall(r"^([a-z]\S*) (\S+)$", self.text(), re.MULTILINE)
        return {name: float(value) for name, value in found}

    def wait_for(self, name, value) -> dict[str, float]:
        return self.wait_until(lambda figures: figures.get(name) == value)

    def wait_until(self, condition) -> dict[str, float]:
        deadline = time.monotonic() + PATIENCE
        figures = {}
        while time.monotonic() < deadline:
            with suppress(requests.ConnectionError):
                figures = self.figures()
                if condition(figures):
                    return figures
            time.sleep(0.5)
        raise AssertionError(f"It is not so in {figures}")

    def stop(self):
        for process in self.servers:
            server.stop(process)


@pytest.fixture
def machine(demonstration, tmp_path):
    with demonstration.copy(tmp_path, worker_label("figures")) as (name, media):
        machine = Machine(
            {
                "DJANGO_SETTINGS_MODULE": "tests.machine_settings",
                "ONE_MACHINE": "1",
                "VAR_DIR": str(tmp_path),
                "DATABASE_URL": demonstration.databases.url(name),
                "MEDIA_ROOT": str(media),
            }
        )
        yield machine
        machine.stop()


def get(address):
    return requests.get(address, timeout=30, allow_redirects=False)


def memories(figures) -> list[float]:
    return [value for name, value in figures.items() if name.startswith("lihsite_memory_bytes")]


def test_what_all_processes_did_is_told_on_a_port_of_its_own(machine):
    url = machine.add_server(workers=2)
    # What was kept before a process begins counts for nothing, so both have to be there: one that
    # is still beginning has a memory of 0.
    machine.wait_until(lambda figures: sum(map(bool, memories(figures))) == 2)
    answers = [get(f"{url}/en/about/") for _ in range(20)]
    assert [answer.status_code for answer in answers] == [200] * 20
    for _ in range(3):
        assert get(f"{url}/en/ada-lovelace/").status_code == 404
    assert get(f"{url}/admin/login/").status_code == 200
    machine.wait_for('lihsite_request_seconds_count{kind="page",status="404"}', 3)
    figures = machine.figures()
    misses = figures[PAGES]
    assert 1 <= misses <= 2, [answer.headers.get("Cache-Status") for answer in answers]
    figures = machine.wait_for('lihsite_page_cache_requests_total{answer="hit"}', 20 - misses)
    assert figures['lihsite_request_seconds_count{kind="admin",status="200"}'] == 1
    assert figures["lihsite_oldest_task_seconds"] == 0
    assert len(memories(figures)) == 2
    assert all(20_000_000 < memory < 1_000_000_000 for memory in memories(figures))
    text = machine.text()
    assert not any(word in text for word in ("ada-lovelace", "about"))
    assert get(f"{url}/metrics").status_code == 404


def test_another_process_tells_them_once_the_first_is_gone(machine):
    url = machine.add_server(workers=1)
    get(f"{url}/en/about/")
    machine.wait_for(PAGES, 1)
    machine.add_server(workers=1)
    first = machine.servers[0]
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    machine.wait_until(lambda figures: figures.get(PAGES) == 1 and len(memories(figures)) == 1)


def test_without_a_port_nothing_is_told(machine):
    machine.environment["METRICS_PORT"] = "0"
    url = machine.add_server(workers=1)
    assert get(f"{url}/en/about/").status_code == 200
    with pytest.raises(requests.ConnectionError):
        machine.text()
