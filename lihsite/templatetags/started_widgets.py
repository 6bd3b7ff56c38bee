"""Takes the inline scripts out of Wagtail's form fields, which no page of ours may run."""

import json
import re

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe

register = template.Library()

STARTING = re.compile(
    r"<script>(?:new )?(?P<name>\w*Chooser)\((?P<arguments>.*?)\);</script>", re.DOTALL
)
"""How `BaseChooser.render` of `wagtail.admin.widgets` (8.0.1) ends: arguments are JSON."""


@register.filter
def scripts_as_data(field: SafeString) -> SafeString:
    """The field of a form with the script of a chooser as data, for `started-widgets.js`.

    The data stand before the field. Stimulus connects elements in their order, and the chooser has
    to find its buttons before the menu that they are in takes them out of the document. A script
    that does more than to start a chooser stays one, which the browser then refuses.
    """
    html, data = str(field), []
    for script in STARTING.finditer(html):
        try:
            arguments = json.loads(f"[{script['arguments']}]")
        except ValueError:
            continue
        data.append(as_data(script["name"], arguments))
        html = html.replace(script[0], "")
    return mark_safe("".join([*data, html]))  # noqa: S308 - rendered by Wagtail


def as_data(name: str, arguments: list) -> SafeString:
    return format_html(
        '<span hidden data-controller="started-widget" data-started-widget-name-value="{}"'
        ' data-started-widget-arguments-value="{}"></span>',
        name,
        json.dumps(arguments),
    )
