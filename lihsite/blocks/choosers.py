"""Choosers that take their objects from `preload`, and previews that show some of the library."""

from wagtail import blocks
from wagtail.documents.blocks import DocumentChooserBlock as WagtailDocumentChooserBlock
from wagtail.images.blocks import ImageChooserBlock as WagtailImageChooserBlock
from wagtail.snippets.blocks import SnippetChooserBlock as WagtailSnippetChooserBlock

from .preload import PreloadedChooserMixin

SAMPLES = 3


class ImageChooserBlock(PreloadedChooserMixin, WagtailImageChooserBlock):
    """Chooses a picture, which the block shows in the role (see `lihsite/media/pictures.py`)."""

    def __init__(self, *, role: str, **kwargs):
        super().__init__(**kwargs)
        self.role = role


class DocumentChooserBlock(PreloadedChooserMixin, WagtailDocumentChooserBlock):
    pass


class PageChooserBlock(PreloadedChooserMixin, blocks.PageChooserBlock):
    pass


class SnippetChooserBlock(PreloadedChooserMixin, WagtailSnippetChooserBlock):
    pass


class LibraryPreviewMixin:
    """A struct whose preview fills its choosers with the newest objects that there are."""

    def get_preview_value(self):
        return fill_choosers(self, super().get_preview_value())


def newest(chooser: blocks.ChooserBlock, count: int) -> list:
    """The newest objects that the chooser could choose, at most `count`."""
    objects = chooser.model_class._default_manager.order_by("-pk")
    if isinstance(chooser, blocks.PageChooserBlock):
        objects = objects.filter(live=True, depth__gt=1)
    return list(objects[:count])


def fill_choosers(block: blocks.StructBlock, value):
    """Complete a struct's preview: pictures wherever there can be one, other objects where needed.

    Goes into lists and structs inside it too.
    """
    for name, child_block in block.child_blocks.items():
        value.setdefault(name, child_block.get_default())
        if isinstance(child_block, blocks.ListBlock):
            item_block = child_block.child_block
            if isinstance(item_block, blocks.ChooserBlock):
                value[name] = child_block.normalize(newest(item_block, SAMPLES))
            elif isinstance(item_block, blocks.StructBlock):
                for item in value[name]:
                    fill_choosers(item_block, item)
        elif isinstance(child_block, ImageChooserBlock) or (
            isinstance(child_block, blocks.ChooserBlock) and child_block.required
        ):
            value[name] = next(iter(newest(child_block, 1)), None)
    return value
