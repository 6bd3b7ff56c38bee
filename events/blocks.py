"""The programme of an event."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class SessionBlock(blocks.StructBlock):
    time = blocks.CharBlock(
        label=_("Time"),
        max_length=40,
        required=False,
        help_text=_("As it is to be read in this language."),
    )
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    speaker = blocks.CharBlock(label=_("Speaker"), max_length=255, required=False)
    description = blocks.TextBlock(label=_("Description"), required=False)

    class Meta:
        icon = "time"
        label = _("Session")
        label_format = "{time} {title}"


class ProgrammeBlock(blocks.StreamBlock):
    session = SessionBlock()
