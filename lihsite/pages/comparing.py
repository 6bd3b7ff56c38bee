"""Differences between two versions of a page, in one language or in what languages share."""

from copy import copy

from django.db import models
from wagtail.admin.compare import register_comparison_class
from wagtail.admin.panels import PanelGroup
from wagtail.fields import RichTextField, StreamField

from lihsite.multilingual.joining import as_read
from lihsite.pages.block_comparisons import (
    BooleanFieldComparison,
    RichTextFieldComparison,
    StreamFieldComparison,
    TextFieldComparison,
)
from lihsite.pages.panels import LanguageTab

register_comparison_class(StreamField, comparison_class=StreamFieldComparison)
register_comparison_class(models.BooleanField, comparison_class=BooleanFieldComparison)
register_comparison_class(models.CharField, comparison_class=TextFieldComparison)
register_comparison_class(models.TextField, comparison_class=TextFieldComparison)
register_comparison_class(RichTextField, comparison_class=RichTextFieldComparison)

SHARED = "shared"
"""Stands for the shared fields where a language is asked for."""


def comparisons(bound_panel, language: str | None) -> list:
    """The comparison classes of an edit handler: of all fields, of a language's, or of `SHARED`."""
    if language is None:
        return bound_panel.get_comparison()
    if isinstance(bound_panel.panel, LanguageTab):
        return bound_panel.get_comparison() if bound_panel.language == language else []
    if isinstance(bound_panel.panel, PanelGroup):
        return [found for child in bound_panel.children for found in comparisons(child, language)]
    return bound_panel.get_comparison() if language == SHARED else []


def differences(page, request, one, other, language: str | None = None) -> list:
    """What changed from one version of the page to the other, as Wagtail's comparisons.

    Two spellings that say the same to readers are no change.
    """
    one, other = respelled(one), respelled(other)
    handler = page.get_edit_handler()
    bound = handler.get_bound_panel(instance=page, request=request, form=None)
    found = [comparison(one, other) for comparison in comparisons(bound, language)]
    return [comparison for comparison in found if comparison.has_changed()]


def respelled(version):
    """A copy of the version with each value in the spelling of `as_read`."""
    copied = copy(version)
    for field in version._meta.concrete_fields:
        value = field.value_from_object(version)
        if isinstance(field, StreamField):
            setattr(copied, field.name, field.stream_block.to_python(as_read(field, value)))
        elif (read := as_read(field, value)) != value:
            setattr(copied, field.name, read)
    return copied
