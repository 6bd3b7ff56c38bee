"""The lists of news that stand on other pages, each by one query."""

from django.db.models import (
    Case,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)

from lihsite.multilingual.languages import column
from lihsite.prepared import prepared
from news.models import NewsAuthor, NewsPage, NewsTopic, RelatedItem
from research.models import Person, ResearchTopicPage
from research.related_work import Reading

ON_THE_HOME_PAGE = 5
BESIDE_A_TOPIC = 4
OF_A_PERSON = 12
TO_READ_NEXT = 3
"""So many news stand below a page at least, if there are so many on its topics."""
MOST_CHOSEN = 12
NONE = 0
"""The id of no topic."""
CANDIDATES = 40
"""The newest news on a page's topics, of which the nearest are chosen."""


def front_news(pinned: list[int]) -> list[NewsPage]:
    """The news with the pinned ids in their order, then the newest."""
    places = {pk: place for place, pk in enumerate(pinned)}
    news = _pinned_or_newest(pinned=pinned)
    return sorted(news, key=lambda item: places.get(item.pk, len(places)))[:ON_THE_HOME_PAGE]


def news_about(topic: ResearchTopicPage) -> list[NewsPage]:
    return _newest_about(topic=topic.pk)


def news_by(person: Person) -> list[NewsPage]:
    return _newest_by(person=person.pk)


@prepared
def _pinned_or_newest(pinned: list[int]) -> QuerySet:
    newest = NewsPage.objects.live_in_any().newest_first().values("pk")[:ON_THE_HOME_PAGE]
    wanted = Q(basepage_ptr__id__in=pinned) | Q(pk__in=newest)
    return NewsPage.objects.listed().filter(wanted).newest_first()


@prepared
def _newest_about(topic: int) -> QuerySet:
    return NewsPage.objects.listed().about(topic).newest_first()[:BESIDE_A_TOPIC]


@prepared
def _newest_by(person: int) -> QuerySet:
    written = NewsAuthor.objects.filter(page=OuterRef("pk"), person=person)
    return NewsPage.objects.listed().filter(Exists(written)).newest_first()[:OF_A_PERSON]


def news_to_read_next(reading: Reading) -> list[NewsPage]:
    """What editors chose to stand below a page, filled up with the news nearest to it.

    Of these, those in the reader's language come first, then those that share more topics, then
    those of the same type, then the newest.
    """
    found = _chosen_and_nearest(
        topics=list(reading.topics) or [NONE],
        page=reading.page,
        kind=reading.kind,
        language=reading.language,
    )
    chosen = sum(item.place is not None for item in found)
    return found[: max(chosen, TO_READ_NEXT)]


@prepared
def _chosen_and_nearest(topics: list[int], page: int, kind: str, *, language: str) -> QuerySet:
    """Both by one query."""
    rows = RelatedItem.objects.filter(page=page)
    row = rows.filter(item=OuterRef("pk")).order_by("sort_order", "pk")
    shared = NewsTopic.objects.filter(page=OuterRef("pk"), topic__id__in=topics)
    count = Func(F("pk"), function="COUNT", output_field=IntegerField())
    others = NewsPage.objects.live_in_any().exclude(pk=page)
    candidates = others.filter(Exists(shared)).newest_first().values("pk")[:CANDIDATES]
    wanted = Q(pk__in=candidates) | Q(pk__in=rows.order_by().values("item"))
    return (
        NewsPage.objects.listed()
        .filter(wanted)
        .annotate(
            place=Subquery(row.values("sort_order")[:1]),
            place_row=Subquery(row.values("pk")[:1]),
            shared_topics=Subquery(shared.order_by().annotate(n=count).values("n")),
        )
        .order_by(
            F("place").asc(nulls_last=True),
            F("place_row").asc(nulls_last=True),
            F(column("live_in", language)).desc(),
            F("shared_topics").desc(nulls_last=True),
            Case(When(kind=kind, then=Value(0)), default=Value(1)),
            "-date",
            "-pk",
        )[:MOST_CHOSEN]
    )
