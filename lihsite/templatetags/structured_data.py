"""The tag that writes a page's structured data into its head."""

from django import template
from django.utils.html import format_html

from lihsite.pages.structured_data import as_json_ld

register = template.Library()


@register.simple_tag(takes_context=True)
def structured_data(context):
    """The page's JSON-LD, if the context has a page that is being visited; else nothing.

    Nothing of a page under embargo either.
    """
    page, request = context.get("page"), context.get("request")
    if request is None or not hasattr(page, "get_structured_data") or page.reviewer_link:
        return ""
    nodes = page.get_structured_data(request, context)
    return format_html('<script type="application/ld+json">{}</script>', as_json_ld(nodes))
