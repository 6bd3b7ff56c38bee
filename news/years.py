"""The years in which there is news, found without reading all of it."""

from datetime import date

from django.db.models import Exists, QuerySet, Subquery
from django.db.models.functions import ExtractYear


def in_years(news: QuerySet, first_day, end) -> QuerySet:
    """The news from a day on, up to the day before `end`."""
    return news.filter(date__gte=first_day, date__lt=end)


def span_of_year(year: int) -> tuple[date, date]:
    return date(year, 1, 1), date(year + 1, 1, 1)


def first_and_last_year(news: QuerySet, anchor: QuerySet) -> QuerySet:
    """One row of two years, by two looks into the index by date.

    `anchor` is a query set of one row, to which the looks are tied as subqueries.
    """
    dates = news.values("date")
    ends = (Subquery(dates.order_by(order)[:1]) for order in ("date", "-date"))
    return anchor.values_list(*(ExtractYear(end) for end in ends))


def years_with_news(news: QuerySet, anchor: QuerySet, years: tuple[int, ...]) -> QuerySet:
    """One row that says of each year whether there is news in it, by a look for each."""
    return anchor.values_list(*(Exists(in_years(news, *span_of_year(year))) for year in years))
