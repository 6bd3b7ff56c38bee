"""Pages that are published ahead of their hour: until then they are for nobody but reviewers.

Whatever lists pages for visitors begins with `BasePageQuerySet.live_in_any` or `live_in`, which ask
for `is_over()`; whatever has a page at hand already asks for its `shown_language`, which is None.
"""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lihsite.local_times import wall_clock
from lihsite.prepared import Now


def is_over() -> Q:
    """The condition of pages without an embargo, or whose hour has come when the query runs."""
    return Q(embargo=None) | Q(embargo__lte=Now())


class EmbargoMixin(models.Model):
    """A page with an hour before which visitors do not get it, in any language."""

    embargo = models.DateTimeField(
        verbose_name=_("embargo"),
        null=True,
        blank=True,
        help_text=_(
            "The hour in Luxembourg from which everybody gets the page. Before it only those see "
            "the published page who have a reviewer’s link."
        ),
    )

    reviewer_link = None
    """The link by which this request came to the page; set by the view of reviewers' links."""

    class Meta:
        abstract = True

    @property
    def is_under_embargo(self) -> bool:
        return self.embargo is not None and self.embargo > timezone.now()

    @property
    def local_embargo(self):
        """What clocks in Luxembourg show at the hour; naive."""
        return self.embargo and wall_clock(self.embargo, settings.TIME_ZONE)

    @property
    def last_changed_at(self):
        """When visitors last got something new: the last publication, or the embargo's hour."""
        moments = [moment for moment in (self.last_published_at, self.embargo) if moment]
        return max(moments, default=None)
