"""The home page and pages of content as results of the search."""

from django.utils.translation import gettext_lazy as _

from home.models import ContentPage, HomePage
from lihsite.contact.models import FormPage
from lihsite.search.pages import page_source
from lihsite.search.sources import register_source

register_source(page_source(ContentPage, "page", _("Pages")))
register_source(page_source(HomePage, "page", _("Pages")))
register_source(page_source(FormPage, "page", _("Pages")))
