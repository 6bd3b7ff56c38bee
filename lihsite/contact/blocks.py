"""The questions of a form, as blocks.

Wagtail's form builder keeps its fields in rows beside the page. Rows beside a page are no segments:
they would have no state, no place in the translate view, could not be published by language, and
two people who edit one would not be merged. As the blocks of a stream the questions have all that,
and an id that is the same in every language: answers are stored by it, whatever a label says.
"""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

PURPOSES = [
    ("name", _("Name")),
    ("given-name", _("First name")),
    ("family-name", _("Last name")),
    ("organization", _("Organisation")),
    ("organization-title", _("Position")),
    ("street-address", _("Postal address")),
    ("postal-code", _("Postal code")),
    ("address-level2", _("Town")),
    ("country-name", _("Country")),
]
"""What a browser may fill in by itself, by its name in HTML (WCAG 1.3.5)."""


class QuestionBlock(blocks.StructBlock):
    """What all questions have. `Meta.field_type` is the form builder's name of the kind."""

    label = blocks.CharBlock(label=_("Label"), max_length=255)
    help_text = blocks.CharBlock(label=_("Help text"), max_length=255, required=False)
    required = blocks.BooleanBlock(
        label=_("Required"),
        required=False,
        default=True,
        help_text=_("The source language decides for all languages."),
    )

    class Meta:
        label_format = "{label}"


class LineBlock(QuestionBlock):
    default_value = blocks.CharBlock(label=_("Default value"), max_length=255, required=False)
    purpose = blocks.ChoiceBlock(
        label=_("What it asks for"),
        choices=PURPOSES,
        required=False,
        help_text=_("Lets browsers fill in what visitors have written before."),
    )

    class Meta:
        icon = "pilcrow"
        label = _("Line of text")
        field_type = "singleline"


class TextBlock(QuestionBlock):
    default_value = blocks.TextBlock(label=_("Default value"), required=False)

    class Meta:
        icon = "doc-full"
        label = _("Longer text")
        field_type = "multiline"


class EmailBlock(QuestionBlock):
    class Meta:
        icon = "mail"
        label = _("E-mail address")
        field_type = "email"


class TelephoneBlock(QuestionBlock):
    class Meta:
        icon = "mobile-alt"
        label = _("Telephone number")
        field_type = "telephone"


class NumberBlock(QuestionBlock):
    class Meta:
        icon = "decimal"
        label = _("Number")
        field_type = "number"


class DateBlock(QuestionBlock):
    class Meta:
        icon = "date"
        label = _("Date")
        field_type = "date"


class OptionBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Choice"), max_length=255)
    is_default = blocks.BooleanBlock(label=_("Chosen from the start"), required=False)

    class Meta:
        icon = "radio-empty"
        label = _("Choice")
        label_format = "{text}"


class ChoiceBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), label=_("Choices"), min_num=2)
    as_list = blocks.BooleanBlock(
        label=_("As a drop-down list"),
        required=False,
        help_text=_("For many choices; else all of them are to be seen."),
    )

    class Meta:
        icon = "radio-full"
        label = _("One of several")
        field_type = "radio"


class ChoicesBlock(QuestionBlock):
    options = blocks.ListBlock(OptionBlock(), label=_("Choices"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Any of several")
        field_type = "checkboxes"


class TickBlock(QuestionBlock):
    class Meta:
        icon = "tick-inverse"
        label = _("Check box")
        field_type = "checkbox"


class QuestionsBlock(blocks.StreamBlock):
    line = LineBlock()
    text = TextBlock()
    email = EmailBlock()
    telephone = TelephoneBlock()
    number = NumberBlock()
    date = DateBlock()
    choice = ChoiceBlock()
    choices = ChoicesBlock()
    tick = TickBlock()
