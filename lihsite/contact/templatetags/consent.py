import re

from django import template
from django.utils.safestring import mark_safe
from wagtail.rich_text import expand_db_html

register = template.Library()

BETWEEN_PARAGRAPHS = re.compile(r"</p>\s*<p[^>]*>")
PARAGRAPH = re.compile(r"</?p[^>]*>")


@register.filter
def within_label(html: str) -> str:
    """Rich text of paragraphs as the words of a label, in which HTML allows no paragraph."""
    words = PARAGRAPH.sub("", BETWEEN_PARAGRAPHS.sub("<br>", html))
    return mark_safe(expand_db_html(words))  # noqa: S308
