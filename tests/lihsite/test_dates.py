from datetime import date, datetime

import pytest
from django.utils import translation

from lihsite.templatetags.dates import written, written_number_of_day, written_with_weekday

DAYS = {
    "en": ("1 January 2027", "Friday 1 January 2027", "21 January 2027"),
    "fr": ("1er janvier 2027", "vendredi 1er janvier 2027", "21 janvier 2027"),
    "de": ("1. Januar 2027", "Freitag, 1. Januar 2027", "21. Januar 2027"),
}


@pytest.mark.parametrize("language", DAYS)
def test_dates_are_written_as_each_language_does(language):
    first, with_weekday, other = DAYS[language]
    with translation.override(language):
        assert written(date(2027, 1, 1)) == first
        assert written_with_weekday(date(2027, 1, 1)) == with_weekday
        assert written(date(2027, 1, 21)) == other


def test_the_first_of_a_month_is_written_in_every_format():
    with translation.override("fr"):
        assert written(date(2027, 2, 1), "MONTH_DAY_FORMAT") == "1er février"
        assert (
            written(datetime(2027, 2, 1, 18, 5), "DATETIME_FORMAT")
            == "1er février 2027 à 18\xa0h\xa005"
        )
        assert written(date(2027, 2, 1), "j") == "1er"


@pytest.mark.parametrize(("language", "number"), [("en", "6"), ("fr", "6"), ("de", "6.")])
def test_a_day_above_its_month_has_a_point_in_german(language, number):
    with translation.override(language):
        assert written_number_of_day(date(2027, 2, 6)) == number


def test_no_date_is_written_as_nothing():
    assert written(None) == ""
