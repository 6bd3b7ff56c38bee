"""What the lists of the site have in common."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lihsite.pages.base_page import BasePage, translated_search_fields


class IndexPage(BasePage):
    """A list with an introduction above it, of which a site has one.

    Each type registers its own `introduction` for translation.
    """

    introduction = models.TextField(verbose_name=_("introduction"), blank=True)

    search_fields = [*BasePage.search_fields, *translated_search_fields("introduction")]
    translated_panels = ["introduction"]
    max_count = 1

    class Meta:
        abstract = True
