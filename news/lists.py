"""The lists of news that stand on other pages, each by one query."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from lihsite.prepared import prepared
from news.models import NewsAuthor, NewsPage
from research.models import Person, ResearchTopicPage

ON_THE_HOME_PAGE = 5
BESIDE_A_TOPIC = 4
OF_A_PERSON = 12


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
