"""A server that is told to stop finishes what it has in hand, and takes nothing more."""

import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from lihsite.operations import server

pytestmark = pytest.mark.server

PATIENCE = 60


@pytest.fixture
def slow_server(tmp_path):
    """A server of a site that takes its time: the process, its address, and the file of a start."""
    port, begun = server.free_port(), tmp_path / "begun"
    process = server.start(
        port,
        workers=1,
        environment={
            "DJANGO_SETTINGS_MODULE": "tests.slow_settings",
            "DATABASE_URL": f"sqlite:///{tmp_path / 'db.sqlite3'}",
            "BEGUN_FILE": str(begun),
        },
    )
    try:
        server.wait_until_ready(process, port)
        yield process, f"http://{server.HOST}:{port}", begun
    finally:
        server.stop(process)


def begin(pool, url, begun, seconds):
    answer = pool.submit(requests.get, f"{url}/slow/{seconds}/", timeout=PATIENCE)
    deadline = time.monotonic() + PATIENCE
    while not begun.exists():
        assert time.monotonic() < deadline
        time.sleep(0.05)
    return answer


def test_a_request_in_hand_is_answered_and_no_other_taken(slow_server):
    process, url, begun = slow_server
    with ThreadPoolExecutor() as pool:
        answer = begin(pool, url, begun, 4)
        process.send_signal(signal.SIGTERM)
        refused_by(url, answer)
        assert answer.result().text == "slow, but whole"
    assert process.wait(PATIENCE) == 0


def refused_by(url, answer) -> None:
    """Raises AssertionError if new connections are taken as long as the answer is on its way."""
    while not answer.done():
        try:
            requests.get(f"{url}/robots.txt", timeout=PATIENCE)
        except requests.ConnectionError:
            return
        time.sleep(0.05)
    raise AssertionError("New connections were taken until the end.")


def test_a_request_without_end_keeps_no_server_from_stopping(slow_server):
    process, url, begun = slow_server
    with ThreadPoolExecutor() as pool:
        answer = begin(pool, url, begun, 40)
        told = time.monotonic()
        process.send_signal(signal.SIGTERM)
        process.wait(PATIENCE)
        assert time.monotonic() - told < 30
        with pytest.raises(requests.ConnectionError):
            answer.result()
