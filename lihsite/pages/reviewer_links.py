"""Secret links to pages under embargo, for journalists and partners who read ahead.

A link is good until it expires, is revoked, or the page's hour has come.
"""

import secrets

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

CREATE = "lihsite.create_reviewer_link"
REVOKE = "lihsite.revoke_reviewer_link"


def new_token() -> str:
    """192 bits that nobody guesses, for an address."""
    return secrets.token_urlsafe(24)


class ReviewerLinkQuerySet(models.QuerySet):
    def good(self):
        return self.filter(Q(revoked_at=None), expires_at__gt=timezone.now())


class ReviewerLink(models.Model):
    page = models.ForeignKey(
        settings.WAGTAIL_PAGE_MODEL, on_delete=models.CASCADE, related_name="reviewer_links"
    )
    token = models.CharField(max_length=64, unique=True, default=new_token, editable=False)
    note = models.CharField(
        verbose_name=_("for whom"),
        max_length=255,
        help_text=_("Only shown here, so that the right link is revoked."),
    )
    expires_at = models.DateTimeField(verbose_name=_("expires"))
    created_at = models.DateTimeField(auto_now_add=True)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    revoked_at = models.DateTimeField(null=True, blank=True, editable=False)

    objects = models.Manager.from_queryset(ReviewerLinkQuerySet)()
    wagtail_reference_index_ignore = True

    class Meta:
        verbose_name = _("reviewer’s link")
        verbose_name_plural = _("reviewers’ links")
        ordering = ["-created_at", "-pk"]

    def __str__(self):
        return f"{self.page_id} {self.note}"

    @property
    def is_good(self) -> bool:
        return self.revoked_at is None and self.expires_at > timezone.now()

    def revoke(self, user=None) -> None:
        """Let the link lead nowhere from now on; one that was revoked stays as it is."""
        revoked = ReviewerLink.objects.filter(pk=self.pk, revoked_at=None)
        if revoked.update(revoked_at=timezone.now()):
            log(self.page.specific, REVOKE, user=user, data={"note": self.note})


def may_give_links(user, page) -> bool:
    """Whoever may publish the page may show it ahead of its hour."""
    return page.permissions_for_user(user).can_publish()


def give_link(page, user, *, note: str, expires_at) -> ReviewerLink:
    """A new link to the page. Raises PermissionDenied for those who may not publish it."""
    if not may_give_links(user, page):
        raise PermissionDenied
    link = ReviewerLink.objects.create(
        page_id=page.pk, note=note, expires_at=expires_at, created_by=user
    )
    log(page.specific, CREATE, user=user, data={"note": note})
    return link
