"""Where things are kept ready: on one machine in files, for several in Redis or Valkey.

`REDIS_URL` names it, such as `redis://cache.example.org:6379/0`. An outage is none: what is not
kept is made anew. Sessions are in the database alone: whoever signed out while Redis did not hear
of it would be signed in again by the copy there.

Caches in front of the site hear of changes: `PURGE_URL` is the address of one that understands
`PURGE` (Varnish, nginx, Squid); `CLOUDFLARE_ZONE` with `CLOUDFLARE_TOKEN`, or
`CLOUDFRONT_DISTRIBUTION` (which needs boto3 and its own variables), name a network.
"""

from pathlib import Path

RENDITIONS = {"BACKEND": "django.core.cache.backends.dummy.DummyCache"}
"""A page fetches its renditions by one query; Wagtail would write each to a cache at each visit."""

PATIENCE = 0.5
"""Seconds for which Redis may keep a request waiting before it counts as away."""


def caches(redis_url: str, folder: Path) -> dict:
    """Django's `CACHES`."""
    if not redis_url:
        # Shared by all processes of the machine.
        files = {
            "BACKEND": "django.core.cache.backends.filebased.FileBasedCache",
            "LOCATION": folder / "cache",
        }
        return {"default": files, "renditions": RENDITIONS}
    redis = {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": redis_url,
        "OPTIONS": {
            "SOCKET_CONNECT_TIMEOUT": PATIENCE,
            "SOCKET_TIMEOUT": PATIENCE,
            "IGNORE_EXCEPTIONS": True,
        },
    }
    return {"default": redis, "renditions": RENDITIONS}


def frontend_caches(env) -> dict:
    """Wagtail's `WAGTAILFRONTENDCACHE`."""
    backends = "wagtail.contrib.frontend_cache.backends"
    found = {}
    if location := env.str("PURGE_URL", default=""):
        found["http"] = {"BACKEND": f"{backends}.HTTPBackend", "LOCATION": location}
    if zone := env.str("CLOUDFLARE_ZONE", default=""):
        found["cloudflare"] = {
            "BACKEND": f"{backends}.CloudflareBackend",
            "ZONEID": zone,
            "BEARER_TOKEN": env.str("CLOUDFLARE_TOKEN"),
        }
    if distribution := env.str("CLOUDFRONT_DISTRIBUTION", default=""):
        found["cloudfront"] = {
            "BACKEND": f"{backends}.CloudfrontBackend",
            "DISTRIBUTION_ID": distribution,
        }
    return found
