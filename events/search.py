"""Events as results of the search."""

from django.utils.translation import gettext_lazy as _

from events.models import EventIndexPage, EventPage
from lihsite.search.pages import page_source
from lihsite.search.sources import register_source

register_source(page_source(EventPage, "event", _("Events")))
register_source(page_source(EventIndexPage, "page", _("Pages")))
