"""What the files of `deploy/` ask the environment for."""

import re
import shlex
import subprocess

import pytest

from lihsite.operations.environment import ROOT

DEPLOY = ROOT / "deploy"
NEEDED = re.compile(r"\$\{(\w+)")


def test_the_example_of_the_environment_has_all_that_the_containers_need():
    needed = set(NEEDED.findall((DEPLOY / "compose.yaml").read_text()))
    given = re.findall(r"^(\w+)=", (DEPLOY / "environment.example").read_text(), re.MULTILINE)
    assert needed <= set(given)


def test_the_environment_says_which_release_the_containers_run():
    images = re.findall(r"image: (lihsite.*)", (DEPLOY / "compose.yaml").read_text())
    assert [NEEDED.findall(image) for image in images] == [["RELEASE"]]


@pytest.mark.parametrize("unit", ["lihsite-web@.service", "lihsite-worker.service"])
def test_what_runs_on_is_of_its_own_release_when_another_takes_its_place(unit, tmp_path):
    python = tmp_path / "releases" / "1" / ".venv" / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.write_text('#!/bin/sh\necho "$0"\n')
    python.chmod(0o755)
    current = tmp_path / "current"
    current.symlink_to(tmp_path / "releases" / "1")
    text = (DEPLOY / "systemd" / unit).read_text()
    [line] = re.findall(r"^ExecStart=(.*)", text, re.MULTILINE)
    # As systemd unfolds it (systemd.service(5), "Command lines").
    command = shlex.split(line.replace("$$", "$").replace("%i", "8001"))
    said = subprocess.run(command, cwd=current, capture_output=True, text=True, check=True).stdout
    assert said.strip() == str(python)
