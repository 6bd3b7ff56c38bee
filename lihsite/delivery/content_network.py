"""Tells the caches of a content delivery network which addresses show something else.

Nothing is told where `WAGTAILFRONTENDCACHE` is empty. What nobody tells of, such as a text that
names the page, is out of date there for a minute at most (`page_cache.middleware.AT_CDN`).
"""

from django.conf import settings
from django.db import transaction
from django.dispatch import receiver
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache
from wagtail.signals import page_published, page_unpublished, post_page_move

from lihsite.multilingual.languages import addresses_in, language_codes
from lihsite.pages.base_page import BasePage
from lihsite.pages.deleting import page_restored


@receiver(page_published)
@receiver(page_unpublished)
def tell_of_page(sender, instance, **kwargs):
    """Of the page, and of those above it, which list it."""
    tell(instance.get_ancestors(inclusive=True))


@receiver(post_page_move)
def tell_of_move(sender, instance, **kwargs):
    tell(BasePage.objects.filter(path__startswith=instance.path))
    tell(instance.get_ancestors())


@receiver(page_restored)
def tell_of_restoration(sender, page, **kwargs):
    tell(BasePage.objects.filter(path__startswith=page.path))
    tell(page.get_ancestors())


def tell(pages) -> None:
    """Once the transaction is over: before that, what is out of date could be fetched again."""
    if settings.WAGTAILFRONTENDCACHE:
        addresses = addresses_of(pages)
        transaction.on_commit(lambda: purge_urls_from_cache(addresses))


def addresses_of(pages) -> list[str]:
    """Absolute, in every language, with what each page answers below its own address."""
    found = []
    for page in pages.specific():
        for language in language_codes():
            with addresses_in(language):
                if url := page.get_full_url():
                    found += [url, *(url + route for route in page.get_routes_below())]
    return found
