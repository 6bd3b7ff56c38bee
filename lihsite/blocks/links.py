"""Links to pages: related pages, calls to action."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from .addresses import HttpsURLBlock
from .choosers import LibraryPreviewMixin, PageChooserBlock
from .completeness import CompleteStructBlock
from .groups import LINKS


def is_for_visitors(page) -> bool:
    """Whether visitors get the page at all, in their language or as a fallback."""
    return bool(page and page.live and page.shown_language)


def is_for_everybody(page) -> bool:
    """Whether visitors get the page without a password or an account.

    Costs a query where the page was not fetched by `preload`.
    """
    if not is_for_visitors(page):
        return False
    if hasattr(page, "is_restricted"):
        return not page.is_restricted
    return not page.get_view_restrictions().exists()


class RelatedPagesValue(blocks.StructValue):
    """Pages worth reading next."""

    @property
    def live_pages(self) -> list:
        """The pages that everybody gets, in the editor's order."""
        return [page for page in self["pages"] if is_for_everybody(page)]


class RelatedPagesBlock(LibraryPreviewMixin, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    pages = blocks.ListBlock(PageChooserBlock(label=_("Page")), label=_("Pages"), min_num=1)

    class Meta:
        icon = "link"
        label = _("Related pages")
        label_format = "{title}"
        group = LINKS
        description = _("Pages of this site worth reading next.")
        template = "blocks/related_pages.html"
        value_class = RelatedPagesValue
        preview_value = {"title": _("Read on"), "pages": []}


class CallToActionValue(blocks.StructValue):
    """A call to action."""

    @property
    def live_page(self):
        """The page that it leads to, or None if there is none that everybody gets."""
        return self["page"] if is_for_everybody(self["page"]) else None


class CallToActionBlock(LibraryPreviewMixin, CompleteStructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255)
    text = blocks.TextBlock(label=_("Text"), required=False)
    label = blocks.CharBlock(
        label=_("Label of the link"),
        max_length=80,
        help_text=_("Says where it leads, also when read alone: “Register for the course”."),
    )
    page = PageChooserBlock(label=_("Page"), required=False)
    url = HttpsURLBlock(label=_("Address of another site"), required=False)

    def find_errors(self, value):
        if bool(value["page"]) == bool(value["url"]):
            message = _("Choose a page or give an address, one of the two.")
            return {"page": message, "url": message}
        return {}

    class Meta:
        icon = "arrow-right"
        label = _("Call to action")
        label_format = "{title}"
        group = LINKS
        description = _("The one thing that readers can do next, as a button.")
        template = "blocks/call_to_action.html"
        value_class = CallToActionValue
        preview_value = {
            "title": _("Would you like to take part?"),
            "text": _("A conversation of twenty minutes is enough to know."),
            "label": _("Get in touch"),
            "url": "https://example.org/",
        }
