"""Numbers as each language writes them, where Django's formats fall short of it."""

from decimal import Decimal

from django import template
from django.utils.formats import number_format

register = template.Library()

LONGEST_UNGROUPED = 9999
"""Four digits stand together in all our languages, and may be a year."""


@register.filter
def written_number(number: Decimal) -> str:
    """The number with its digits in groups of three from 10,000 on."""
    return number_format(number, force_grouping=abs(number) > LONGEST_UNGROUPED)
