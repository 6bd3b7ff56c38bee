"""Settings with which the site must not be served to the public: Django's checks name them.

The server asks for them as it starts (`refuse_dangerous_settings`), because it runs no checks by
itself; `manage.py check` and `migrate` show them too.
"""

from ipaddress import ip_address
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import Error, Warning, register, run_checks
from django.core.exceptions import ImproperlyConfigured
from django.db import connection

PUBLIC = "public"
"""The tag of these checks."""

SHORTEST_KEY = 50
FEWEST_CHARACTERS = 10
KNOWN_KEYS = (
    "django-insecure",
    "development",
    "test",
    "secret",
    "changeme",
    "change-me",
    "example",
)
"""How keys begin that stand in examples."""
KNOWN_PASSWORDS = {
    *("admin", "change-me", "changeme", "default", "example", "lihsite", "minioadmin", "pass"),
    *("password", "postgres", "redis", "root", "secret", "test", "valkey"),
}


def refuse_dangerous_settings() -> None:
    """Raises ImproperlyConfigured with what is wrong and what to do."""
    errors = [error for error in run_checks(tags=[PUBLIC]) if error.is_serious()]
    if errors:
        raise ImproperlyConfigured(" ".join(f"{error.msg} {error.hint}" for error in errors))


@register(PUBLIC)
def check_secret_key(app_configs, **kwargs) -> list:
    if not settings.IS_PUBLIC:
        return []
    keys = {
        "SECRET_KEY": [settings.SECRET_KEY],
        "SECRET_KEY_FALLBACKS": settings.SECRET_KEY_FALLBACKS,
    }
    return [
        Error(
            f"{name} can be guessed: who knows it can sign in as anybody.",
            hint="Set it to the output of `python -c 'import secrets; print("
            "secrets.token_urlsafe(64))'`, and keep it to yourself.",
            id="lihsite.E001",
        )
        for name, values in keys.items()
        if any(can_be_guessed(key) for key in values)
    ]


def can_be_guessed(key: str) -> bool:
    is_weak = len(key) < SHORTEST_KEY or len(set(key)) < FEWEST_CHARACTERS
    return is_weak or key.lower().startswith(KNOWN_KEYS)


@register(PUBLIC)
def check_other_secrets(app_configs, **kwargs) -> list:
    """Passwords and keys of what the site uses, where they are set at all."""
    used = {
        "DATABASE_URL": connection.settings_dict.get("PASSWORD"),
        "REDIS_URL": urlsplit(settings.REDIS_URL).password,
        "EMAIL_HOST_PASSWORD": settings.EMAIL_HOST_PASSWORD,
        "MEDIA_S3_SECRET_KEY": settings.STORAGES["default"].get("OPTIONS", {}).get("secret_key"),
        "MACHINE_TRANSLATION_KEY": settings.MACHINE_TRANSLATION_KEY,
        "OIDC_CLIENT_SECRET": (settings.OIDC or {}).get("client_secret"),
        "BACKUP_KEY": settings.BACKUP_KEY,
        "BACKUP_S3_SECRET_KEY": settings.BACKUP_S3["aws_secret_access_key"],
        "CLOUDFLARE_TOKEN": settings.WAGTAILFRONTENDCACHE.get("cloudflare", {}).get("BEARER_TOKEN"),
    }
    if not settings.IS_PUBLIC:
        return []
    return [
        Error(
            f"{name} has a password that stands in examples.",
            hint="Choose one that nobody guesses, there and in the environment.",
            id="lihsite.E010",
        )
        for name, secret in used.items()
        if secret and secret.lower() in KNOWN_PASSWORDS
    ]


@register(PUBLIC)
def check_hosts(app_configs, **kwargs) -> list:
    if not settings.IS_PUBLIC or not {"*", "."} & set(settings.ALLOWED_HOSTS):
        return []
    return [
        Error(
            "ALLOWED_HOSTS allows every name: visitors could be sent links to another site.",
            hint="Name the site's own hosts.",
            id="lihsite.E002",
        )
    ]


@register(PUBLIC)
def check_debugging(app_configs, **kwargs) -> list:
    if not (settings.IS_PUBLIC and settings.DEBUG):
        return []
    return [
        Error(
            "DEBUG is on: errors would show settings and data to whoever meets them.",
            hint="Use lihsite.settings.production as it is.",
            id="lihsite.E003",
        )
    ]


@register(PUBLIC)
def check_shared_state(app_configs, **kwargs) -> list:
    """A database on another machine is a sign of several; they need Redis to hear of each other."""
    host = connection.settings_dict.get("HOST", "")
    if not settings.IS_PUBLIC or settings.REDIS_URL or not settings.PAGE_CACHE_BYTES:
        return []
    if connection.vendor == "sqlite" or is_here(host):
        return []
    return [
        Warning(
            "The database is on another machine, and REDIS_URL is not set: if several machines "
            "serve the site, each shows old pages for up to ten minutes.",
            hint="Set REDIS_URL, or PAGE_CACHE_MEGABYTES=0.",
            id="lihsite.W001",
        )
    ]


def is_here(host: str) -> bool:
    """Whether a database host is this machine: a socket, or the loopback interface."""
    if not host or host.startswith("/") or host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False
