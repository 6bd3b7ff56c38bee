"""The edit form of an event: times are typed and read in the event's own time zone."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from events.times import DEFAULT_TIME_ZONE, known_time_zones, start_of_day
from lihsite.local_times import instant
from lihsite.pages.forms import MultilingualPageForm
from lihsite.pages.wall_clock import WallClockField


def spoken_language_choices() -> list[tuple[str, str]]:
    return [(code, capfirst(name)) for code, name in settings.EVENT_LANGUAGES]


class EventPageForm(MultilingualPageForm):
    start = WallClockField(
        label=_("Start"),
        help_text=_("In the event's time zone; of an all-day event, the day counts."),
    )
    end = WallClockField(
        label=_("End"), help_text=_("In the event's time zone; of an all-day event, the last day.")
    )
    registration_deadline = WallClockField(
        label=_("Registration closes"), help_text=_("In the event's time zone."), required=False
    )
    languages_spoken = forms.MultipleChoiceField(
        label=_("Languages spoken"),
        choices=spoken_language_choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        event = self.instance
        for name, moment in (
            ("start", event.local_start),
            ("end", event.local_end),
            ("registration_deadline", event.local_deadline),
        ):
            self.initial[name] = moment

    def clean(self):
        cleaned_data = super().clean()
        zone = cleaned_data.get("time_zone") or self.instance.time_zone
        if zone not in known_time_zones():
            # The field says so itself; the times only need some zone to be looked at in.
            zone = DEFAULT_TIME_ZONE
        for name in ("start", "end", "registration_deadline"):
            typed = cleaned_data.get(name)
            if typed:
                try:
                    cleaned_data[name] = self._instant(name, typed, zone)
                except ValidationError as error:
                    self.add_error(name, error)
        return cleaned_data

    def _instant(self, name, typed, zone):
        if self.cleaned_data.get("all_day") and name != "registration_deadline":
            days = timedelta(days=1 if name == "end" else 0)
            return start_of_day(typed.date() + days, zone)
        return instant(typed, zone)

    def _post_clean(self):
        super()._post_clean()
        if not self.is_deferred_validation:
            for name, message in self.instance.get_publishing_errors().items():
                if not self.has_error(name):
                    self.add_error(name if name in self.fields else None, message)
