"""Partners and their logos."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .addresses import HttpsURLBlock
from .choosers import ImageChooserBlock, LibraryPreviewMixin
from .groups import LINKS


class PartnerBlock(LibraryPreviewMixin, blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=255)
    logo = ImageChooserBlock(
        role="logo", label=_("Logo"), required=False, help_text=_("Stands beside the name.")
    )
    url = HttpsURLBlock(label=_("Address of the site"), required=False)

    class Meta:
        icon = "group"
        label = _("Partner")
        label_format = "{name}"
        group = LINKS
        description = _("A partner with logo and link.")
        template = "blocks/partner.html"
        preview_value = {"name": "Example University", "url": "https://example.org/"}


class PartnersBlock(LibraryPreviewMixin, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    partners = blocks.ListBlock(PartnerBlock(), label=_("Partners"), min_num=1)

    class Meta:
        icon = "group"
        label = _("Partners")
        label_format = "{title}"
        group = LINKS
        description = _("The names and logos of partners and funders.")
        template = "blocks/partners.html"
        preview_value = {
            "title": _("Our partners"),
            "partners": [
                {"name": "Example University", "url": "https://example.org/"},
                {"name": "Example Hospital"},
            ],
        }
