"""Settings that must not meet the public are named, and the server does not start with them."""

import os
import subprocess
import sys

import pytest
from django.conf import settings as configured
from django.core.checks import run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

from lihsite.operations.checks import PUBLIC, refuse_dangerous_settings

GOOD_KEY = "n0tGu3ss4ble-7QmVx2LwZr9TkYp5HsBd8FgJc1NaEuXo6RiKvM4"


@pytest.fixture
def public(settings):
    """Settings as they should be in public, to spoil one of."""
    settings.IS_PUBLIC = True
    settings.SECRET_KEY = GOOD_KEY
    settings.ALLOWED_HOSTS = ["www.example.org"]
    return settings


def found() -> list[str]:
    return [message.id for message in run_checks(tags=[PUBLIC])]


def test_good_settings_pass(public):
    assert found() == []
    refuse_dangerous_settings()


@pytest.mark.parametrize(
    "key",
    ["short", "a" * 80, "django-insecure-" + GOOD_KEY, "changeme" * 10, "Change-me-" + GOOD_KEY],
)
def test_a_key_that_can_be_guessed_is_refused(public, key):
    public.SECRET_KEY = key
    assert found() == ["lihsite.E001"]
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY") as refusal:
        refuse_dangerous_settings()
    assert key not in str(refusal.value)


def test_an_earlier_key_that_can_be_guessed_is_refused_too(public):
    public.SECRET_KEY_FALLBACKS = [GOOD_KEY[::-1], "changeme" * 10]
    with pytest.raises(ImproperlyConfigured, match="SECRET_KEY_FALLBACKS"):
        refuse_dangerous_settings()


@pytest.mark.parametrize(
    ("name", "value", "variable"),
    [
        ("REDIS_URL", "redis://:changeme@cache.example.org:6379/0", "REDIS_URL"),
        ("EMAIL_HOST_PASSWORD", "Password", "EMAIL_HOST_PASSWORD"),
        ("MACHINE_TRANSLATION_KEY", "secret", "MACHINE_TRANSLATION_KEY"),
        (
            "OIDC",
            {"issuer": "https://id.example.org", "client_id": "site", "client_secret": "changeme"},
            "OIDC_CLIENT_SECRET",
        ),
        ("BACKUP_KEY", "Secret", "BACKUP_KEY"),
        (
            "BACKUP_S3",
            {**configured.BACKUP_S3, "aws_secret_access_key": "minioadmin"},
            "BACKUP_S3_SECRET_KEY",
        ),
        (
            "WAGTAILFRONTENDCACHE",
            {
                "cloudflare": {
                    "BACKEND": "wagtail.contrib.frontend_cache.backends.CloudflareBackend",
                    "ZONEID": "zone",
                    "BEARER_TOKEN": "example",
                }
            },
            "CLOUDFLARE_TOKEN",
        ),
        (
            "STORAGES",
            {
                **configured.STORAGES,
                "default": {
                    "BACKEND": "storages.backends.s3.S3Storage",
                    "OPTIONS": {"secret_key": "minioadmin"},
                },
            },
            "MEDIA_S3_SECRET_KEY",
        ),
    ],
)
def test_a_password_of_an_example_is_refused(public, name, value, variable):
    setattr(public, name, value)
    assert found() == ["lihsite.E010"]
    with pytest.raises(ImproperlyConfigured, match=variable):
        refuse_dangerous_settings()


def test_a_database_password_of_an_example_is_refused(public, monkeypatch):
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", "postgres")
    assert "lihsite.E010" in found()
    monkeypatch.setitem(connection.settings_dict, "PASSWORD", GOOD_KEY)
    assert "lihsite.E010" not in found()


def test_every_host_is_refused(public):
    public.ALLOWED_HOSTS = ["www.example.org", "*"]
    assert found() == ["lihsite.E002"]


def test_debugging_is_refused(public):
    public.DEBUG = True
    assert found() == ["lihsite.E003"]


@pytest.mark.parametrize(
    ("host", "redis", "expected"),
    [
        ("db.example.org", "", ["lihsite.W001"]),
        ("10.0.0.5", "", ["lihsite.W001"]),
        ("10.0.0.5", "redis://10.0.0.6", []),
        ("127.0.0.1", "", []),
        ("/run/postgresql", "", []),
    ],
)
def test_several_machines_are_told_what_they_need(public, monkeypatch, host, redis, expected):
    public.REDIS_URL, public.PAGE_CACHE_BYTES = redis, 1_000_000
    monkeypatch.setattr(connection, "vendor", "postgresql")
    monkeypatch.setitem(connection.settings_dict, "HOST", host)
    assert found() == expected


def test_a_developers_machine_is_left_alone(settings):
    settings.DEBUG, settings.ALLOWED_HOSTS = True, ["*"]
    assert found() == []


@pytest.mark.server
@pytest.mark.parametrize("key", [None, "changeme"])
def test_the_server_does_not_start_without_a_secret_of_its_own(tmp_path, key):
    environment = {
        **{name: value for name, value in os.environ.items() if name != "SECRET_KEY"},
        "DJANGO_SETTINGS_MODULE": "lihsite.settings.production",
        "ALLOWED_HOSTS": "www.example.org",
        "VAR_DIR": str(tmp_path),
        **({"SECRET_KEY": key} if key else {}),
    }
    result = subprocess.run(
        [sys.executable, "-c", "import lihsite.wsgi"],
        cwd=configured.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
    )
    assert result.returncode == 1
    assert "SECRET_KEY" in result.stderr.splitlines()[-1]
