"""The base page of the site: one row holds all languages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.http import Http404
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageManager, Site
from wagtail.models.pages import AbstractPageMeta
from wagtail.query import PageQuerySet
from wagtail.search import index

from lihsite.multilingual import addresses
from lihsite.multilingual.languages import (
    DEFAULT_LANGUAGE,
    active_language,
    column,
    language_codes,
    language_name,
)
from lihsite.multilingual.querysets import SourceLanguageQuerySet
from lihsite.multilingual.shown import Shown, first_language


class BasePageQuerySet(SourceLanguageQuerySet, PageQuerySet):
    """Plain field names are the source language's; `live_in` asks for what visitors get."""

    def live_in(self, language: str):
        """The pages that visitors get in the language itself, without fallback."""
        return self.live().filter(**{column("live_in", language): True})


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


class BasePage(AbstractPage, DefaultBasePageMixin):
    """Title, slug, address and metadata in each language, and which languages are live."""

    summary = models.TextField(
        verbose_name=_("summary"),
        blank=True,
        help_text=_("One or two sentences, shown at the head of the page and in lists."),
    )
    source_language = models.CharField(
        verbose_name=_("source language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=DEFAULT_LANGUAGE,
        help_text=_("The language that the page is written in; fixed once it was published."),
    )
    live_in = models.BooleanField(
        verbose_name=_("live"),
        default=False,
        help_text=_("Whether visitors get the page in this language once it is published."),
    )
    translation_sources = models.JSONField(default=dict, editable=False, blank=True)
    """For each language, the hash of the source text that each segment was translated from."""

    objects = BasePageManager()

    class Meta(AbstractPageMeta):
        pass
