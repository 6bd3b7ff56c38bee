"""Dates as each language writes them, where Django's formats fall short of it."""

from django import template
from django.utils.dateformat import DateFormat
from django.utils.formats import get_format
from django.utils.translation import pgettext, pgettext_lazy

register = template.Library()


MONTHS = (
    pgettext_lazy("short name of a month", "Jan."),
    pgettext_lazy("short name of a month", "Feb."),
    pgettext_lazy("short name of a month", "March"),
    pgettext_lazy("short name of a month", "April"),
    pgettext_lazy("short name of a month", "May"),
    pgettext_lazy("short name of a month", "June"),
    pgettext_lazy("short name of a month", "July"),
    pgettext_lazy("short name of a month", "Aug."),
    pgettext_lazy("short name of a month", "Sept."),
    pgettext_lazy("short name of a month", "Oct."),
    pgettext_lazy("short name of a month", "Nov."),
    pgettext_lazy("short name of a month", "Dec."),
)


class WrittenDate(DateFormat):
    """Django's, but for the first day of a month, "1er janvier" in French, and its "jan." there."""

    def j(self):
        day = self.data.day
        return pgettext("first day of a month, as in 1 January", "%d") % day if day == 1 else day

    def N(self):
        return MONTHS[self.data.month - 1]


@register.filter
def written(day, date_format="DATE_FORMAT") -> str:
    """A date or datetime in one of Django's formats, by its name or its letters; "" for None."""
    return WrittenDate(day).format(get_format(date_format)) if day else ""


@register.filter
def written_with_weekday(day) -> str:
    return written(
        day, pgettext("date with its weekday, in the letters of Django's date filter", "l j F Y")
    )


@register.filter
def written_day_of_month(day) -> str:
    """The date with its weekday, where the year stands above."""
    return written(day, pgettext("day of a month, in the letters of Django's date filter", "l j F"))


@register.filter
def written_number_of_day(day) -> str:
    """The day of the month where the month stands below it; German has an ordinal point there."""
    return written(
        day,
        pgettext("number of a day above its month, in the letters of Django's date filter", "j"),
    )
