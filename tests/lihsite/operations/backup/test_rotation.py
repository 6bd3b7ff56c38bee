"""Which backups stay."""

from datetime import UTC, datetime, timedelta

import pytest

from lihsite.operations.backup.rotation import kept, parse_rule
from lihsite.operations.stops import Stop

NOON = datetime(2026, 11, 29, 12, tzinfo=UTC)
HOURS = [NOON - timedelta(hours=6 * number) for number in range(4 * 400)]


def test_the_newest_of_each_day_week_and_month():
    staying = kept(HOURS, {"d": 3, "w": 2, "m": 2})
    assert sorted(staying, reverse=True) == [
        NOON,
        datetime(2026, 11, 28, 18, tzinfo=UTC),
        datetime(2026, 11, 27, 18, tzinfo=UTC),
        datetime(2026, 11, 22, 18, tzinfo=UTC),
        datetime(2026, 10, 31, 18, tzinfo=UTC),
    ]


def test_days_without_a_backup_do_not_count():
    moments = [NOON, NOON - timedelta(days=10), NOON - timedelta(days=40)]
    assert kept(moments, {"d": 2}) == set(moments[:2])


def test_so_many_in_all():
    assert kept(HOURS, parse_rule("5")) == set(HOURS[:5])


def test_the_newest_stays_whatever_the_rule():
    assert kept([NOON], {"y": 1}) == {NOON}
    assert kept([], {"d": 7}) == set()


def test_a_year_of_backups_every_six_hours_with_the_rule_of_the_manual():
    assert 7 + 3 + 11 <= len(kept(HOURS, parse_rule("7d,4w,12m"))) <= 7 + 4 + 12


@pytest.mark.parametrize("text", ["", "0", "7x", "7d,7d", "d7", "seven", "7d,,4w", "-1"])
def test_what_is_no_rule_is_refused(text):
    with pytest.raises(Stop, match="--keep"):
        parse_rule(text)
