"""The streams of the home page beside its fields: the story, key figures and partners."""

from lihsite.blocks.figures import KeyFigureBlock
from lihsite.blocks.partners import PartnerBlock
from lihsite.blocks.text import ParagraphBlock
from wagtail import blocks


class StoryBlock(blocks.StreamBlock):
    paragraph = ParagraphBlock()

    class Meta:
        required = False


class FiguresBlock(blocks.StreamBlock):
    figure = KeyFigureBlock()

    class Meta:
        required = False


class PartnersBlock(blocks.StreamBlock):
    partner = PartnerBlock()

    class Meta:
        required = False
