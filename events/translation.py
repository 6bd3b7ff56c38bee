"""Which fields of events exist in each language."""

from events.models import EventIndexPage, EventPage
from lihsite.multilingual.registration import register

register(EventIndexPage, "introduction")
register(EventPage, "venue_name", "body", "programme")
