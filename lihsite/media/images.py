"""The picture model."""

import logging
import os
import secrets

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _
from taggit.managers import TaggableManager
from wagtail.images.models import (
    AbstractImage,
    AbstractRendition,
    SourceImageIOError,
    WagtailImageField,
    WagtailImageFieldFile,
    get_upload_to,
)

from lihsite.multilingual.shown import shown_text
from lihsite.multilingual.tracking import TrackedTexts

from .hidden_data import without_hidden_data
from .querysets import ImageQuerySet
from .translated_fields import translated_form_fields, translated_search_fields
from .versions import LanguageVersions

logger = logging.getLogger(__name__)

LONGEST_STEM = 60
"""The characters of an uploaded file's name that its address keeps."""


class PictureFile(WagtailImageFieldFile):
    """The file of a picture, which is stored without hidden data, by whatever way it comes."""

    def save(self, name, content, save=True):
        """Raises OSError, SyntaxError or ValueError for what is no whole picture."""
        super().save(name, without_hidden_data(content), save)


class PictureField(WagtailImageField):
    """Wagtail's; to migrations it is Wagtail's, since the column is the same."""

    attr_class = PictureFile

    def deconstruct(self):
        name, _path, args, kwargs = super().deconstruct()
        return name, "wagtail.images.models.WagtailImageField", args, kwargs


class Image(TrackedTexts, LanguageVersions, AbstractImage):
    """A picture with title, alternative text and credit in each language.

    `description` is the alternative text: Wagtail's upload forms and choosers know it by this
    name. Plain field names mean the default language, as everywhere.
    """

    file = PictureField(
        verbose_name=_("file"),
        upload_to=get_upload_to,
        width_field="width",
        height_field="height",
    )
    description = models.CharField(
        verbose_name=_("alternative text"),
        max_length=255,
        blank=True,
        default="",
        help_text=_("What the picture shows, for those who do not see it."),
    )
    credit = models.CharField(
        verbose_name=_("credit"),
        max_length=255,
        blank=True,
        help_text=_("Who made the picture, and its licence."),
    )

    # Declared again for names of their own: Wagtail's default model has the same class name.
    uploaded_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("uploaded by user"),
        null=True,
        blank=True,
        editable=False,
        on_delete=models.SET_NULL,
        related_name="uploaded_images",
    )
    uploaded_by_user.wagtail_reference_index_ignore = True
    tags = TaggableManager(
        verbose_name=_("tags"), help_text=None, blank=True, related_name="tagged_images"
    )

    objects = ImageQuerySet.as_manager()

    search_fields = AbstractImage.search_fields + translated_search_fields("title", "description")

    admin_form_fields = (
        "file",
        *translated_form_fields("title", "description", "credit"),
        "language",
        "version_of",
        "collection",
        "tags",
        "focal_point_x",
        "focal_point_y",
        "focal_point_width",
        "focal_point_height",
    )

    class Meta(AbstractImage.Meta):
        verbose_name = _("image")
        verbose_name_plural = _("images")
        permissions = [("choose_image", "Can choose image")]
        constraints = [
            models.UniqueConstraint(
                fields=["version_of", "language"], name="one_image_version_a_language"
            )
        ]

    def get_upload_to(self, filename):
        """Wagtail's, with letters that nobody guesses.

        Whoever knows the address of a picture gets it: that of a page under embargo must not be
        told from what the picture may be called.
        """
        stem, suffix = os.path.splitext(filename)
        return super().get_upload_to(f"{stem[:LONGEST_STEM]}-{secrets.token_hex(5)}{suffix}")

    def generate_rendition_file(self, filter, **options):
        """Wagtail's. Raises `SourceImageIOError` too if no such rendition can be encoded.

        Whatever shows pictures knows how to go on without one then.
        """
        try:
            return super().generate_rendition_file(filter, **options)
        except SourceImageIOError:
            raise
        except (OSError, ValueError) as error:
            logger.warning("No %s could be made of image %s: %s", filter.spec, self.pk, error)
            raise SourceImageIOError(str(error)) from error

    @property
    def alternative_text(self):
        """The alternative text for a visitor, with its `lang`; read `.description`."""
        return shown_text(self, "description")

    @property
    def credited(self):
        """The credit for a visitor, with its `lang`; read `.credit`."""
        return shown_text(self, "credit")


class Rendition(AbstractRendition):
    """A picture cut and converted for a place on a page."""

    image = models.ForeignKey(Image, related_name="renditions", on_delete=models.CASCADE)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["image", "filter_spec", "focal_point_key"], name="unique_rendition"
            )
        ]

    def __str__(self):
        return f"{self.image_id} {self.filter_spec}"
