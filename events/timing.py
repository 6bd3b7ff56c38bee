"""When an event is: two instants and the time zone whose clocks it goes by."""

from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from events.months import days_of
from events.states import EventState, state_at
from events.times import DEFAULT_TIME_ZONE, validate_time_zone
from lihsite.local_times import wall_clock

ZONES = {"CET": pgettext_lazy("time zone", "CET"), "CEST": pgettext_lazy("time zone", "CEST")}
"""The short names of time zones that are not the same in every language."""


class Timed(models.Model):
    """`start` and `end` are instants; what clocks show there is in `local_start`, ...."""

    start = models.DateTimeField(verbose_name=_("start"), null=True)
    end = models.DateTimeField(verbose_name=_("end"), null=True)
    time_zone = models.CharField(
        verbose_name=_("time zone"),
        max_length=64,
        default=DEFAULT_TIME_ZONE,
        validators=[validate_time_zone],
        help_text=_("Where the event takes place, such as Europe/Luxembourg."),
    )
    all_day = models.BooleanField(verbose_name=_("all day"), default=False)

    class Meta:
        abstract = True

    @property
    def local_start(self) -> datetime | None:
        """What clocks at the event show at its start; naive."""
        return self.start and wall_clock(self.start, self.time_zone)

    @property
    def local_end(self) -> datetime | None:
        """What clocks show at the end; of an all-day event, 00:00 of its last day."""
        if not self.end:
            return None
        end = wall_clock(self.end, self.time_zone)
        return end - timedelta(days=1) if self.all_day else end

    @property
    def first_day(self) -> date | None:
        return self.local_start and self.local_start.date()

    @property
    def last_day(self) -> date | None:
        """The last day of the event, itself included: what ends at midnight ends the day before."""
        return self.end and days_of(self.start or self.end, self.end, self.time_zone)[1]

    @property
    def is_multi_day(self) -> bool:
        return self.first_day != self.last_day

    @property
    def zone_name(self) -> str:
        """The short name of the time zone on the day of the event, such as CET or CEST."""
        name = self.start.astimezone(ZoneInfo(self.time_zone)).tzname() if self.start else ""
        return ZONES.get(name, name)

    @property
    def start_iso(self) -> str:
        """The start for the `datetime` attribute of `<time>`: with offset, or the day alone."""
        return self._iso(self.start, self.first_day)

    @property
    def end_iso(self) -> str:
        """The end for the `datetime` attribute of `<time>`: with offset, or the last day alone."""
        return self._iso(self.end, self.last_day)

    def _iso(self, moment, day) -> str:
        if not moment:
            return ""
        if self.all_day:
            return day.isoformat()
        return moment.astimezone(ZoneInfo(self.time_zone)).isoformat(timespec="minutes")

    @property
    def state(self) -> EventState:
        """Upcoming, now or past at this moment; a draft without times is upcoming."""
        if not (self.start and self.end):
            return EventState.UPCOMING
        return state_at(self.start, self.end, timezone.now())

    @property
    def is_now(self) -> bool:
        return self.state == EventState.NOW

    @property
    def is_past(self) -> bool:
        return self.state == EventState.PAST
