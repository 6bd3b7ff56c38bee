"""The edit form of pages that can have an embargo: its hour is Luxembourg's, for every editor."""

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst

from lihsite.local_times import instant
from lihsite.pages.embargo import EmbargoMixin
from lihsite.pages.forms import MultilingualPageForm
from lihsite.pages.wall_clock import WallClockField

_embargo = EmbargoMixin._meta.get_field("embargo")


class EmbargoForm(MultilingualPageForm):
    embargo = WallClockField(
        label=capfirst(_embargo.verbose_name), help_text=_embargo.help_text, required=False
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial["embargo"] = self.instance.local_embargo

    def clean(self):
        cleaned_data = super().clean()
        typed = cleaned_data.get("embargo")
        if typed:
            try:
                cleaned_data["embargo"] = instant(typed, settings.TIME_ZONE)
            except ValidationError as error:
                self.add_error("embargo", error)
        return cleaned_data
