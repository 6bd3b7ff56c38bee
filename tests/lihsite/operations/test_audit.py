"""The audit of dependencies, asked of a package index of the test's own."""

import time
from http.server import BaseHTTPRequestHandler

import pytest

from lihsite.operations import audit, server
from tests.other_servers import Quiet, answering, http_server


class OutOfOrder(Quiet, BaseHTTPRequestHandler):
    """A way to the index that answers no question."""

    def do_CONNECT(self):
        self.send_error(503)


class Silent(OutOfOrder):
    def do_CONNECT(self):
        time.sleep(3)


@pytest.fixture
def way(request):
    with answering(http_server(request.param)) as proxy:
        yield proxy.url


def ask_by_way_of(url, monkeypatch, capsys):
    monkeypatch.setattr(audit, "PATIENCE", 1)
    for name in ("HTTPS_PROXY", "https_proxy"):
        monkeypatch.setenv(name, url)
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert audit.audited() == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith("Not audited: ")


def test_an_index_that_is_away_is_said_in_a_line_and_is_no_failure(monkeypatch, capsys):
    ask_by_way_of(f"http://{server.HOST}:{server.free_port()}", monkeypatch, capsys)


@pytest.mark.parametrize("way", [OutOfOrder, Silent], indirect=True)
def test_an_index_that_is_out_of_order_is_no_failure_either(way, monkeypatch, capsys):
    ask_by_way_of(way, monkeypatch, capsys)


def test_a_lock_that_cannot_be_read_is_a_failure(tmp_path, capsys):
    lock = tmp_path / "requirements.lock"
    lock.write_text("django\n")
    assert audit.audited(lock) == 2
    assert "Not audited" in capsys.readouterr().out


def test_each_hole_is_told_with_its_names_and_repairs():
    hole = {"id": "PYSEC-1", "aliases": ["CVE-1"], "fix_versions": ["1.1", "2.0"]}
    open_hole = {"id": "PYSEC-2", "aliases": [], "fix_versions": []}
    found = [
        {"name": "sound", "version": "3", "vulns": []},
        {"name": "skipped", "skip_reason": "not found"},
        {"name": "holed", "version": "1.0", "vulns": [hole, open_hole]},
    ]
    assert audit.lines(found) == [
        "holed 1.0: PYSEC-1, CVE-1; repaired in 1.1, 2.0",
        "holed 1.0: PYSEC-2; repaired in no version yet",
    ]
