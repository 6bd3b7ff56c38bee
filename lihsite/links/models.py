"""What the last check of all links found."""

from django.conf import settings
from django.contrib.contenttypes.fields import GenericForeignKey
from django.contrib.contenttypes.models import ContentType
from django.db import models
from django.utils.translation import gettext_lazy as _


class Problem(models.TextChoices):
    PAGE_GONE = "page_gone", _("The page was deleted")
    PAGE_HIDDEN = "page_hidden", _("The page is not published")
    DOCUMENT_GONE = "document_gone", _("The document was deleted")
    ANCHOR_GONE = "anchor_gone", _("There is no such place on the page")
    ADDRESS_GONE = "address_gone", _("Nothing is at this address of our site")
    NOT_FOUND = "not_found", _("The other site says that there is nothing")
    FAILING = "failing", _("The other site answers with an error")
    UNREACHABLE = "unreachable", _("The other site does not answer")
    REFUSED = "refused", _("The address is none of the public web")


class Kind(models.TextChoices):
    PAGE = "page", _("Page")
    DOCUMENT = "document", _("Document")
    ANCHOR = "anchor", _("Place on the page")
    ADDRESS = "address", _("Address of our site")
    EXTERNAL = "external", _("Other site")


class BrokenLink(models.Model):
    """A link that leads nowhere, in a language's text that visitors meet on a published page.

    The text is the page's own, or its owner's: that of a person, for example.
    """

    wagtail_reference_index_ignore = True

    page = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL, on_delete=models.CASCADE, related_name="broken_links"
    )
    owner_type = models.ForeignKey(
        ContentType, null=True, on_delete=models.CASCADE, related_name="+"
    )
    owner_id = models.PositiveBigIntegerField(null=True)
    owner = GenericForeignKey("owner_type", "owner_id")
    language = models.CharField(verbose_name=_("language"), max_length=10)
    place = models.TextField(verbose_name=_("place"))
    """The names of the field and of the blocks that it stands in: no language's words."""
    field = models.CharField(max_length=100)
    block = models.CharField(max_length=100, blank=True)
    """The id of the outermost block; "" for a link that stands in none."""
    kind = models.CharField(verbose_name=_("kind"), max_length=10, choices=Kind.choices)
    target = models.CharField(verbose_name=_("leads to"), max_length=2048)
    problem = models.CharField(verbose_name=_("problem"), max_length=15, choices=Problem.choices)
    found_at = models.DateTimeField(verbose_name=_("checked"), auto_now_add=True)

    class Meta:
        verbose_name = _("broken link")
        verbose_name_plural = _("broken links")

    def __str__(self):
        return self.target


class ExternalAddress(models.Model):
    """An address of another site, and what it answered when it was last asked."""

    address = models.CharField(max_length=2048, unique=True)
    status = models.PositiveSmallIntegerField(null=True)
    """The status of its answer; None if there was none."""
    problem = models.CharField(max_length=15, choices=Problem.choices, blank=True)
    checked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("external address")
        verbose_name_plural = _("external addresses")

    def __str__(self):
        return self.address
