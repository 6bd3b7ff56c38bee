"""Who gets the newsletter: an address, its language, and when its owner said so."""

import uuid
from datetime import datetime, timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log

from lihsite.contact.newsletter.comparing import compared

CONFIRM = "contact.confirm_subscription"
UNSUBSCRIBE = "contact.unsubscribe"
KEY_SALT = "lihsite.contact.newsletter.key"


class SubscriptionQuerySet(models.QuerySet):
    def confirmed(self):
        return self.filter(confirmed_at__isnull=False)

    def never_confirmed(self, now: datetime):
        """Those whose time to confirm is over."""
        before = now - timedelta(days=settings.NEWSLETTER_DAYS_TO_CONFIRM)
        return self.filter(confirmed_at__isnull=True, asked_at__lt=before)


class Subscription(models.Model):
    """An address that was given; it is its owner's wish once it is confirmed from there.

    Unsubscribing deletes it. Its name in the log is a number, so that no address stays behind.
    """

    key = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    email = models.EmailField(verbose_name=_("e-mail"))
    compared_email = models.TextField(null=True, editable=False)  # noqa: DJ001 - many can be unknown
    """What is the same for all spellings of the address. None while the version before, which does
    not know it, still writes; it is filled in when the address is given again."""
    language = models.CharField(
        verbose_name=_("language"), max_length=10, choices=settings.LANGUAGES
    )
    asked_at = models.DateTimeField(verbose_name=_("asked for on"), default=timezone.now)
    confirmed_at = models.DateTimeField(verbose_name=_("confirmed on"), null=True, blank=True)

    objects = models.Manager.from_queryset(SubscriptionQuerySet)()

    class Meta:
        verbose_name = _("newsletter subscription")
        verbose_name_plural = _("newsletter subscriptions")
        default_permissions = ("view", "delete")
        permissions = [("export_subscription", _("Can export newsletter subscriptions"))]
        constraints = [
            models.UniqueConstraint(fields=["compared_email"], name="subscription_once_an_address")
        ]

    def __str__(self):
        return f"{self._meta.verbose_name} {self.pk}"

    def save(self, *args, **kwargs):
        self.compared_email = compared(self.email)
        if self._state.adding:
            self.key = key_of(self.compared_email)
        super().save(*args, **kwargs)


def key_of(compared_email: str) -> uuid.UUID:
    """The key of every subscription that the address ever has.

    Old newsletters have links to unsubscribe; who has signed up anew since is to be rid of it by
    them as well. The secret key is in it, so that nobody learns from it whose it is.
    """
    digest = salted_hmac(KEY_SALT, compared_email, algorithm="sha256").hexdigest()
    return uuid.uuid5(uuid.NAMESPACE_OID, digest)


def ask_for(email: str, language: str) -> Subscription:
    """The subscription of the address, new or old; one that is not confirmed starts anew."""
    same = Q(compared_email=compared(email)) | Q(compared_email=None, email__iexact=email)
    found = Subscription.objects.filter(same).order_by(F("compared_email").asc(nulls_last=True))
    subscription = found.first()
    if subscription is None:
        try:
            with transaction.atomic():
                return Subscription.objects.create(email=email, language=language)
        except IntegrityError:
            # The same form was sent twice at once.
            subscription = found[0]
    if subscription.confirmed_at is None:
        subscription.language, subscription.asked_at = language, timezone.now()
        subscription.save(update_fields=["language", "asked_at", "compared_email"])
    return subscription


@transaction.atomic
def confirm(key: str, language: str) -> bool:
    """Confirm a subscription in a language; False if there is none. Once more changes nothing."""
    subscription = Subscription.objects.select_for_update().filter(key=key).first()
    if subscription is None:
        return False
    is_new = subscription.confirmed_at is None
    if is_new or subscription.language != language:
        subscription.confirmed_at = subscription.confirmed_at or timezone.now()
        subscription.language = language
        subscription.save(update_fields=["confirmed_at", "language"])
    if is_new:
        log(instance=subscription, action=CONFIRM)
    return True


@transaction.atomic
def unsubscribe(key: str) -> None:
    """Forget the address. There may be none any more: the outcome is the same."""
    for subscription in Subscription.objects.select_for_update().filter(key=key):
        log(instance=subscription, action=UNSUBSCRIBE)
        subscription.delete()
