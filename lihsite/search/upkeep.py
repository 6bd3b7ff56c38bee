"""Keeps the index right at once, in the transaction of the change itself."""

from functools import cache

from django.db import models, transaction
from django.db.models.signals import post_delete, post_save
from django.dispatch import receiver
from wagtail.fields import RichTextField, StreamField
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    ReferenceIndex,
)
from wagtail.signals import page_published, page_unpublished, post_page_move

from lihsite.media.documents import Document
from lihsite.pages.base_page import BasePage
from lihsite.pages.deleting import goes_with_page, page_restored

from .document_hours import date_documents
from .index import index_all, index_object, remove_object
from .sources import source_of, sources


def index_page(page) -> None:
    page = page.specific
    source = source_of(type(page))
    if source:
        index_object(source, page)
    index_shown_below(type(page))


def index_shown_below(model: type[models.Model]) -> None:
    """For what decides over objects that have no publication of their own."""
    for source in sources():
        if source.shown_below is model:
            index_all(source)


def index_subtree(page) -> None:
    """For what decides over all pages below one: whether they are private."""
    for below in BasePage.objects.filter(path__startswith=page.path).specific().iterator(100):
        index_page(below)


@receiver(page_published)
@receiver(page_unpublished)
def follow_publication(sender, instance, **kwargs):
    index_page(instance)
    date_documents(shown_on=instance)


@receiver(post_page_move)
def follow_move(sender, instance, **kwargs):
    if PageViewRestriction.objects.exists():
        index_subtree(instance)
        date_documents()


@receiver(post_save, sender=PageViewRestriction)
@receiver(post_delete, sender=PageViewRestriction)
def follow_privacy(sender, instance, origin=None, **kwargs):
    if goes_with_page(origin):
        return
    page = BasePage.objects.filter(pk=instance.page_id).first()
    if page:
        index_subtree(page)
        date_documents()


@receiver(post_save, sender=CollectionViewRestriction)
@receiver(post_delete, sender=CollectionViewRestriction)
def follow_privacy_of_collection(sender, instance, **kwargs):
    index_documents_in(instance.collection)


@receiver(post_save, sender=Collection)
def follow_move_of_collection(sender, instance, created, raw, **kwargs):
    """Wagtail's form saves a collection and then moves it, of which nobody hears by itself."""
    if not (created or raw) and CollectionViewRestriction.objects.exists():

        def index_moved():
            if moved := Collection.objects.filter(pk=instance.pk).first():
                index_documents_in(moved)

        transaction.on_commit(index_moved, robust=True)


def index_documents_in(collection: Collection) -> None:
    """For what decides over all documents in a collection and those below: are they private?"""
    documents = Document.objects.filter(
        collection__in=collection.get_descendants(inclusive=True)
    ).select_related("version_of")
    for original in {source_of(Document).subject(document) for document in documents}:
        index_object(source_of(Document), original)


@receiver(post_save)
def follow_save(sender, instance, raw=False, **kwargs):
    """Index what has no publication of its own, and the pages that name it."""
    source = source_of(sender)
    if may_show_documents(sender) and not raw:
        # What Wagtail keeps of references is right only once all have heard of the save.
        transaction.on_commit(date_documents, robust=True)
    if source is None or raw or isinstance(instance, BasePage):
        return
    index_object(source, source.subject(instance))
    for reference in ReferenceIndex.get_references_to(instance).distinct():
        model = reference.base_content_type.model_class()
        if issubclass(model, BasePage):
            page = BasePage.objects.filter(pk=reference.object_id).first()
            if page:
                index_page(page)


@receiver(post_delete)
def follow_deletion(sender, instance, **kwargs):
    index_shown_below(sender)
    source = source_of(sender)
    if source is None:
        return
    remove_object(sender, instance.pk)
    subject = source.subject(instance)
    if subject is not instance:
        index_object(source, subject)


@receiver(post_delete, sender=BasePage)
def follow_deletion_of_page(sender, instance, **kwargs):
    date_documents()


@receiver(page_restored)
def follow_restoration(sender, page, referring, **kwargs):
    """Pages that name a topic are found by it again."""
    index_subtree(page)
    for other in referring:
        if isinstance(other, BasePage):
            index_page(other)
    date_documents()


@cache
def may_show_documents(model: type[models.Model]) -> bool:
    """Whether objects of the model, which are no pages, have texts that may lead to documents."""
    texts = (StreamField, RichTextField)
    return not issubclass(model, BasePage) and any(
        isinstance(field, texts) for field in model._meta.get_fields()
    )
