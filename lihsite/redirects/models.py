"""What is kept of addresses that answer with 404."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class MissingAddress(models.Model):
    """An address that visitors asked for in vain, without its query, and how often.

    Nothing about the visitors is kept but the host of the site that sent the last of them.
    """

    wagtail_reference_index_ignore = True

    path = models.CharField(verbose_name=_("address"), max_length=255, unique=True)
    language = models.CharField(verbose_name=_("language"), max_length=10, blank=True)
    """That of the address; "" for an address without one."""
    count = models.PositiveIntegerField(verbose_name=_("times asked for"), default=0)
    last_seen = models.DateTimeField(verbose_name=_("last asked for"))
    referrer = models.CharField(  # noqa: DJ001 - NULL where a count brings none
        verbose_name=_("linked from"), max_length=255, null=True, blank=True
    )
    """A host name; None if no browser told it."""

    class Meta:
        verbose_name = _("missing address")
        verbose_name_plural = _("missing addresses")

    def __str__(self):
        return self.path
