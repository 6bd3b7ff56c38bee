"""The people of the institute: leads of topics, authors and speakers."""

from django.db import models, transaction
from django.dispatch import Signal
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.fields import RichTextField
from wagtail.models import RevisionMixin
from wagtail.search import index

from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.querysets import SourceLanguageQuerySet
from lihsite.multilingual.shown import Shown, shown_text
from lihsite.multilingual.tracking import TrackedTexts
from lihsite.pages.picture_sizes import PicturesMixin, make_sizes_after_commit
from research.orcid import validate_orcid

slug_changed = Signal()
"""Sent within the transaction of a save, with `person` and `old_slug`."""


class Person(TrackedTexts, PicturesMixin, RevisionMixin, index.Indexed, models.Model):
    name = models.CharField(
        verbose_name=_("name"),
        max_length=255,
        help_text=_("As it is to be read, with the academic title."),
    )
    sort_name = models.CharField(
        verbose_name=_("name in alphabetical lists"),
        max_length=255,
        blank=True,
        db_index=True,
        help_text=_("The last word of the name, if left empty."),
    )
    slug = models.SlugField(
        verbose_name=_("slug"),
        max_length=100,
        unique=True,
        help_text=_("The end of the address of the person's page, the same in every language."),
    )
    role = models.CharField(verbose_name=_("role"), max_length=255, blank=True)
    biography = RichTextField(
        verbose_name=_("biography"), blank=True, features=["bold", "italic", "link"]
    )
    photo = models.ForeignKey(
        "lihsite.Image",
        verbose_name=_("photo"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
    )
    orcid = models.CharField(
        verbose_name=_("ORCID"), max_length=19, blank=True, validators=[validate_orcid]
    )
    email = models.EmailField(verbose_name=_("e-mail"), blank=True)
    is_fictional = models.BooleanField(
        verbose_name=_("fictional"),
        default=False,
        help_text=_("Invented for a demonstration; the person's page says so."),
    )

    objects = models.Manager.from_queryset(SourceLanguageQuerySet)()

    picture_roles = {"photo": ("portrait", "portrait-large")}
    search_fields = [
        index.SearchField("name", boost=2),
        index.AutocompleteField("name"),
        index.FilterField("sort_name"),
    ]

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["sort_name", "pk"]

    def __str__(self):
        return self.name

    @transaction.atomic
    def save(self, *args, **kwargs):
        if not self.sort_name:
            name, _comma, _degrees = self.name.partition(",")
            self.sort_name = name.strip().rpartition(" ")[2]
        old_slug = Person.objects.filter(pk=self.pk).values_list("slug", flat=True).first()
        super().save(*args, **kwargs)
        if old_slug not in (None, self.slug):
            slug_changed.send(sender=Person, person=self, old_slug=old_slug)
        make_sizes_after_commit(self)

    @cached_property
    def shown(self) -> Shown:
        """The person's texts in the visitor's language, else in another one that has them."""
        return shown_text(self, "biography" if self.biography else "role")

    @property
    def text_languages(self) -> list[str]:
        """The codes of the languages in which something is written about the person."""
        return [
            code
            for code in language_codes()
            if getattr(self, column("role", code)) or getattr(self, column("biography", code))
        ]

    @property
    def orcid_url(self) -> str:
        return f"https://orcid.org/{self.orcid}" if self.orcid else ""
