"""The audit of dependencies, asked of a package index of the test's own."""

import pytest
import requests

from lihsite.operations import audit, server


def test_an_index_that_is_away_is_said_in_a_line_and_is_no_failure(monkeypatch, capsys):
    index = f"http://{server.HOST}:{server.free_port()}"
    monkeypatch.setattr(audit, "INDEX", index)
    assert audit.main() == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert line.startswith(f"Not audited: {index} cannot be reached")


@pytest.mark.parametrize("error", [requests.Timeout(), requests.HTTPError("503")])
def test_an_index_that_is_out_of_order_is_no_failure_either(monkeypatch, capsys, error):
    def get(*args, **kwargs):
        raise error

    monkeypatch.setattr(requests, "get", get)
    assert audit.main() == 0
    assert type(error).__name__ in capsys.readouterr().out


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
