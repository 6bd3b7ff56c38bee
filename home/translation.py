"""Which fields of the home page and of content pages exist in each language."""

from home.models import ContentPage, HomePage
from lihsite.multilingual.registration import register

register(HomePage, *HomePage.translated_panels)
register(ContentPage, "body")
