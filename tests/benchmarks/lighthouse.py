"""Asks Lighthouse about each indexable page type in each language.

`python -m tests.benchmarks.lighthouse [page type...]`; needs Chromium, and Lighthouse 12 in PATH
(`npm install --global lighthouse@12`; it is no dependency of the site). Prints the scores, and
exits with 1 where one is below its aim. Performance depends on what else the machine does, and now
and then Lighthouse fails to record a page (`NO_NAVSTART`): a page below its aim gets further tries,
and its best one counts.
"""

import json
import os
import shutil
import subprocess
import sys
from urllib.request import urlopen

import django

from lihsite.operations import server
from tests.benchmarks.databases import Site
from tests.chromium import CHROMIUM

AIMS = {"performance": 98, "accessibility": 100, "best-practices": 100, "seo": 100}
TRIES = 3
KINDS = [
    *("home", "content", "research", "topic", "people", "person"),
    *("news", "press release", "publication", "events", "event in person", "form"),
]


def main(kinds: list[str]) -> int:
    if unknown := set(kinds) - set(KINDS):
        print(f"No page type: {', '.join(sorted(unknown))}. There are: {', '.join(KINDS)}.")
        return 2
    lighthouse = shutil.which("lighthouse")
    if not (lighthouse and CHROMIUM):
        print("Lighthouse or Chromium is not installed: nothing was measured.")
        return 0
    site = Site("demonstration")
    site.prepare()
    os.environ.update(site.environment())
    port = server.free_port()
    process = server.start(port, environment=site.environment())
    try:
        server.wait_until_ready(process, port)
        reached = [measure(lighthouse, port, *page) for page in pages(kinds or KINDS)]
        return 0 if all(reached) else 1
    finally:
        server.stop(process)


def pages(kinds: list[str]) -> list[tuple[str, str]]:
    """Names and addresses, the languages of a kind after each other."""
    django.setup()
    # Django's registry is ready only now.
    from tests.visitor_pages import addresses

    found = addresses()
    return [
        (f"{kind}, {language}", address)
        for kind in kinds
        for language, address in found[kind].items()
    ]


def measure(lighthouse: str, port: int, name: str, address: str) -> bool:
    """Print the page's best scores; returns whether they reach the aims."""
    url = f"http://{server.HOST}:{port}{address}"
    # The first visit makes the pictures.
    urlopen(url).close()
    best = dict.fromkeys(AIMS, 0)
    for _ in range(TRIES):
        scores = scores_of(lighthouse, url)
        best = {aim: max(scores.get(aim, 0), best[aim]) for aim in AIMS}
        if reached := all(best[aim] >= AIMS[aim] for aim in AIMS):
            break
    print(f"{name:24}" + "".join(f"{best[aim]:>6}" for aim in AIMS), flush=True)
    return reached


def scores_of(lighthouse: str, url: str) -> dict[str, int]:
    """The scores out of 100; none where Lighthouse failed, which says why on standard error."""
    result = subprocess.run(
        [
            *(lighthouse, url, "--quiet", "--output=json"),
            f"--only-categories={','.join(AIMS)}",
            "--chrome-flags=--headless=new --no-sandbox",
        ],
        env={**os.environ, "CHROME_PATH": CHROMIUM},
        check=False,
        stdout=subprocess.PIPE,
        text=True,
    )
    if result.returncode:
        return {}
    categories = json.loads(result.stdout)["categories"]
    # None where one of its audits failed.
    return {aim: round((categories[aim]["score"] or 0) * 100) for aim in AIMS}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
