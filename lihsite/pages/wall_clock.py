"""The form field of a local date and time."""

from datetime import datetime

from django import forms
from django.core.exceptions import ValidationError
from django.utils.dateparse import parse_datetime
from wagtail.admin.widgets import AdminDateTimeInput

from lihsite.local_times import validate_year


class WallClockField(forms.DateTimeField):
    """A local date and time: a naive datetime, whatever time zone the editor's admin is in."""

    widget = AdminDateTimeInput
    default_validators = [validate_year]

    def to_python(self, value):
        if value in self.empty_values:
            return None
        if isinstance(value, datetime):
            return value
        try:
            parsed = parse_datetime(value.strip())
        except ValueError as error:
            raise ValidationError(self.error_messages["invalid"], code="invalid") from error
        # Past DateTimeField, which would take the time for one of the current time zone.
        parsed = parsed or super(forms.DateTimeField, self).to_python(value)
        return parsed.replace(tzinfo=None)
