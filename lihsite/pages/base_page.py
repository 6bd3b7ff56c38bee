"""The base page of the site: one row holds all languages."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.models import AbstractPage, DefaultBasePageMixin, PageManager
from wagtail.models.pages import AbstractPageMeta
from wagtail.query import PageQuerySet
from wagtail.search import index

from lihsite.media.pictures import SOCIAL_ROLE
from lihsite.multilingual.languages import DEFAULT_LANGUAGE, column, language_codes
from lihsite.multilingual.querysets import SourceLanguageQuerySet
from lihsite.pages import embargo
from lihsite.pages.copy_form import MultilingualCopyForm
from lihsite.pages.deleting import TellingDeletionMixin
from lihsite.pages.forms import MultilingualPageForm
from lihsite.pages.panels import PROMOTE_PANELS, SETTINGS_PANELS, page_edit_handler
from lihsite.pages.picture_sizes import PicturesMixin
from lihsite.pages.routing import RoutingMixin
from lihsite.pages.showing import ShowingMixin
from lihsite.pages.social_cards import SocialCardMixin
from lihsite.pages.storing import StoringMixin
from lihsite.privacy import restriction_exists


class BasePageQuerySet(TellingDeletionMixin, SourceLanguageQuerySet, PageQuerySet):
    """Plain field names are the source language's; `live_in` asks for what visitors get."""

    def live_in(self, language: str):
        """The pages that visitors get in the language itself, without fallback."""
        return self.live().filter(embargo.is_over(), **{column("live_in", language): True})

    def live_in_any(self):
        """The pages that visitors get at all: in their language, or as a fallback in another.

        Private pages, and those below them, are left out, as are those under embargo: lists are
        for everybody.
        """
        some = Q()
        for language in language_codes():
            some |= Q(**{column("live_in", language): True})
        return self.live().filter(some, embargo.is_over()).exclude(restriction_exists())


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


def translated_search_fields(*names: str, boost: float = 1.0) -> list[index.BaseField]:
    """A `SearchField` for each language column, so that the index is the same in every admin."""
    return [
        index.SearchField(column(name, language), boost=boost)
        for name in names
        for language in language_codes()
    ]


def without_plain_title(fields):
    """Wagtail's own search fields less those that would index the source title a second time."""
    return [
        field
        for field in fields
        if field.field_name != "title" or isinstance(field, index.FilterField)
    ]


class BasePage(
    StoringMixin,
    RoutingMixin,
    ShowingMixin,
    PicturesMixin,
    SocialCardMixin,
    embargo.EmbargoMixin,
    AbstractPage,
    DefaultBasePageMixin,
):
    """Title, slug, address and metadata in each language, and which languages are live.

    A plain attribute (`page.title`) is the source language's, in whatever language the admin or the
    visitor is; `page.title_fr` names a language, and `page.shown` is what a visitor gets.
    """

    summary = models.TextField(
        verbose_name=_("summary"),
        blank=True,
        help_text=_("One or two sentences, shown at the head of the page and in lists."),
    )
    social_image = models.ForeignKey(
        "lihsite.Image",
        verbose_name=_("social image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where the page is shared; 1200 by 630 pixels or more."),
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
    machine_translations = models.JSONField(default=dict, editable=False, blank=True)
    """For each language, the hash of what a machine wrote into a segment: see `machine_marks`."""

    objects = BasePageManager()

    translated_panels: list[str] = []
    """The page type's own translated fields, in the order of the edit form."""
    shared_panels: list = []
    """Panels of the fields that have one value for all languages."""
    promote_panels = PROMOTE_PANELS
    settings_panels = SETTINGS_PANELS
    page_form_class = MultilingualPageForm
    picture_roles = {"social_image": (SOCIAL_ROLE,)}
    copy_form_class = MultilingualCopyForm
    required_to_publish: list[str] = ["title"]
    """The translated fields that a language must have before it goes live."""

    search_fields = [
        *without_plain_title(AbstractPage.search_fields),
        *DefaultBasePageMixin.search_fields,
        *translated_search_fields("title", boost=2),
        *(index.AutocompleteField(column("title", code)) for code in language_codes()),
        index.FilterField("source_language"),
    ]

    class Meta(AbstractPageMeta):
        indexes = [
            # The children of a page, without reading its other descendants.
            models.Index(fields=["depth", "path"], name="page_by_depth"),
            # How many pages visitors get, without reading them; the path is what a restriction
            # of view is known by.
            models.Index(
                fields=[
                    "live",
                    *(column("live_in", code) for code in language_codes()),
                    "embargo",
                    "path",
                ],
                name="page_by_liveness",
            ),
        ]

    @classproperty
    def edit_handler(cls):
        return page_edit_handler(cls)
