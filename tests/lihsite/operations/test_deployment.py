"""What the files of `deploy/` ask the environment for."""

import re

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
