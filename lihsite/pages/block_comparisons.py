"""How two versions of a text, a stream or a choice are compared: what changed, in the form's words.

Wagtail's comparisons show every block, the names of lists' items in the code, and stored values.
"""

from collections.abc import Iterator
from itertools import groupby

from django.utils.choices import flatten_choices
from django.utils.encoding import force_str
from django.utils.html import escape, format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail import blocks
from wagtail.admin import compare
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.utils.text import text_from_html

from lihsite.multilingual.changes import Op, word_changes


def compared(block, exists_a: bool, exists_b: bool, val_a, val_b) -> compare.BlockComparison:
    comparison = comparison_class_of(block)
    return comparison(block, exists_a, exists_b, val_a, val_b)


def comparison_class_of(block) -> type[compare.BlockComparison]:
    """The one that the block itself names, as pictures do; else ours for its kind."""
    if hasattr(block, "get_comparison_class"):
        return block.get_comparison_class()
    ours = (comparison for kinds, comparison in COMPARISONS if isinstance(block, kinds))
    return next(ours, TextComparison)


def yes_or_no(value) -> str:
    return _("Yes") if value else _("No")


def replacement(before: str, after: str) -> str:
    """The HTML of a value that stands in the place of another one."""
    changes = [("deletion", before), ("addition", after)]
    return compare.TextDiff([change for change in changes if change[1]], separator=" ").to_html()


MARKS = {Op.EQUAL: "equal", Op.DELETE: "deletion", Op.INSERT: "addition"}


def changed_words(before: str, after: str) -> str:
    """The HTML of what became of a text, word by word.

    Wagtail's comparison takes no short word for one that stayed: a whole sentence seems new.
    """
    changes = word_changes(before, after, is_rich_text=False)
    return compare.TextDiff([(MARKS[op], text) for op, text in changes]).to_html()


class TextFieldComparison(compare.TextFieldComparison):
    def htmldiff(self):
        return changed_words(self.val_a or "", self.val_b or "")


class RichTextFieldComparison(compare.RichTextFieldComparison):
    def htmldiff(self):
        return changed_words(text_from_html(self.val_a), text_from_html(self.val_b))


class BooleanFieldComparison(compare.FieldComparison):
    def htmldiff(self):
        before, after = yes_or_no(self.val_a), yes_or_no(self.val_b)
        return replacement(before, after) if self.has_changed() else escape(after)


class StreamFieldComparison(compare.StreamFieldComparison):
    def htmldiff(self):
        if not (self.has_block_ids(self.val_a) and self.has_block_ids(self.val_b)):
            return super().htmldiff()
        return compared(self.field.stream_block, True, True, self.val_a, self.val_b).htmldiff()


class TextComparison(compare.BlockComparison):
    """Of a block that a text says all of."""

    def text(self, value) -> str:
        return "" if value is None else text_from_html(self.block.render_basic(value))

    def has_changed(self):
        """By what is stored: not every value of a block knows its equals."""
        block = self.block
        return block.get_prep_value(self.val_a) != block.get_prep_value(self.val_b)

    def htmlvalue(self, val):
        return escape(self.text(val))

    def htmldiff(self):
        return changed_words(self.text(self.val_a), self.text(self.val_b))


class PlainTextComparison(TextComparison):
    """Of a text that may have signs that only look like tags."""

    def text(self, value):
        return "" if value is None else force_str(value)


class ChoiceComparison(TextComparison):
    def text(self, value):
        if value in (None, ""):
            return ""
        return str(dict(flatten_choices(self.block.field.choices)).get(value, value))

    def htmldiff(self):
        before, after = self.text(self.val_a), self.text(self.val_b)
        return replacement(before, after) if before != after else escape(after)


class YesNoComparison(ChoiceComparison):
    def text(self, value):
        return yes_or_no(value)


class TableComparison(TextComparison):
    """Of a table whose cells are texts: a line for each row, the cells apart from each other."""

    def text(self, value):
        if value is None:
            return ""
        headings = [column["heading"] or "" for column in value.columns]
        rows = [
            [compared(cell.block, True, True, None, None).text(cell.value) for cell in row]
            for row in value.rows
        ]
        lines = [" | ".join(row) for row in [headings, *rows]]
        return "\n".join([*lines, value.caption or ""]).strip()

    def htmlvalue(self, val):
        return format_html('<div class="lih-compared-rows">{}</div>', super().htmlvalue(val))

    def htmldiff(self):
        return format_html('<div class="lih-compared-rows">{}</div>', super().htmldiff())


class StructComparison(compare.BlockComparison):
    def fields(self, val_a, val_b) -> Iterator[compare.BlockComparison]:
        """Those that hold something in one of the versions."""
        for name, block in self.block.child_blocks.items():
            one, other = val_a.get(name), val_b.get(name)
            if one is not None or other is not None:
                yield compared(block, True, True, one, other)

    def has_changed(self):
        return any(field.has_changed() for field in self.fields(self.val_a, self.val_b))

    def htmlvalue(self, val):
        return labelled(
            (field.block.label, field.htmlvalue(field.val_a)) for field in self.fields(val, val)
        )

    def htmldiff(self):
        return labelled(
            (field.block.label, field.htmldiff()) for field in self.fields(self.val_a, self.val_b)
        )


def labelled(rows) -> str:
    """The HTML of labels and what stands at them, without what is empty."""
    filled = [row for row in rows if row[1]]
    return format_html("<dl>{}</dl>", format_html_join("", "<dt>{}</dt><dd>{}</dd>", filled))


class SequenceMixin:
    """What is in a stream or a list; neighbours without a difference are folded."""

    def get_block_comparisons(self):
        return [
            compared(one.block, one.exists_a, one.exists_b, one.val_a, one.val_b)
            for one in super().get_block_comparisons()
        ]

    def has_changed(self):
        return self.is_reordered() or any(map(differs, self.get_block_comparisons()))

    def is_reordered(self) -> bool:
        """Whether blocks that both versions have stand in another order."""
        before, after = (
            [block.id for block in self.get_blocks_from_value(value)]
            for value in (self.val_a, self.val_b)
        )
        common = set(before) & set(after)
        return [key for key in before if key in common] != [key for key in after if key in common]

    def htmlvalue(self, val):
        return format_html_join(
            "",
            '<div class="comparison__child-object">{}</div>',
            (
                (compared(one.block, True, True, one.value, one.value).htmlvalue(one.value),)
                for one in self.get_blocks_from_value(val)
            ),
        )

    def htmldiff(self):
        parts = []
        if self.is_reordered():
            parts.append(child(_("The order has changed.")))
        for is_different, group in groupby(self.get_block_comparisons(), differs):
            if is_different:
                parts += map(difference, group)
            else:
                parts.append(folded(list(group)))
        return format_html_join("\n", "{}", ((part,) for part in parts))


def differs(comparison) -> bool:
    return comparison.is_new() or comparison.is_deleted() or comparison.has_changed()


def difference(comparison) -> str:
    if comparison.is_new():
        return child(comparison.htmlvalue(comparison.val_b), " addition")
    if comparison.is_deleted():
        return child(comparison.htmlvalue(comparison.val_a), " deletion")
    return child(comparison.htmldiff())


def child(html: str, classes: str = "") -> str:
    return format_html('<div class="comparison__child-object{}">{}</div>', classes, html)


def folded(comparisons: list) -> str:
    number = len(comparisons)
    summary = ngettext("%(number)d block unchanged", "%(number)d blocks unchanged", number)
    return format_html(
        '<details class="comparison__child-object"><summary>{}</summary>{}</details>',
        summary % {"number": number},
        format_html_join("", "{}", ((child(one.htmlvalue(one.val_b)),) for one in comparisons)),
    )


class StreamComparison(SequenceMixin, compare.StreamBlockComparison):
    pass


class ListComparison(SequenceMixin, compare.ListBlockComparison):
    pass


PLAIN_TEXTS = (
    blocks.CharBlock,
    blocks.TextBlock,
    blocks.RawHTMLBlock,
    blocks.URLBlock,
    blocks.EmailBlock,
)
COMPARISONS = (
    (blocks.StreamBlock, StreamComparison),
    (blocks.ListBlock, ListComparison),
    (TypedTableBlock, TableComparison),
    (blocks.StructBlock, StructComparison),
    (blocks.ChoiceBlock, ChoiceComparison),
    (blocks.BooleanBlock, YesNoComparison),
    (PLAIN_TEXTS, PlainTextComparison),
)
