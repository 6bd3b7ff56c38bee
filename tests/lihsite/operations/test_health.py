import threading
import time

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.recorder import MigrationRecorder

READY = "/readyz"

answers_again = threading.Event()
asked = []


def silent() -> None:
    """A check of something that takes the connection, and says nothing."""
    asked.append("once more")
    assert answers_again.wait(60)


@pytest.fixture
def silence():
    """Until it is broken, and at the end of the test."""
    answers_again.clear()
    asked.clear()
    yield answers_again
    answers_again.set()


def out_of_order(*arguments, **options):
    raise OSError("postgres://lih:secret@db.internal:5432 is away")


def broken(execute, sql, *arguments):
    raise DatabaseError("postgres://lih:secret@db.internal:5432 is away")


def test_a_process_says_that_it_lives_without_a_database_or_a_host_name(client, settings):
    settings.SECURE_SSL_REDIRECT = True
    response = client.get("/healthz", headers={"host": "10.0.0.7"})
    assert (response.status_code, response.json()) == (200, {"status": "alive"})
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_what_the_site_stands_on_is_asked(client):
    response = client.get(READY, headers={"host": "10.0.0.7"})
    answer = response.json()
    assert (response.status_code, answer["status"]) == (200, "ready")
    assert {name: check["status"] for name, check in answer["checks"].items()} == dict.fromkeys(
        ("database", "migrations", "cache", "search", "storage"), "ok"
    )
    assert response.headers["Cache-Control"] == "no-store"


@pytest.mark.django_db
def test_no_visitors_are_sent_where_the_database_is_away(client, caplog):
    with connection.execute_wrapper(broken):
        response = client.get(READY)
    assert (response.status_code, response.json()["status"]) == (503, "unavailable")
    assert response.json()["checks"]["database"]["status"] == "failed"
    assert "secret" not in response.text
    assert "The check of database failed" in caplog.text


@pytest.mark.django_db
def test_no_visitors_are_sent_where_a_migration_waits(client):
    MigrationRecorder.Migration.objects.filter(app="news").latest("id").delete()
    response = client.get(READY)
    assert response.status_code == 503
    checks = response.json()["checks"]
    assert [name for name, check in checks.items() if check["status"] == "failed"] == ["migrations"]


@pytest.mark.django_db
def test_pages_are_served_where_the_store_of_media_is_away(client, monkeypatch):
    monkeypatch.setattr("lihsite.operations.health.default_storage.exists", out_of_order)
    response = client.get(READY)
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"]["storage"]["status"] == "failed"
    assert "secret" not in response.text


@pytest.mark.django_db
def test_a_cache_that_keeps_nothing_is_named(client, settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}}
    response = client.get(READY)
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"]["cache"]["status"] == "failed"


@pytest.mark.django_db
def test_pages_are_served_where_search_is_out_of_order(client):
    def without_index(execute, sql, *arguments):
        if "search" in sql:
            raise DatabaseError("no such table: search_index at db.internal")
        return execute(sql, *arguments)

    with connection.execute_wrapper(without_index):
        response = client.get(READY)
    assert (response.status_code, response.json()["status"]) == (200, "degraded")
    assert response.json()["checks"]["search"]["status"] == "failed"
    assert "db.internal" not in response.text


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "status"),
    [
        ("database", 503),
        ("migrations", 503),
        ("cache", 200),
        ("search", 200),
        ("storage", 200),
    ],
)
def test_each_failure_is_named_alone_and_without_its_secrets(client, settings, name, status):
    settings.HEALTH_CHECKS = {**settings.HEALTH_CHECKS, name: f"{__name__}.out_of_order"}
    response = client.get(READY)
    checks = response.json()["checks"]
    assert response.status_code == status
    assert [one for one, check in checks.items() if check["status"] == "failed"] == [name]
    assert not any(word in response.text for word in ("secret", "internal", "lih"))


@pytest.mark.django_db
def test_what_pages_can_do_without_is_not_waited_for(client, settings, silence):
    """Nor does what hangs take a thread at each question."""
    settings.HEALTH_CHECKS = {
        **settings.HEALTH_CHECKS,
        **dict.fromkeys(("cache", "storage"), f"{__name__}.silent"),
    }
    durations = []
    for _ in range(5):
        started = time.monotonic()
        response = client.get(READY)
        durations.append(time.monotonic() - started)
        assert (response.status_code, response.json()["status"]) == (200, "degraded")
        checks = response.json()["checks"]
        failed = [name for name, check in checks.items() if check["status"] == "failed"]
        assert failed == ["cache", "storage"]
    assert max(durations) < 5, "which is what the proxy waits for"
    assert min(durations) < 1, "who asks again does not wait again"
    assert len(asked) == 1
    silence.set()
    deadline = time.monotonic() + 10
    while client.get(READY).json()["status"] != "ready":
        assert time.monotonic() < deadline


@pytest.mark.django_db
def test_a_failure_is_logged_once_and_its_end_too(client, settings, caplog):
    checks = settings.HEALTH_CHECKS

    def ask_often():
        caplog.clear()
        for _ in range(4):
            client.get(READY)
        return [record.getMessage() for record in caplog.records]

    for _ in range(2):
        assert ask_often() == []
        settings.HEALTH_CHECKS = {**checks, "cache": f"{__name__}.out_of_order"}
        assert ask_often() == ["The check of cache failed"]
        settings.HEALTH_CHECKS = {**settings.HEALTH_CHECKS, "database": f"{__name__}.out_of_order"}
        assert ask_often() == ["The check of database failed"]
        settings.HEALTH_CHECKS = checks
        assert ask_often() == [
            "The check of database is passed again",
            "The check of cache is passed again",
        ]
