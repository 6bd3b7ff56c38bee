"""Whatever stands in an address, in its query or in what is sent: an answer, and nothing changed.

Every route of the site is tried, with every parameter that its code reads. A new route or parameter
fails here until it is named.
"""

import re
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, quote_from_bytes

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver
from django.utils import timezone, translation
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from lihsite.accounts.audit import AccountEvent, Kind
from lihsite.contact.models import Rate
from lihsite.contact.newsletter.links import confirm_address, unsubscribe_address
from lihsite.contact.newsletter.subscriptions import Subscription
from lihsite.models import BasePage, ReviewerLink
from tests import factories
from tests.lihsite.media.library import document, image

pytestmark = pytest.mark.django_db

ROUTES = {
    "": ["/"],
    "robots.txt": ["/robots.txt"],
    "favicon.ico": ["/favicon.ico"],
    "llms.txt": ["/llms.txt"],
    "sitemap.xml": ["/sitemap.xml"],
    "sitemap-<int:number>.xml": ["/sitemap-1.xml", "/sitemap-{any}.xml"],
    "social/<int:pk>/<str:language>-<slug:key>.jpg": [
        *("/social/{news}/en-{any}.jpg", "/social/{news}/{any}-x.jpg", "/social/{any}/en-x.jpg"),
    ],
    "media/<path:path>": ["/media/{picture}", "/media/{any}", "/media/images/{any}/../{any}"],
    r"^documents/(\d+)/(.*)$": [
        *("/documents/{document}/report.pdf", "/documents/{early}/early.pdf"),
        *("/documents/{document}/{any}", "/documents/{any}/report.pdf"),
    ],
    r"documents/^(\d+)/(.*)$": [],
    "documents/authenticate_with_password/<int:restriction_id>/": [
        "/documents/authenticate_with_password/{closed_collection}/",
        "/documents/authenticate_with_password/{any}/",
    ],
    "api/v2/^pages/": ["/api/v2/pages/"],
    "api/v2/^pages/<int:pk>/": ["/api/v2/pages/{news}/", "/api/v2/pages/{any}/"],
    "api/v2/^pages/find/": ["/api/v2/pages/find/"],
    "api/v2/^images/": ["/api/v2/images/"],
    "api/v2/^images/<int:pk>/": ["/api/v2/images/{any}/"],
    "api/v2/^images/find/": ["/api/v2/images/find/"],
    "api/v2/^documents/": ["/api/v2/documents/"],
    "api/v2/^documents/<int:pk>/": ["/api/v2/documents/{document}/"],
    "api/v2/^documents/find/": ["/api/v2/documents/find/"],
    "api/v2/": ["/api/v2/{any}"],
    "en/search/": ["/en/search/", "/fr/rechercher/", "/de/suche/"],
    "en/search/suggestions/": ["/en/search/suggestions/", "/de/suche/vorschlaege/"],
    "en/_review/<str:token>/": ["/fr/_review/{token}/", "/en/_review/{any}/"],
    "en/_review/<str:token>/<slug:resource>/": [
        *("/en/_review/{token}/bibtex/", "/en/_review/{token}/{any}/"),
        "/en/_review/{any}/{any}/",
    ],
    "en/newsletter/": ["/en/newsletter/", "/fr/lettre-d-information/"],
    "en/newsletter/check-your-mail/": ["/en/newsletter/check-your-mail/"],
    "en/newsletter/confirm/<str:token>/": ["{confirm}", "/en/newsletter/confirm/{any}/"],
    "en/newsletter/unsubscribe/<str:token>/": [
        "{unsubscribe}",
        "/en/newsletter/unsubscribe/{any}/",
    ],
    r"en/^((?:[\w\-]+/)+send/)$": ["/en/write-to-us/send/", "/en/{any}/send/"],
    "en/_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/": [
        "/en/_util/authenticate_with_password/{closed}/{closed_page}/",
        "/en/_util/authenticate_with_password/{any}/{any}/",
    ],
    "en/_util/login/": ["/en/_util/login/"],
    r"en/^((?:[\w\-]+/)*)$": [
        *("/en/{any}/", "/{any}/", "/en/", "/old/", "/fr/actualites/", "/en/news/a-paper/"),
        *("/en/news/{any}/", "/en/people/", "/en/people/{any}/", "/en/people/ada/"),
        *("/de/veranstaltungen/", "/en/events/a-talk/", "/en/write-to-us/", "/en/closed/"),
        *("/en/news/early/", "/en/research/", "/en/research/cancer/", "/en/research/cancer/{any}/"),
    ],
}
"""Each route of visitors, as Django writes it in English, with addresses of it."""

RESOURCES = {
    "atom": ["/en/news/atom/", "/de/veranstaltungen/atom/"],
    "rss": ["/fr/actualites/rss/", "/en/events/rss/"],
    "calendar": ["/en/events/calendar/", "/en/events/a-talk/calendar/"],
    "bibtex": ["/en/news/a-paper/bibtex/", "/en/news/early/bibtex/"],
    "ris": ["/en/news/a-paper/ris/"],
    "send": ["/fr/write-to-us-fr/send/"],
    "sent": ["/en/write-to-us/sent/"],
}
"""What pages answer below their own addresses."""

READ = {
    *("q", "type", "topic", "year", "when", "sort", "others", "page", "month", "review"),
    *("lang", "limit", "offset", "order", "fields", "search", "child_of", "descendant_of"),
    *("fallback", "html_path", "id", "remember-language"),
}
"""The parameters that our own code reads of a visitor's query."""
SENT = {
    *("next", "username", "password", "return_url", "email", "language", "opened", "homepage"),
    *("consent", "List-Unsubscribe", *factories.QUESTIONS.values()),
}
"""What visitors send with forms."""

KNOWN = [
    *("past", "coming", "date", "yes", "news", "publication", "story", "en", "fr", "root", "true"),
    *("2026-06", "0001-01", "9999-12", "0000-01", "10000-01", "2026-13", "1", "2", "0", "-1"),
    *("news.NewsPage", "auth.User", "*", "_,title", "-id", "/en/news/", "https://evil.example/"),
    *("cancer", "kidny", '"', "a AND (b", "x" * 300, "9" * 30, "1e9", "٣", "²", "\u202e", "🦠"),
    *("\0", "%00", "../../etc/passwd", "..\\", "' OR 1=1 --", "<script>", "\r\nX: y", "{}"),
]
HEADERS = [
    *("Range", "If-Range", "If-None-Match", "If-Modified-Since", "If-Match", "Accept"),
    *("If-Unmodified-Since", "Accept-Language", "Accept-Encoding", "Referer", "Origin", "Cookie"),
    *("X-Forwarded-For", "X-Forwarded-Host", "User-Agent", "Sec-Fetch-Site", "Sec-Purpose", "Host"),
]
HEADER_VALUES = [
    *("bytes=0-1", "bytes=-1", "bytes=5-1", "bytes=" + "9" * 40 + "-", "bytes=0-0,2-", "bytes=x"),
    *('"', "W/", "*", "Thu, 99 Foo 0000 00:00:00 GMT", "fr;q=2,de;q=x", "language=xx", "[::1", "="),
]
UNSEEN = {Session._meta.db_table, Rate._meta.db_table}
"""Rows that say that somebody came: a session after signing in, how often a form was sent."""


def all_routes(resolver=None, prefix=""):
    with translation.override("en"):
        for pattern in (resolver or get_resolver()).url_patterns:
            route = prefix + str(pattern.pattern)
            if route.startswith(settings.ADMIN_PATH.lstrip("/")):
                continue
            if isinstance(pattern, URLResolver):
                yield from all_routes(pattern, route)
            elif isinstance(pattern, URLPattern):
                yield route


def test_every_route_is_tried():
    assert set(all_routes()) == set(ROUTES)


def test_everything_that_pages_answer_below_themselves_is_tried():
    models = [model for model in apps.get_models() if issubclass(model, BasePage)]
    names = {name for model in models for name in getattr(model, "resources", {})}
    assert names == set(RESOURCES)


READERS = re.compile(
    r"""(?:request\.GET(?:\.get(?:list)?\(|\[)|read_filter\(\s*request,\s*)\s*["']([\w-]+)["']"""
)
ROOMS = ("lihsite/search", "lihsite/delivery", "lihsite/contact", "lihsite/api", "lihsite/visits")
VISITORS_MODULES = ("lihsite/pages/visitor_lists.py", "events", "news", "research", "home")


def test_every_parameter_that_is_read_is_tried():
    found = set()
    for place in (*ROOMS, *VISITORS_MODULES):
        path = Path(settings.BASE_DIR) / place
        for file in [path] if path.is_file() else path.rglob("*.py"):
            if file.name != "admin_requests.py":
                found.update(READERS.findall(file.read_text()))
    assert {"q", "topic", "month", "lang", "page"} <= found
    assert found <= READ


@pytest.fixture(autouse=True)
def often(settings):
    """Let forms be sent as often as it takes."""
    settings.CONTACT_LIMITS = {"posts": (10**6, 3600), "mails": (10**6, 3600)}


@pytest.fixture(scope="module")
def site(shared_rows, media_folder):
    """The keys of what is in the addresses."""
    home = factories.home()
    topic = factories.topic(title_en="Cancer")
    factories.people_index()
    factories.person(slug="ada")
    picture = image(title_en="Cells")
    news = factories.news(title_en="A paper", topics=[topic], kind="publication", doi="10.1234/x")
    early, report = document("early.pdf"), document("report.pdf")
    release = factories.news(
        title_en="Early",
        kind="publication",
        embargo=timezone.now() + timedelta(days=1),
        body_en=[("paragraph", f'<p><a linktype="document" id="{early.pk}">x</a></p>')],
        lead_image=picture,
    )
    link = ReviewerLink.objects.create(
        page_id=release.pk, note="x", expires_at=timezone.now() + timedelta(hours=1)
    )
    # The sizes of its picture are made once, when it is published or first looked at.
    Client().get(f"/en/_review/{link.token}/")
    factories.event(title_en="A talk", topics=[topic])
    factories.form_page(title_en="Write to us", title_fr="Write to us fr")
    closed = factories.content_page(title_en="Closed")
    restriction = PageViewRestriction.objects.create(
        page=closed, restriction_type="password", password="open"
    )
    collection = Collection.get_first_root_node().add_child(name="Closed")
    closed_collection = CollectionViewRestriction.objects.create(
        collection=collection, restriction_type="password", password="open"
    )
    Redirect.objects.create(old_path="/old", redirect_page=home.basepage_ptr)
    asked = Subscription.objects.create(email="ada@example.org", language="fr")
    return {
        "news": news.pk,
        "picture": quote(picture.file.name),
        "document": report.pk,
        "early": early.pk,
        "token": link.token,
        "closed": restriction.pk,
        "closed_page": closed.pk,
        "closed_collection": closed_collection.pk,
        "confirm": confirm_address(asked.key, "fr"),
        "unsubscribe": unsubscribe_address(asked.key, "fr"),
    }


def rows() -> dict[str, list]:
    """All that is stored, by table."""
    with connection.cursor() as cursor:
        stored = {}
        for table in connection.introspection.table_names(cursor):
            if table not in UNSEEN:
                cursor.execute(f"SELECT * FROM {connection.ops.quote_name(table)}")  # noqa: S608
                stored[table] = sorted(map(repr, cursor.fetchall()))
    return stored


def changed(before: dict) -> list[str]:
    return [table for table, stored in rows().items() if stored != before[table]]


values = st.sampled_from(KNOWN) | st.text(max_size=20) | st.integers().map(str)
pieces = values.map(lambda value: quote(value, safe="")) | st.binary(max_size=12).map(
    lambda value: quote_from_bytes(value, safe="/")
)
headers = st.dictionaries(
    st.sampled_from(HEADERS),
    st.sampled_from(HEADER_VALUES)
    | st.text(st.characters(max_codepoint=255, exclude_characters="\r\n\0"), max_size=20),
    max_size=3,
)
queries = st.dictionaries(
    st.sampled_from(sorted(READ | SENT)) | st.text(max_size=8),
    pieces,
    max_size=4,
)
patient = hypothesis_settings(
    max_examples=15,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)

GROUPS = {**ROUTES, **RESOURCES}


@pytest.mark.parametrize("group", [name for name, templates in GROUPS.items() if templates])
def test_no_query_and_no_header_breaks_an_address_or_changes_a_row(site, group):
    client = Client(raise_request_exception=False)
    client.get("/en/")
    before = rows()

    @hypothesis_settings(patient, max_examples=10 + 5 * len(GROUPS[group]))
    @given(
        data=st.data(),
        template=st.sampled_from(GROUPS[group]),
        query=queries,
        headers=headers,
        method=st.sampled_from(["GET", "GET", "HEAD"]),
    )
    def visit(data, template, query, headers, method):
        asked = "&".join(f"{quote(name, safe='')}={value}" for name, value in query.items())
        url = filled(template, site, data)
        response = client.generic(method, f"{url}?{asked}", headers=headers)
        assert response.status_code < 500, (url, asked, headers)
        consume(response)

    visit()
    assert changed(before) == []


SENDING = [
    *("/en/newsletter/", "/en/write-to-us/send/", "/en/newsletter/confirm/{any}/", "/en/{any}/"),
    *("/en/newsletter/unsubscribe/{any}/", "/en/_util/login/", "/en/search/", "/api/v2/pages/"),
    "/en/_util/authenticate_with_password/{closed}/{closed_page}/",
    "/en/_util/authenticate_with_password/{any}/{any}/",
    "/documents/authenticate_with_password/{closed_collection}/",
    *("/en/_review/{token}/", "/en/news/a-paper/", "/media/{any}", "/documents/{document}/{any}"),
]


@pytest.mark.parametrize("template", SENDING)
def test_nothing_that_is_sent_breaks_an_address_or_changes_a_row(site, template):
    client = Client(raise_request_exception=False)
    client.get("/en/")
    before = rows()

    @patient
    @given(
        data=st.data(),
        sent=st.dictionaries(st.sampled_from(sorted(SENT)), values, max_size=5),
        headers=headers,
        method=st.sampled_from(["POST", "POST", "PUT", "PATCH", "DELETE"]),
    )
    def send(data, sent, headers, method):
        url = filled(template, site, data)
        body = "&".join(f"{name}={quote(value, safe='')}" for name, value in sent.items())
        kind = "application/x-www-form-urlencoded"
        response = client.generic(method, url, body, kind, headers=headers)
        assert response.status_code < 500, (url, sent, headers)

    send()
    # That somebody could not sign in is written down on purpose; nothing else is.
    AccountEvent.objects.filter(kind__in=[Kind.LOGIN_FAILED, Kind.LOGIN_REFUSED]).delete()
    assert changed(before) == []


def filled(template: str, site: dict, data) -> str:
    """The template with the site's own keys, and with anything wherever it says so."""
    parts = template.split("{any}")
    known = [part.format_map(site) for part in parts]
    url = known[0]
    for part in known[1:]:
        url += data.draw(pieces) + part
    return url


def consume(response) -> None:
    """Read a file to its end: what is wrong with it may show only then."""
    if response.streaming:
        b"".join(response.streaming_content)
