"""The groups in which editors find the blocks."""

from django.utils.translation import gettext_lazy as _

TEXT = _("Text")
MEDIA = _("Pictures and film")
FACTS = _("Facts and figures")
LINKS = _("People and links")
