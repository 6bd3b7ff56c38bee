"""Timelines."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .groups import FACTS
from .text import RichTextBlock


class TimelineEntryBlock(blocks.StructBlock):
    date = blocks.CharBlock(
        label=_("Date"), max_length=60, help_text=_("As it is to be read: 2027, or spring 2027.")
    )
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = RichTextBlock(label=_("Text"), required=False)

    class Meta:
        icon = "date"
        label = _("Entry")
        label_format = "{date} {title}"


class TimelineBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    entries = blocks.ListBlock(TimelineEntryBlock(), label=_("Entries"), min_num=1)

    class Meta:
        icon = "history"
        label = _("Timeline")
        label_format = "{title}"
        group = FACTS
        description = _("What happened, or will happen, in its order.")
        template = "blocks/timeline.html"
        preview_value = {
            "title": _("How the study runs"),
            "entries": [
                {"date": "2026", "title": _("First patients"), "text": ""},
                {"date": "2028", "title": _("First results"), "text": _("<p>In two clinics.</p>")},
            ],
        }
