"""Headings, running text, quotations, call-outs, accordions."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .groups import TEXT

RICH_TEXT_FEATURES = [
    *("bold", "italic", "superscript", "subscript"),
    *("link", "document-link", "ol", "ul"),
]
"""Headings are blocks of their own, so that the contents of a page can be listed."""


class RichTextBlock(blocks.RichTextBlock):
    """Rich text with the site's features, where none are named."""

    def __init__(self, **kwargs):
        kwargs.setdefault("features", RICH_TEXT_FEATURES)
        super().__init__(**kwargs)


class HeadingBlock(blocks.StructBlock):
    text = blocks.CharBlock(label=_("Heading"), max_length=255)
    level = blocks.ChoiceBlock(
        label=_("Level"),
        choices=[("h2", _("Section")), ("h3", _("Subsection"))],
        default="h2",
    )

    class Meta:
        icon = "title"
        label = _("Heading")
        label_format = "{text}"
        group = TEXT
        description = _("The heading of a section or subsection, with an address of its own.")
        template = "blocks/heading.html"
        preview_value = {"text": _("How immune cells remember"), "level": "h2"}


class ParagraphBlock(RichTextBlock):
    class Meta:
        icon = "pilcrow"
        label = _("Text")
        group = TEXT
        description = _("Paragraphs and lists, with emphasis and links.")
        template = "blocks/paragraph.html"
        preview_value = _(
            "<p>A vaccine leaves <b>memory cells</b> behind. Years later they still know what "
            "they have seen, and answer within <i>hours</i>.</p>"
        )


class QuoteBlock(blocks.StructBlock):
    text = blocks.TextBlock(
        label=_("Quotation"),
        help_text=_("Without quotation marks: each language gets its own."),
    )
    name = blocks.CharBlock(label=_("Who said it"), max_length=255, required=False)
    role = blocks.CharBlock(label=_("Role"), max_length=255, required=False)

    class Meta:
        icon = "openquote"
        label = _("Quotation")
        label_format = "{text}"
        group = TEXT
        description = _("What somebody said, with name and role.")
        template = "blocks/quote.html"
        preview_value = {
            "text": _("The question comes from the ward, and the answer has to go back there."),
            "name": "Dr. Maya Example",
            "role": _("Clinician scientist"),
        }


class CalloutBlock(blocks.StructBlock):
    tone = blocks.ChoiceBlock(
        label=_("Kind"),
        choices=[
            ("note", _("Note")),
            ("important", _("Important")),
            ("practical", _("Practical information")),
        ],
        default="note",
    )
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    text = RichTextBlock(label=_("Text"))

    class Meta:
        icon = "info-circle"
        label = _("Call-out")
        label_format = "{title}"
        group = TEXT
        description = _("Something that readers must not miss, set apart from the text.")
        template = "blocks/callout.html"
        preview_value = {
            "tone": "practical",
            "title": _("Before your visit"),
            "text": _("<p>Bring your vaccination record and a list of your medicines.</p>"),
        }


class AccordionItemBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = RichTextBlock(label=_("Text"))

    class Meta:
        icon = "arrow-down"
        label = _("Item")
        label_format = "{title}"


class AccordionBlock(blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    items = blocks.ListBlock(AccordionItemBlock(), label=_("Items"), min_num=1)

    class Meta:
        icon = "list-ul"
        label = _("Accordion")
        label_format = "{title}"
        group = TEXT
        description = _("Questions and answers, or details that few readers need, folded away.")
        template = "blocks/accordion.html"
        preview_value = {
            "title": _("Questions and answers"),
            "items": [
                {
                    "title": _("Who can take part?"),
                    "text": _("<p>Adults who live in Luxembourg or close to it.</p>"),
                },
                {
                    "title": _("How long does it take?"),
                    "text": _("<p>Two visits of one hour.</p>"),
                },
            ],
        }
