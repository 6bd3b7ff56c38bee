"""How often something may happen within a span of time, counted over all processes.

The counts are rows of the database, so that they hold for every process and after a restart. A row
names whom it counts by a keyed hash that changes with each span: nobody is told from it.
"""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac

SALT = "lihsite.contact.rates"


class Rate(models.Model):
    """How often something happened in one span of time."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)

    def __str__(self):
        return f"{self.key}: {self.count}"


def take(name: str, subject: str) -> bool:
    """Count one more of `settings.CONTACT_LIMITS[name]` for the subject; False if it is too many.

    Of those who count at the same moment none is lost: the database adds.
    """
    most, seconds = settings.CONTACT_LIMITS[name]
    span = int(time.time()) // seconds
    text = f"{name}:{seconds}:{span}:{subject}"
    key = salted_hmac(SALT, text, algorithm="sha256").hexdigest()
    rows = Rate.objects.filter(key=key)
    if not rows.update(count=F("count") + 1):
        try:
            with transaction.atomic():
                Rate.objects.create(
                    key=key, ends_at=datetime.fromtimestamp((span + 1) * seconds, UTC)
                )
        except IntegrityError:
            rows.update(count=F("count") + 1)
    return (rows.values_list("count", flat=True).first() or 0) <= most


def seconds_of(name: str) -> int:
    """The span of a limit: after that long, whoever was refused is heard again."""
    return settings.CONTACT_LIMITS[name][1]


def delete_old_rates(now: datetime) -> int:
    return Rate.objects.filter(ends_at__lt=now).delete()[0]
