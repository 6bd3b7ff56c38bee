"""No inline script is left in the admin, whose policy would refuse it."""

import hashlib
import inspect
import json
import re
from html.parser import HTMLParser
from pathlib import Path

import pytest
import wagtail.admin
from django import forms
from django.template.loader import get_template, render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString
from wagtail.admin.widgets import AdminPageChooser, BaseChooser
from wagtail.models import Workflow

from lihsite.models import InstituteSettings
from lihsite.templatetags.started_widgets import scripts_as_data
from tests import factories
from tests.lihsite.media import library

TEMPLATES = Path(wagtail.admin.__file__).parent / "templates" / "wagtailadmin"

ORIGINALS = {
    "shared/formatted_field.html": "954e33b8668e6ed5",
    "panels/inline_panel.html": "195bb0b199edb062",
    "panels/multiple_chooser_panel.html": "673bc9b26ca95c03",
    "widgets/date_input.html": "2557f7a4fd543d7c",
    "widgets/time_input.html": "536917c544a13563",
    "widgets/datetime_input.html": "479d8ddeaa73d2fd",
}
"""What ours were written beside, of Wagtail 8.0.1, and how its SHA-256 begins."""


class Scripts(HTMLParser):
    """What a policy without `'unsafe-inline'` refuses in a page."""

    def __init__(self):
        super().__init__()
        self.refused = []

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        is_data = attributes.get("type") in {"application/json", "application/ld+json"}
        if tag == "script" and "src" not in attributes and not is_data:
            self.refused.append(self.get_starttag_text())
        for name, value in attrs:
            is_address = name in {"href", "src", "action", "formaction"}
            is_code = is_address and (value or "").strip().lower().startswith("javascript:")
            if name.startswith("on") or name == "style" or is_code:
                self.refused.append(f'<{tag} {name}="{value}">')


def refused(page: str) -> list[str]:
    scripts = Scripts()
    scripts.feed(page)
    return scripts.refused


@pytest.mark.parametrize(("name", "digest"), ORIGINALS.items())
def test_what_ours_stand_in_for_is_still_the_same(name, digest):
    """Fails when Wagtail changes the template: compare, take over, and note the version."""
    assert hashlib.sha256((TEMPLATES / name).read_bytes()).hexdigest()[:16] == digest
    ours = Path(get_template(f"wagtailadmin/{name}").origin.name)
    assert ours.parent.parent.parent.parent.name == "lihsite"
    assert "Wagtail 8.0.1" in ours.read_text()


def test_no_other_template_of_wagtail_brings_inline_scripts():
    """Those of parts that the site does not use aside."""
    inline = {
        str(file.relative_to(TEMPLATES))
        for file in TEMPLATES.rglob("*.html")
        if re.search(r"<script(?![^>]*\ssrc=)[^>]*>", file.read_text())
    }
    assert inline - set(ORIGINALS) == set()


@pytest.mark.parametrize(
    ("script", "name", "arguments"),
    [
        (
            'new PageChooser("id_a", {"modalUrl": "/a/"});',
            "PageChooser",
            ["id_a", {"modalUrl": "/a/"}],
        ),
        ('createTaskChooser("id_b");', "createTaskChooser", ["id_b"]),
    ],
)
def test_the_script_of_a_chooser_is_data(script, name, arguments):
    html = scripts_as_data(SafeString(f"<input><script>{script}</script>"))
    assert refused(html) == []
    found = re.search(r'name-value="(\w+)" data-started-widget-arguments-value="([^"]*)"', html)
    assert found[1] == name
    assert json.loads(found[2].replace("&quot;", '"')) == arguments


@pytest.mark.parametrize(
    "script",
    ["alert(1)", 'new PageChooser("a", {}); alert(1);', "new PageChooser(alert(1));", 'x("a");'],
)
def test_a_script_that_does_more_stays_for_the_browser_to_refuse(script):
    html = f"<script>{script}</script>"
    assert scripts_as_data(SafeString(html)) == html


def test_every_chooser_ends_as_the_filter_expects():
    class Form(forms.Form):
        page = forms.IntegerField(widget=AdminPageChooser)

    assert "<script>{js}</script>" in inspect.getsource(BaseChooser.render)
    html = render_to_string(
        "wagtailadmin/shared/formatted_field.html", {"rendered_field": str(Form()["page"])}
    )
    assert refused(html) == []
    assert "PageChooser" in html


@pytest.mark.django_db
def test_forms_with_choosers_dates_and_panels_have_none(admin_client):
    home = factories.home()
    page = factories.news(title_en="Cells")
    picture = library.image()
    workflow = Workflow.objects.create(name="Review")
    for address in (
        reverse("wagtailadmin_home"),
        reverse("wagtailadmin_pages:edit", args=[page.pk]),
        reverse("wagtailadmin_pages:edit", args=[home.pk]),
        reverse("wagtailadmin_pages:move", args=[page.pk]),
        reverse("wagtailadmin_pages:copy", args=[page.pk]),
        reverse("wagtailadmin_workflows:edit", args=[workflow.pk]),
        reverse("wagtailredirects:add"),
        reverse("wagtailsites:add"),
        reverse("wagtailimages:edit", args=[picture.pk]),
        reverse("wagtailadmin_reports:site_history"),
        reverse("wagtailsettings:edit", args=["lihsite", InstituteSettings._meta.model_name]),
    ):
        response = admin_client.get(address, follow=True)
        assert response.status_code == 200, address
        assert refused(response.text) == [], address
