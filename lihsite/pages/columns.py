"""Columns of the admin's lists."""

from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column


class YesNoColumn(Column):
    """Says yes or no in the reader's language, where Wagtail writes Python's True."""

    def get_value(self, instance):
        return _("Yes") if super().get_value(instance) else _("No")


class DayColumn(Column):
    """Writes the day of a time to come, for which Wagtail's column of dates says “Just now”."""

    def get_value(self, instance):
        value = super().get_value(instance)
        return value and date_format(localtime(value), "DATE_FORMAT")
