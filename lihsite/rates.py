"""How often something may happen within a span of time, counted over all processes.

The counts are rows of the database, so that they hold for every process and after a restart. A row
names whom it counts by a keyed hash that changes with each span: nobody is told from it.
"""

import time
from datetime import UTC, datetime

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F
from django.utils.crypto import salted_hmac
from django.utils.translation import ngettext

SALT = "lihsite.contact.rates"


class Rate(models.Model):
    """How often something happened in one span of time."""

    key = models.CharField(max_length=64, unique=True)
    count = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)

    class Meta:
        # Forms were counted first, so the table is theirs.
        app_label = "contact"

    def __str__(self):
        return f"{self.key}: {self.count}"


def limit_of(name: str) -> tuple[int, int]:
    """How often within how many seconds."""
    return {**settings.CONTACT_LIMITS, **settings.LOGIN_LIMITS}[name]


def place_of(name: str, subject: str) -> tuple[str, datetime]:
    """The key of the count in the present span, and the moment (UTC) at which the span ends."""
    _most, seconds = limit_of(name)
    span = int(time.time()) // seconds
    text = f"{name}:{seconds}:{span}:{subject}"
    key = salted_hmac(SALT, text, algorithm="sha256").hexdigest()
    return key, datetime.fromtimestamp((span + 1) * seconds, UTC)


def take(name: str, subject: str) -> bool:
    """Count one more of what the settings limit by this name; False if it is too many."""
    return count_one(name, subject) <= limit_of(name)[0]


def count_one(name: str, subject: str) -> int:
    """How many there are in the present span with this one.

    Of those who count at the same moment none is lost, and each gets a number of its own: the
    database adds, and holds the row until the sum is read.
    """
    key, ends_at = place_of(name, subject)
    rows = Rate.objects.filter(key=key)
    with transaction.atomic():
        if not rows.update(count=F("count") + 1):
            try:
                with transaction.atomic():
                    Rate.objects.create(key=key, ends_at=ends_at)
            except IntegrityError:
                rows.update(count=F("count") + 1)
        return rows.values_list("count", flat=True).first() or 0


def give_back(name: str, subject: str) -> None:
    """Count one less: what was taken was well meant."""
    key, _ends_at = place_of(name, subject)
    Rate.objects.filter(key=key, count__gt=0).update(count=F("count") - 1)


def seconds_left(name: str) -> int:
    """Until the present span ends: then, whoever was refused is heard again."""
    seconds = seconds_of(name)
    return seconds - int(time.time()) % seconds


def too_many_attempts(name: str) -> ValidationError:
    """What to say to whoever is refused: for how long, in the active language."""
    minutes = -(-seconds_left(name) // 60)
    text = ngettext(
        "Too many attempts. Try again in %(minutes)s minute.",
        "Too many attempts. Try again in %(minutes)s minutes.",
        minutes,
    )
    return ValidationError(text % {"minutes": minutes}, code="too_many")


def seconds_of(name: str) -> int:
    """The span of a limit."""
    return limit_of(name)[1]


def delete_old_rates(now: datetime) -> int:
    return Rate.objects.filter(ends_at__lt=now).delete()[0]
