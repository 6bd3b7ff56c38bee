"""Tables."""

from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.admin.telepath import register
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock, TypedTableBlockAdapter

from .completeness import CompleteStructBlock
from .groups import FACTS
from .text import RichTextBlock


class ColumnsBlock(TypedTableBlock):
    """The columns and rows of a table; Wagtail's own caption field holds the note below it."""

    text = blocks.CharBlock(label=_("Text"), required=False)
    number = blocks.DecimalBlock(label=_("Number"), required=False)
    rich_text = RichTextBlock(label=_("Text with links"), required=False)


class ColumnsBlockAdapter(TypedTableBlockAdapter):
    def js_args(self, block):
        *args, meta = super().js_args(block)
        meta["strings"]["CAPTION"] = gettext("Note")
        meta["strings"]["CAPTION_HELP_TEXT"] = gettext(
            "Source or abbreviations, shown below the table."
        )
        return [*args, meta]


register(ColumnsBlockAdapter(), ColumnsBlock)


class TableValue(blocks.StructValue):
    """A table with its caption."""

    @property
    def has_row_headers(self) -> bool:
        """Whether the first cell of a row names the row: it does if it is plain text."""
        columns = self["table"].columns
        return bool(columns) and columns[0]["block"].name == "text"


class TableBlock(CompleteStructBlock):
    caption = blocks.CharBlock(
        label=pgettext_lazy("of a table", "Caption"),
        max_length=255,
        help_text=_("What the table shows; read out before it."),
    )
    table = ColumnsBlock(label=_("Table"))

    def find_errors(self, value):
        columns = value["table"].columns
        if not columns or not value["table"].row_data:
            return {"table": _("The table needs at least one column and one row.")}
        if not all((column["heading"] or "").strip() for column in columns):
            return {"table": _("Give each column a heading.")}
        return {}

    class Meta:
        icon = "table"
        label = _("Table")
        label_format = "{caption}"
        group = FACTS
        description = _("Rows and columns of text and numbers.")
        template = "blocks/table.html"
        value_class = TableValue
        preview_value = {
            "caption": _("Cells per microlitre of blood"),
            "table": {
                "columns": [
                    {"type": "text", "heading": _("Group")},
                    {"type": "number", "heading": _("Before")},
                    {"type": "number", "heading": _("After")},
                ],
                "rows": [
                    {"values": [_("Treated"), 11, 23]},
                    {"values": [_("Not treated"), 12, 13]},
                ],
                "caption": "",
            },
        }
