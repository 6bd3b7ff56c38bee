"""Lists of documents."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .choosers import DocumentChooserBlock, LibraryPreviewMixin
from .groups import LINKS


class DocumentValue(blocks.StructValue):
    """A document of the library with a description."""

    @property
    def file(self):
        """The document's version for the language of the text, or None if it was deleted."""
        document = self["document"]
        return document and document.in_language()


class DocumentItemBlock(blocks.StructBlock):
    document = DocumentChooserBlock(label=_("Document"))
    description = blocks.CharBlock(label=_("Description"), max_length=500, required=False)

    class Meta:
        icon = "doc-full"
        label = _("Document")
        value_class = DocumentValue


class DocumentsBlock(LibraryPreviewMixin, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    documents = blocks.ListBlock(DocumentItemBlock(), label=_("Documents"), min_num=1)

    class Meta:
        icon = "doc-full"
        label = _("Documents")
        label_format = "{title}"
        group = LINKS
        description = _("Files to download, each in the visitor's language where it exists.")
        template = "blocks/documents.html"
        preview_value = {
            "title": _("To download"),
            "documents": [{"description": _("Twelve pages, with the results of the year.")}],
        }
