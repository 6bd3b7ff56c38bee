"""How a release is started, and what the files of `deploy/` ask the environment for."""

import os
import re

from lihsite.operations import serve
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


def test_a_server_keeps_its_static_files_when_another_release_takes_its_place(
    tmp_path, monkeypatch
):
    for name in ("old", "new"):
        (tmp_path / name / "static").mkdir(parents=True)
    current = tmp_path / "current"
    current.symlink_to("old")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("sys.argv", ["serve"])
    monkeypatch.setattr(os, "execv", lambda *command: None)
    monkeypatch.setenv("STATIC_ROOT", str(current / "static"))
    serve.main()
    current.unlink()
    current.symlink_to("new")
    assert os.path.samefile(os.environ["STATIC_ROOT"], tmp_path / "old" / "static")
