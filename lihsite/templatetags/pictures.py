"""The tags that show pictures and drawings."""

from django import template
from django.template.base import TextNode
from django.template.loader import render_to_string

from lihsite.media import pictures
from lihsite.pages.open_graph import open_graph as open_graph_of

register = template.Library()


@register.tag
def inline_svg(parser, token):
    """`{% inline_svg "icons/arrow.svg" %}`: a drawing, put in place as the template is parsed."""
    _tag, name = token.split_contents()
    return TextNode(render_to_string(name.strip("\"'")))


@register.simple_tag
def picture(image, role, alt=None, css_class="", eager=None, important=False):
    """`{% picture page.lead_image "article" alt="" important=True %}`; see `pictures.picture`."""
    return pictures.picture(
        image, role, alt=alt, css_class=css_class, is_eager=eager, is_important=important
    )


@register.simple_tag(takes_context=True)
def open_graph(context):
    """`{% open_graph as og %}`: the page's picture and locales for networks."""
    return open_graph_of(context["page"], context["shown"], context["request"])
