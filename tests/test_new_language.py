"""Luxembourgish is added: a line in the settings, `makemigrations` and `migrate`, nothing else.

It is done in a copy of the project, on the demonstration content, and then visited.
"""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, Request, build_opener

import pytest
from bs4 import BeautifulSoup
from django.conf import settings

from lihsite.operations import server

pytestmark = [pytest.mark.server, pytest.mark.django_db]

LAST_LANGUAGE = '    ("de", _("German")),\n'
NEW_LANGUAGE = '    ("lb", _("Luxembourgish")),\n'
APPS = ("lihsite", "home", "research", "news", "events")

PUBLISH_IN_LUXEMBOURGISH = """
from home.models import ContentPage
page = ContentPage.objects.get(slug_en="about")
assert page.latest_revision.as_object().title_lb == ""
assert page.slug_lb == page.slug, page.slug_lb
page = page.get_latest_revision_as_object()
page.title_lb, page.live_in_lb = "Iwwer eis", True
page.save_revision().publish()
"""

WHO_MAY_TRANSLATE = """
from django.contrib.auth import get_user_model
from lihsite.multilingual.permissions import writable_languages
users = get_user_model().objects
print(*(f"{name}={','.join(writable_languages(users.get(username=name)))}"
        for name in ("editor", "french")))
"""


@dataclass
class Project:
    """A copy of the project with a database of its own."""

    folder: Path
    environment: dict[str, str]

    def manage(self, *arguments: str) -> str:
        """Run a command of manage.py, with nobody there to answer its questions."""
        done = subprocess.run(
            [sys.executable, "manage.py", *arguments],
            cwd=self.folder,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def migrations(self, app: str) -> set[str]:
        return {file.name for file in (self.folder / app / "migrations").glob("0*.py")}


@pytest.fixture(scope="module")
def project(demonstration, tmp_path_factory):
    """The copy, with Luxembourgish added and migrated."""
    folder = tmp_path_factory.mktemp("project")
    for app in APPS:
        ignored = shutil.ignore_patterns("__pycache__")
        shutil.copytree(settings.BASE_DIR / app, folder / app, ignore=ignored)
    shutil.copy(settings.BASE_DIR / "manage.py", folder)
    with demonstration.copy(folder, "lb") as (name, media):
        environment = {
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "lihsite.settings.test",
            "DATABASE_URL": demonstration.databases.url(name),
            "MEDIA_ROOT": str(media),
        }
        copy = Project(folder, environment)
        before = {app: copy.migrations(app) for app in APPS}
        base = folder / "lihsite" / "settings" / "base.py"
        text = base.read_text()
        assert text.count(LAST_LANGUAGE) == 1
        base.write_text(text.replace(LAST_LANGUAGE, LAST_LANGUAGE + NEW_LANGUAGE))
        copy.manage("makemigrations", "--name", "luxembourgish")
        for app in APPS:
            assert len(copy.migrations(app) - before[app]) == 1, app
        copy.manage("migrate", "--verbosity", "0")
        copy.manage("shell", "--verbosity", "0", "--command", PUBLISH_IN_LUXEMBOURGISH)
        yield copy


class Visitor:
    """Someone with a browser's cookies."""

    def __init__(self, root: str):
        self.root = root
        self.cookies = CookieJar()
        self.opener = build_opener(HTTPCookieProcessor(self.cookies))

    def open(self, path: str, data: dict | None = None) -> BeautifulSoup:
        body = urlencode(data).encode() if data else None
        try:
            answer = self.opener.open(Request(self.root + path, body))
        except HTTPError as error:
            pytest.fail(f"{path}: {error.code}\n{error.read().decode()[:2000]}")
        return BeautifulSoup(answer.read(), "html.parser")

    def log_in(self, username: str) -> None:
        login = f"{settings.ADMIN_PATH}login/"
        self.open(login)
        token = next(cookie.value for cookie in self.cookies if cookie.name == "csrftoken")
        data = {"username": username, "password": settings.DEMONSTRATION_PASSWORD}
        self.open(login, {**data, "csrfmiddlewaretoken": token})


@pytest.fixture(scope="module")
def site(project):
    """The address of the copy, which is running."""
    port = server.free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "runserver", "--noreload", f"{server.HOST}:{port}"],
        cwd=project.folder,
        env=project.environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        server.wait_until_ready(process, port)
        yield f"http://{server.HOST}:{port}"
    finally:
        server.stop(process)


@pytest.fixture
def visitor(site):
    return Visitor(site)


def hreflangs(page: BeautifulSoup) -> list[str]:
    return [link["hreflang"] for link in page.select('link[rel="alternate"][hreflang]')]


def test_one_migration_for_each_app_leaves_nothing_to_migrate(project):
    project.manage("makemigrations", "--check", "--dry-run")
    project.manage("migrate", "--check")
    project.manage("check")


@pytest.mark.parametrize(
    "path", ["/lb/", "/lb/research/", "/lb/news/", "/lb/people/", "/lb/events/"]
)
def test_each_page_answers_in_the_new_language_by_an_honest_fallback(visitor, path):
    page = visitor.open(path)
    assert page.html["lang"] == "lb"
    assert page.select_one(".fallback-notice")
    assert page.title["lang"] == "en"
    assert hreflangs(page) == ["en", "fr", "de", "x-default"]
    assert f"/en{path[3:]}" in page.select_one('link[rel="canonical"]')["href"]


def test_the_menu_of_the_new_language_stays_in_it(visitor):
    menu = visitor.open("/lb/").select("header nav a[href]")
    addresses = [link["href"] for link in menu if not link.get("hreflang")]
    assert addresses
    for address in addresses:
        assert address.startswith("/lb/")
    visitor.open(addresses[-1])


def test_the_switcher_names_the_new_language_in_itself(visitor):
    links = visitor.open("/en/about/").select('a[hreflang="lb"]')
    assert "Lëtzebuergesch" in [link.get_text(strip=True) for link in links]


def test_a_page_that_is_published_in_the_new_language_is_shown_in_it(visitor):
    address = "/lb/iwwer-eis/"
    page = visitor.open(address)
    assert page.h1.get_text(strip=True) == "Iwwer eis"
    assert not page.select_one(".fallback-notice")
    assert hreflangs(page) == ["en", "fr", "de", "lb", "x-default"]
    assert visitor.open("/lb/about/").h1.get_text(strip=True) == "Iwwer eis"


def test_the_edit_form_has_a_tab_for_the_new_language(visitor):
    visitor.log_in("admin")
    listing = visitor.open("/admin/api/main/pages/?type=home.HomePage&format=json")
    home = listing.get_text().split('"id": ')[1].split(",")[0]
    form = visitor.open(f"/admin/pages/{home}/edit/")
    assert form.select_one('[data-language-tab="lb"]')
    assert form.select_one('[name="live_in_lb"]')
    tab = visitor.open(f"/admin/pages/{home}/edit/?language_tab=lb")
    assert tab.select_one('[name="title_lb"]')["lang"] == "lb"


def test_editors_write_the_new_language_at_once_and_translators_do_not(project):
    output = project.manage("shell", "--verbosity", "0", "--command", WHO_MAY_TRANSLATE)
    assert output.split() == ["editor=en,fr,de,lb", "french=fr"]
