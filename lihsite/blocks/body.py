"""The streams: what a body, a story and the smaller fields are put together from."""

from wagtail import blocks

from .documents import DocumentsBlock
from .figures import KeyFigureBlock, KeyFiguresBlock
from .images import GalleryBlock, ImageBlock
from .links import CallToActionBlock, RelatedPagesBlock
from .partners import PartnerBlock, PartnersBlock
from .people import PeopleBlock
from .tables import TableBlock
from .text import AccordionBlock, CalloutBlock, HeadingBlock, ParagraphBlock, QuoteBlock
from .timeline import TimelineBlock
from .video import VideoBlock


class BodyBlock(blocks.StreamBlock):
    """The whole vocabulary, for the body of any page."""

    heading = HeadingBlock()
    paragraph = ParagraphBlock()
    quote = QuoteBlock()
    callout = CalloutBlock()
    accordion = AccordionBlock()
    image = ImageBlock()
    gallery = GalleryBlock()
    video = VideoBlock()
    key_figures = KeyFiguresBlock()
    table = TableBlock()
    timeline = TimelineBlock()
    documents = DocumentsBlock()
    people = PeopleBlock()
    related_pages = RelatedPagesBlock()
    call_to_action = CallToActionBlock()
    partners = PartnersBlock()

    class Meta:
        template = "blocks/stream.html"


class StoryBlock(blocks.StreamBlock):
    """Running text with quotations, and nothing else."""

    paragraph = ParagraphBlock()
    quote = QuoteBlock()

    class Meta:
        template = "blocks/stream.html"


class FiguresBlock(blocks.StreamBlock):
    """Key figures; a `dl` around them is the page's."""

    figure = KeyFigureBlock()

    class Meta:
        template = "blocks/stream.html"


class PartnerListBlock(blocks.StreamBlock):
    """Partners; a list around them is the page's."""

    partner = PartnerBlock()

    class Meta:
        template = "blocks/stream.html"
