"""The tag that shows a picture."""

from django import template

from lihsite.media import pictures

register = template.Library()


@register.simple_tag
def picture(image, role, alt=None, css_class="", eager=None, important=False):
    """`{% picture page.lead_image "article" alt="" important=True %}`; see `pictures.picture`."""
    return pictures.picture(
        image, role, alt=alt, css_class=css_class, is_eager=eager, is_important=important
    )


@register.simple_tag
def social_picture(image):
    """`{% social_picture image as shared %}`: `.full_url`, `.width`, `.height`, or None."""
    return pictures.social_size(image) if image else None
