"""News as results of the search."""

from django.utils.translation import gettext_lazy as _

from lihsite.search.pages import page_source
from lihsite.search.sources import register_source
from news.models import NewsIndexPage, NewsPage

register_source(page_source(NewsPage, "news", _("News")))
register_source(page_source(NewsIndexPage, "page", _("Pages")))
