"""Versions of a picture or document in other languages."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lihsite.multilingual.languages import active_language


class LanguageVersions(models.Model):
    """A picture or document with text in it, and its versions in other languages.

    A version is an entry of the library in its own right that names the entry it stands for, so
    that renditions, focal points, download addresses, collections and usage work for it as for
    any other. Bodies refer to the original only; visitors get the version in their language. A new
    language needs no column.
    """

    language = models.CharField(
        verbose_name=_("language of its text"),
        max_length=10,
        choices=settings.LANGUAGES,
        blank=True,
        help_text=_("The language of the text inside the file; empty if there is no text in it."),
    )
    version_of = models.ForeignKey(
        "self",
        verbose_name=_("version of"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="versions",
        help_text=_("The original that this file stands for where its language is read."),
    )

    class Meta:
        abstract = True

    def clean(self):
        super().clean()
        if self.version_of_id is None:
            self._check_original()
            return
        if self.version_of_id == self.pk:
            raise ValidationError({"version_of": _("A file cannot be a version of itself.")})
        if not self.language:
            raise ValidationError({"language": _("Say in which language this version is.")})
        if self.version_of.version_of_id is not None or (self.pk and self.versions.exists()):
            raise ValidationError({"version_of": _("Choose the original, not another version.")})
        if not self.version_of.language:
            raise ValidationError({"version_of": _("Say first in which language the original is.")})
        if self.language == self.version_of.language:
            raise ValidationError({"language": _("The original is in this language itself.")})

    def _check_original(self):
        """Without a language it would be shown in all of them, and its versions in none."""
        if self.pk and not self.language and self.versions.exists():
            raise ValidationError(
                {"language": _("Say in which language this file is: it has versions in others.")}
            )

    def in_language(self, language: str | None = None):
        """The version in the language (the active one if none is given), else this file itself.

        Costs a query only where the file is in another language and `versions` was not prefetched.
        """
        language = language or active_language()
        if self.language in ("", language):
            return self
        for version in self.versions.all():
            if version.language == language:
                return version
        return self

    @property
    def foreign_language(self) -> str:
        """The language of the file where it is not the active one, else ""."""
        return "" if self.language == active_language() else self.language
