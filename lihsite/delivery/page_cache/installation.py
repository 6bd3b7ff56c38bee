"""Puts the cache before the site as the settings say, and lets it follow what is written."""

from functools import cache

from django.conf import settings
from redis import Redis

from lihsite.background.workers import crew_starting
from lihsite.settings.cache import PATIENCE

from .application import PageCache
from .middleware import KEPT
from .stores import MemoryStore, SharedStore
from .tokens import FileToken, RedisToken
from .writes import watch_writes


@cache
def redis() -> Redis:
    return Redis.from_url(
        settings.REDIS_URL, socket_connect_timeout=PATIENCE, socket_timeout=PATIENCE
    )


@cache
def content_token() -> FileToken | RedisToken:
    """The token of this process; asked for only once it is needed."""
    if settings.REDIS_URL:
        return RedisToken(redis())
    return FileToken(settings.CONTENT_TOKEN_FILE)


def follow_writes() -> None:
    """Let every change of the content that this process commits be known to all processes."""
    if settings.PAGE_CACHE_BYTES:
        watch_writes(lambda withdraws: content_token().change(withdraws=withdraws))
        crew_starting.connect(begin_anew)


def begin_anew(**sent) -> None:
    """What was kept before this process began counts for nothing: another one may have been killed
    between a commit and the word of it.
    """
    content_token().change(withdraws=True)


def with_page_cache(application, count_visit):
    """The site with the cache before it, if there is one."""
    size = settings.PAGE_CACHE_BYTES
    if not size:
        return application
    begin_anew()
    store = (
        SharedStore(size, redis(), int(KEPT.total_seconds()))
        if settings.REDIS_URL
        else MemoryStore(size)
    )
    return PageCache(application, content_token(), store, count_visit)
