"""The questions and the projects of a research topic."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks


class QuestionBlock(blocks.StructBlock):
    question = blocks.CharBlock(label=_("Question"), max_length=255)
    text = blocks.TextBlock(label=_("Explanation"), required=False)

    class Meta:
        icon = "help"
        label = _("Key question")
        label_format = "{question}"


class QuestionsBlock(blocks.StreamBlock):
    question = QuestionBlock()


class ProjectBlock(blocks.StructBlock):
    name = blocks.CharBlock(label=_("Name"), max_length=255)
    funder = blocks.CharBlock(label=_("Funder"), max_length=255, required=False)
    years = blocks.CharBlock(
        label=_("Years"),
        max_length=40,
        required=False,
        help_text=_("As they are to be read in this language."),
    )
    text = blocks.TextBlock(label=_("Description"), required=False)

    class Meta:
        icon = "clipboard-list"
        label = _("Project")
        label_format = "{name}"


class ProjectsBlock(blocks.StreamBlock):
    project = ProjectBlock()
