"""Two machines on PostgreSQL and Redis, behind the proxy of `deploy/`."""

import re
import secrets
import threading
import time

import pytest
import requests

from tests.damage.articles import ArticleForm
from tests.damage.proxy import EXECUTABLE, Proxy
from tests.damage.texts import text_of
from tests.damage.visitors import Senders, Visitors
from tests.machines import DrainedMachine, Editor, Machine, wait_for

pytestmark = pytest.mark.server

HTTPS = {"X-Forwarded-Proto": "https"}
PATHS = ["/en/", "/fr/", "/de/", "/en/news/", "/en/research/", "/en/about/"]


@pytest.fixture
def made(postgresql_site) -> dict:
    return postgresql_site.articles.made(pages=1, editors=1)


@pytest.fixture
def machines(postgresql_site, made, redis) -> list[Machine]:
    """With all production settings: HTTPS alone, a key from the environment."""
    environment = {
        "ONE_MACHINE": "0",
        "SECRET_KEY": secrets.token_urlsafe(64),
        "ALLOWED_HOSTS": "localhost",
        "SECOND_FACTOR_REQUIRED": "0",
        "REDIS_URL": redis.url,
    }
    return [postgresql_site.machine(kind=DrainedMachine, **environment) for _ in range(2)]


@pytest.fixture
def proxy(machines, tmp_path):
    if not EXECUTABLE:
        pytest.skip("no HAProxy was found")
    with Proxy(tmp_path, machines) as proxy:
        yield proxy


@pytest.fixture
def form(made, proxy) -> ArticleForm:
    """The edit form of an article, opened through the proxy."""
    editor = Editor(proxy, made["editors"][0])
    return ArticleForm(editor, made["pages"][0])


def test_a_publication_is_seen_on_both_at_once(machines, form):
    def titles():
        pages = [machine.get(f"/en/article-{form.pk}/", **HTTPS) for machine in machines]
        return [re.search(r"<h1[^>]*>\s*(.*?)\s*</h1>", page.text)[1] for page in pages]

    for number in range(1, 6):
        assert form.save(number, publish=True).status_code == 302
        assert titles() == [text_of(number)] * 2
        assert all(
            "hit" in machine.cached(f"/en/article-{form.pk}/", **HTTPS) for machine in machines
        )


def test_nothing_that_is_read_fails_while_either_is_killed(machines, proxy, in_full):
    rounds = 10 if in_full else 1
    with Visitors(proxy.url, PATHS, verify=proxy.certificate) as visitors:
        for machine in machines * rounds:
            time.sleep(1)
            before = visitors.answered
            machine.kill()
            wait_for(lambda before=before: visitors.answered > before + 50)
            proxy.restart(machine)
    assert visitors.failures == []


def test_nothing_that_is_read_sent_or_saved_fails_while_either_is_stopped(
    machines, proxy, form, in_full
):
    rounds = 10 if in_full else 1
    statuses, ended = [], threading.Event()

    def save():
        while not ended.is_set():
            try:
                statuses.append(form.save(1 + len(statuses)).status_code)
            except requests.ConnectionError as error:
                statuses.append(str(error))

    saving = threading.Thread(target=save)
    visitors = Visitors(proxy.url, PATHS, verify=proxy.certificate)
    senders = Senders(proxy.url, PATHS, verify=proxy.certificate)
    with visitors, senders:
        saving.start()
        for machine in machines * rounds:
            before, read = len(statuses), visitors.answered
            wait_for(lambda before=before: len(statuses) > before + 2)
            machine.stop()
            wait_for(lambda before=before: len(statuses) > before + 5)
            wait_for(lambda read=read: visitors.answered > read + 50)
            proxy.restart(machine)
        ended.set()
        saving.join()
    assert set(statuses) == {302}
    assert senders.failures == visitors.failures == []


def test_a_server_that_is_told_to_stop_is_asked_nothing_more_while_it_still_answers(
    machines, proxy
):
    machine = machines[0]
    with Senders(proxy.url, PATHS, verify=proxy.certificate) as senders:
        wait_for(lambda: senders.answered > 50)
        machine.process.terminate()
        proxy.wait_for(lambda: proxy.count("Server site/first is stopping") > 0)
        before = senders.answered
        wait_for(lambda: senders.answered > before + 100)
        assert machine.get("/readyz").json() == {"status": "draining"}
        # Whatever it were asked now would fail.
        machine.kill()
        wait_for(lambda: senders.answered > before + 200)
    assert senders.failures == []
