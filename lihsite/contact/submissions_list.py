"""What was sent with a form, in the admin: listed and exported; exports are kept in the log."""

from wagtail.contrib.forms.views import SubmissionsListView
from wagtail.log_actions import log

from lihsite.spreadsheets import HarmlessSpreadsheetMixin

EXPORT = "contact.export_submissions"
VIEW_PERMISSION = "contact.view_submission"


class SubmissionsView(HarmlessSpreadsheetMixin, SubmissionsListView):
    def dispatch(self, request, *args, **kwargs):
        response = super().dispatch(request, *args, **kwargs)
        if self.is_export:
            page = self.form_page
            count = page.get_submissions().count()
            log(instance=page, action=EXPORT, user=request.user, data={"count": count})
        return response


def only_for_readers(user, pages):
    """Wagtail lets whoever edits a page read what was sent with it; translators need not."""
    return pages if user.has_perm(VIEW_PERMISSION) else pages.none()
