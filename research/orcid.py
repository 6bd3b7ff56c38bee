"""ORCID identifiers of researchers."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PATTERN = re.compile(r"\d{4}-\d{4}-\d{4}-\d{3}[\dX]", re.ASCII)


def check_character(digits: str) -> str:
    """The last character of an identifier by its first fifteen digits (ISO 7064, MOD 11-2)."""
    total = 0
    for digit in digits:
        total = (total + int(digit)) * 2
    result = (12 - total % 11) % 11
    return "X" if result == 10 else str(result)


def validate_orcid(value: str) -> None:
    """Raise ValidationError unless the value is a whole ORCID with a right check character."""
    if not PATTERN.fullmatch(value):
        raise ValidationError(
            _("Write the ORCID as four groups of four characters: 0000-0002-1825-0097.")
        )
    characters = value.replace("-", "")
    if check_character(characters[:15]) != characters[15]:
        raise ValidationError(
            _("This is no ORCID: its last character does not fit the others. Is a digit mistyped?")
        )
