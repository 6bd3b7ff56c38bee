"""The secret key of a machine that nobody configured."""

import subprocess
import sys

import pytest

from lihsite.operations.environment import ROOT
from lihsite.settings.secret_key import generated_secret_key

PROCESSES = 12
LOOK = """
import sys
from pathlib import Path
from lihsite.settings.secret_key import generated_secret_key
sys.stdin.readline()
print(generated_secret_key(Path(sys.argv[1])))
"""


def test_all_processes_that_begin_at_once_get_the_same_key(tmp_path):
    file = tmp_path / "var" / "secret_key"
    processes = [
        subprocess.Popen(
            [sys.executable, "-c", LOOK, str(file)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROCESSES)
    ]
    for process in processes:
        process.stdin.write("now\n")
        process.stdin.flush()
    keys = {process.communicate()[0].strip() for process in processes}
    assert keys == {file.read_text()}
    assert len(file.read_text()) > 50


@pytest.mark.parametrize("begun", ["", "\n"])
def test_a_file_that_was_never_written_gets_its_key(tmp_path, begun):
    file = tmp_path / "secret_key"
    file.write_text(begun)
    key = generated_secret_key(file)
    assert key
    assert generated_secret_key(file) == key


def test_it_is_for_its_owner_alone(tmp_path):
    file = tmp_path / "secret_key"
    generated_secret_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
