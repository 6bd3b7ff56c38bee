"""Key figures."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .groups import FACTS


class KeyFigureBlock(blocks.StructBlock):
    value = blocks.CharBlock(
        label=_("Value"),
        max_length=20,
        help_text=_("As it is to be read in this language: 1,200 or 1 200."),
    )
    unit = blocks.CharBlock(label=_("Unit"), max_length=30, required=False)
    label = blocks.CharBlock(label=_("What it counts"), max_length=120)
    note = blocks.CharBlock(label=_("Note"), max_length=255, required=False)

    class Meta:
        icon = "decimal"
        label = _("Figure")
        label_format = "{value} {unit} {label}"
        group = FACTS
        description = _("A number set large, with what it counts.")
        template = "blocks/key_figure.html"
        preview_value = {"value": "5", "label": _("priority research topics")}


class KeyFiguresBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    figures = blocks.ListBlock(KeyFigureBlock(), label=_("Figures"), min_num=1)

    class Meta:
        icon = "decimal"
        label = _("Key figures")
        label_format = "{title}"
        group = FACTS
        description = _("A few numbers set large, side by side.")
        template = "blocks/key_figures.html"
        preview_value = {
            "title": _("The study in numbers"),
            "figures": [
                {"value": "48", "label": _("people took part")},
                {"value": "6", "unit": _("weeks"), "label": _("of treatment")},
            ],
        }
