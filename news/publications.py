"""Digital object identifiers of publications."""

import re

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

DOI = re.compile(r"10\.\d{4,9}/[^\s<>\"]+", re.ASCII)


def validate_doi(value: str) -> None:
    """Raise ValidationError unless the value is a DOI without the resolver's address."""
    if not DOI.fullmatch(value):
        raise ValidationError(_("Write the DOI alone, for example 10.5555/12345678."))


def doi_url(value: str) -> str:
    return f"https://doi.org/{value}" if value else ""
