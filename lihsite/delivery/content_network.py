"""Tells the caches of a content delivery network which addresses show something else.

Nothing is told where `WAGTAILFRONTENDCACHE` is empty. What nobody tells of, such as a text that
names the page, is out of date there for eleven minutes at most: `AT_CDN`, and then
`AT_CDN_WHILE_ASKING` (`page_cache.middleware`).

The addresses are found within the request that makes the change, as a page may be gone later; that
takes the longer the more pages there are: all of a site for its settings. The caches are told by a
task of Wagtail's; where no worker does tasks, the request waits for it too.
"""

from functools import cache

from django.apps import apps
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.db import models, transaction
from django.db.models import Q
from django.db.models.signals import post_delete, post_save, pre_delete
from django.dispatch import receiver
from wagtail.contrib.frontend_cache.utils import purge_urls_from_cache
from wagtail.models import PageViewRestriction, ReferenceIndex, get_page_models
from wagtail.signals import page_published, page_unpublished, post_page_move

from lihsite.multilingual.languages import addresses_in, language_codes
from lihsite.pages.base_page import BasePage
from lihsite.pages.deleting import goes_with_page, page_restored
from lihsite.pages.site_settings import InstituteSettings


@receiver(page_published)
@receiver(page_unpublished)
def tell_of_page(sender, instance, **kwargs):
    tell(with_those_above([instance.path]))


@receiver(post_page_move)
def tell_of_move(sender, instance, **kwargs):
    tell(with_all_around([instance.path]))


@receiver(page_restored)
def tell_of_restoration(sender, page, **kwargs):
    tell(with_all_around([page.path]))


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def tell_of_privacy(sender, instance, origin=None, **kwargs):
    """Of all that the restriction holds for: aliases are private with their original."""
    if not settings.WAGTAILFRONTENDCACHE or goes_with_page(origin):
        return
    private = BasePage.objects.filter(Q(pk=instance.page_id) | Q(alias_of=instance.page_id))
    tell(with_all_around(list(private.values_list("path", flat=True))))


@receiver(post_save)
@receiver(pre_delete)
def tell_of_object(sender, instance, raw=False, update_fields=None, origin=None, **kwargs):
    """Of the pages that show what is no page: because they refer to it, or below their address.

    Of what is deleted before it is, as nothing refers to it afterwards.
    """
    if not settings.WAGTAILFRONTENDCACHE or raw or not may_be_shown(sender):
        return
    # A revision is kept after the save that is told of already.
    if goes_with_page(origin) or update_fields == {"latest_revision"}:
        return
    lists = [
        model
        for model in get_page_models()
        if model.model_below and isinstance(instance, model.model_below)
    ]
    shown_on = Q(pk__in=pages_that_refer_to(instance)) | BasePage.objects.exact_type_q(*lists)
    paths = list(BasePage.objects.filter(shown_on, live=True).values_list("path", flat=True))
    if paths:
        tell(with_those_above(paths))


@receiver(post_save, sender=InstituteSettings)
def tell_of_settings(sender, instance, raw=False, **kwargs):
    """Of all pages of the site: each shows them."""
    if settings.WAGTAILFRONTENDCACHE and not raw:
        root = instance.site.root_page
        tell(BasePage.objects.live().filter(path__startswith=root.path))


@cache
def may_be_shown(model: type[models.Model]) -> bool:
    """Whether the model is one of no page, and not of a migration: the index may not be there."""
    return model._meta.apps is apps and not issubclass(model, BasePage)


def pages_that_refer_to(instance) -> set[str]:
    """The keys of the pages that refer to an object, or to another one that refers to it."""
    page_type = ContentType.objects.get_for_model(BasePage).pk
    known = set()
    waiting = [ReferenceIndex.get_references_to(instance)]
    for references in waiting:
        referring = references.values_list("base_content_type", "object_id")
        for content_type, key in set(referring) - known:
            known.add((content_type, key))
            if content_type != page_type:
                waiting.append(
                    ReferenceIndex.objects.filter(to_content_type=content_type, to_object_id=key)
                )
    return {key for content_type, key in known if content_type == page_type}


def with_those_above(paths: list[str]) -> models.QuerySet:
    """The pages, and those above them, which list them."""
    return BasePage.objects.filter(path__in=lineage(paths))


def with_all_around(paths: list[str]) -> models.QuerySet:
    """The pages, all below them and those above."""
    wanted = Q(path__in=lineage(paths))
    for path in paths:
        wanted |= Q(path__startswith=path)
    return BasePage.objects.filter(wanted)


def lineage(paths: list[str]) -> set[str]:
    step = BasePage.steplen
    return {path[:end] for path in paths for end in range(step, len(path) + 1, step)}


def tell(pages) -> None:
    """Once the transaction is over: before that, what is out of date could be fetched again."""
    if settings.WAGTAILFRONTENDCACHE:
        addresses = addresses_of(pages)
        transaction.on_commit(lambda: purge_urls_from_cache(addresses))


def addresses_of(pages) -> list[str]:
    """Absolute, in every language, with what each page answers below its own address."""
    found = []
    # What a page says is not needed, only what type it is of.
    for page in pages.specific(defer=True).iterator():
        for language in language_codes():
            with addresses_in(language):
                if url := page.get_full_url():
                    found += [url, *(url + route for route in page.get_routes_below())]
    return found
