"""People in a body."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .choosers import LibraryPreviewMixin, SnippetChooserBlock
from .groups import LINKS


class PeopleBlock(LibraryPreviewMixin, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    people = blocks.ListBlock(
        SnippetChooserBlock("research.Person", label=_("Person")), label=_("People"), min_num=1
    )

    class Meta:
        icon = "group"
        label = _("People")
        label_format = "{title}"
        group = LINKS
        description = _("People of the institute with portrait and role.")
        template = "blocks/people.html"
        preview_value = {"title": _("Who to ask"), "people": []}
