"""The years in which there is news, found without reading all of it."""

from datetime import date

from django.db.models import Exists, QuerySet, Subquery


def in_year(news: QuerySet, year: int) -> QuerySet:
    return news.filter(date__gte=date(year, 1, 1), date__lt=date(year + 1, 1, 1))


def years_of(news: QuerySet, anchor: QuerySet) -> list[int]:
    """The years with news, newest first, by two queries that only look into the index by date.

    `anchor` is a query set of one row, to which the looks are tied as subqueries.
    """
    dates = news.values("date")
    span = anchor.values_list(
        Subquery(dates.order_by("date")[:1]), Subquery(dates.order_by("-date")[:1])
    ).first()
    if not span or not span[0]:
        return []
    oldest, newest = span
    years = range(newest.year, oldest.year - 1, -1)
    has_news = anchor.values_list(*(Exists(in_year(news, year)) for year in years)).first()
    return [year for year, found in zip(years, has_news, strict=True) if found]
