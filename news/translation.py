"""Which fields of news exist in each language."""

from lihsite.multilingual.registration import register
from news.models import NewsIndexPage, NewsPage

register(NewsIndexPage, "introduction")
register(NewsPage, "plain_summary", "body")
