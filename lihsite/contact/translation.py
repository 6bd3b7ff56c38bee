"""Which fields of form pages exist in each language."""

from lihsite.contact.models import FormPage
from lihsite.multilingual.registration import register

register(FormPage, *FormPage.translated_panels)
