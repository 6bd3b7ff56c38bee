"""Has the pages that are read most made anew after a publication, before visitors ask for them.

They are asked for as a visitor would, so they are kept by whichever process answers, and for all
where Redis is shared. Who asks is a program, and not counted as a visitor.
"""

import logging
from datetime import timedelta
from urllib.parse import urlsplit

import requests
from django.conf import settings
from django.db.models import Sum
from django.dispatch import receiver
from django.utils import timezone
from django_tasks import TaskResultStatus, task
from django_tasks_db.models import DBTaskResult
from wagtail.signals import page_published, page_unpublished

from lihsite.background.queues import enqueue_with_commit
from lihsite.models import BasePage
from lihsite.multilingual.languages import addresses_in

from .models import PageVisits

logger = logging.getLogger(__name__)

DAYS = 7
"""The days whose visits say which pages are read most."""

PATIENCE = 10
"""Seconds that a page may take."""

AGENT = "lihsite warming bot"


@receiver(page_published)
@receiver(page_unpublished)
def warm_after_publication(sender, instance, **kwargs) -> None:
    """Once for many publications at a time: what waits comes after all of them."""
    if not settings.WARMED_PAGES:
        return
    waiting = DBTaskResult.objects.filter(
        task_path=warm_pages.module_path, status=TaskResultStatus.READY
    )
    if not waiting.exists():
        enqueue_with_commit(warm_pages)


@task
def warm_pages() -> int:
    """Ask for the `WARMED_PAGES` pages that are read most; returns how many were answered.

    Nobody misses a page that was not: its next visitor waits for it.
    """
    answered = 0
    with requests.Session() as session:
        session.headers["User-Agent"] = AGENT
        session.headers["Accept-Encoding"] = "br, gzip"
        for path in most_read(settings.WARMED_PAGES):
            try:
                answer = session.get(settings.WARMING_URL + path, timeout=PATIENCE)
            except requests.RequestException as error:
                logger.warning("Pages were not made ahead of visitors: %s", type(error).__name__)
                break
            answered += answer.ok
    return answered


def most_read(number: int) -> list[str]:
    """The paths of so many pages in a language, those that are read most first."""
    first = timezone.localdate() - timedelta(days=DAYS)
    counted = (
        PageVisits.objects.filter(day__gt=first, page__live=True)
        .values_list("page", "language")
        .annotate(visits=Sum("count"))
        .order_by("-visits", "page", "language")[:number]
    )
    chosen = [(page, language) for page, language, _visits in counted]
    pages = BasePage.objects.specific().in_bulk({page for page, _language in chosen})
    paths = []
    for page, language in chosen:
        with addresses_in(language):
            if url := pages[page].get_url():
                paths.append(urlsplit(url).path)
    return paths
