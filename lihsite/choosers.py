"""Choosers of the admin's forms: what a browser posts of them is the number of a row."""

from django.core.exceptions import BadRequest
from wagtail.admin.widgets import AdminPageChooser
from wagtail.documents.widgets import AdminDocumentChooser
from wagtail.images.widgets import AdminImageChooser


class NumberMixin:
    """Refuses anything else: Wagtail looks it up as a number where a form is shown again."""

    def value_from_datadict(self, data, files, name):
        value = super().value_from_datadict(data, files, name)
        if value is not None and not value.isdecimal():
            raise BadRequest(f"No number of a row: {value!r}")
        return value


class PageChooser(NumberMixin, AdminPageChooser):
    pass


class ImageChooser(NumberMixin, AdminImageChooser):
    pass


class DocumentChooser(NumberMixin, AdminDocumentChooser):
    pass
