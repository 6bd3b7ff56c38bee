"""Wagtail's forms for one redirect, with our rules, and its list, with a harmless export."""

from wagtail.contrib.redirects.views import CreateView, EditView, IndexView

from lihsite.spreadsheets import HarmlessSpreadsheetMixin

from .forms import CheckedRedirectForm
from .rules import LONGEST


class HarmlessIndexView(HarmlessSpreadsheetMixin, IndexView):
    pass


class CheckedCreateView(CreateView):
    """`?old_path=` fills in the old address, for links from the report of missing ones."""

    form_class = CheckedRedirectForm

    def get_initial(self):
        return {**super().get_initial(), "old_path": self.request.GET.get("old_path", "")[:LONGEST]}


class CheckedEditView(EditView):
    form_class = CheckedRedirectForm
