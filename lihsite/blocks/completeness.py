"""Rules over several fields of a block, asked once the block is to go live."""

from django.core.exceptions import ValidationError
from wagtail import blocks
from wagtail.blocks.struct_block import StructBlockValidationError


class CompleteStructBlock(blocks.StructBlock):
    """A struct whose `find_errors` holds when it is published; a draft may be half written.

    A translation starts with the blocks of its source, their texts empty.
    """

    def clean(self, value):
        cleaned = super().clean(value)
        if not self.is_deferred_validation and (errors := self.find_errors(cleaned)):
            raise StructBlockValidationError(
                {name: ValidationError(message) for name, message in errors.items()}
            )
        return cleaned

    def find_errors(self, value) -> dict[str, str]:
        """What is wrong with a value whose fields are each valid, by the name of the field."""
        return {}
