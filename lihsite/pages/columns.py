"""Columns of the admin's lists."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import Column


class YesNoColumn(Column):
    """Says yes or no in the reader's language, where Wagtail writes Python's True."""

    def get_value(self, instance):
        return _("Yes") if super().get_value(instance) else _("No")
