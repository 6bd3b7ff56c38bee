"""Leaves out of a translation the blocks that are laid out in it but have no text yet."""

from wagtail import blocks

from .segments import has_texts, is_text

CHOICES = (blocks.BooleanBlock, blocks.ChoiceBlock, blocks.MultipleChoiceBlock)
"""Values that say how something is shown, and are nothing to show."""


def without_untranslated(block, raw, source):
    """The raw value of a block less the blocks in it that have no text where their source has.

    A block stays that stands without the texts that are missing: a picture whose caption is not
    translated yet (`stands_without_texts`). Blocks of streams and items of lists are matched by
    id; one that the source lacks is kept.
    """
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        return _translated_children(block, raw, source)
    if isinstance(block, blocks.StructBlock) and isinstance(raw, dict) and isinstance(source, dict):
        return {
            name: without_untranslated(block.child_blocks[name], value, source.get(name))
            if name in block.child_blocks
            else value
            for name, value in raw.items()
        }
    return raw


def _translated_children(parent, raw, source):
    if not isinstance(raw, list) or not isinstance(source, list):
        return raw
    originals = {
        child["id"]: child for child in source if isinstance(child, dict) and child.get("id")
    }
    kept = []
    for child in raw:
        original = originals.get(child.get("id")) if isinstance(child, dict) else None
        block = _block_of(parent, child) if original else None
        if block is None or original.get("type") != child.get("type"):
            kept.append(child)
            continue
        value = without_untranslated(block, child["value"], original["value"])
        if (
            has_texts(block, value)
            or not has_texts(block, original["value"])
            or stands_without_texts(block, value, original["value"])
        ):
            kept.append({**child, "value": value})
    return kept


def stands_without_texts(block, raw, source) -> bool:
    """Whether a block without text says something to visitors, and lacks nothing that it needs.

    It holds a picture, a document, pages, a film; and what its source has in texts is neither
    required nor named in the `needed_texts` of the block's Meta.
    """
    return holds_something(block, raw) and not lacks_needed_text(block, source)


def holds_something(block, raw) -> bool:
    """Whether the raw value of a block holds anything besides texts and choices."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        return any(
            holds_something(_block_of(block, child), child["value"])
            for child in raw or []
            if isinstance(child, dict) and "value" in child
        )
    if isinstance(block, blocks.StructBlock):
        return any(
            holds_something(child, (raw or {}).get(name))
            for name, child in block.child_blocks.items()
        )
    if not isinstance(block, blocks.FieldBlock) or is_text(block):
        return False
    return not isinstance(block, CHOICES) and raw not in (None, "", [])


def lacks_needed_text(block, source) -> bool:
    """Whether a block with the texts of its source cannot do without; lists may be empty."""
    if not isinstance(block, blocks.StructBlock) or not isinstance(source, dict):
        return is_text(block) and block.required
    needed = getattr(block.meta, "needed_texts", ())
    return any(
        has_texts(child, source.get(name))
        and (name in needed or lacks_needed_text(child, source.get(name)))
        for name, child in block.child_blocks.items()
    )


def _block_of(block, child):
    if isinstance(block, blocks.ListBlock):
        return block.child_block
    return block.child_blocks.get(child.get("type"))
