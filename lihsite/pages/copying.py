"""The admin's view that copies a page."""

from django.core.exceptions import BadRequest
from django.views.generic import FormView
from wagtail.admin.views.pages.copy import CopyView


class MultilingualCopyView(CopyView):
    def post(self, request, page_id, *args, **kwargs):
        """Let the form say that a parent page does not exist, which Wagtail takes for granted."""
        parent = request.POST.get("new_parent_page", "")
        if parent and not parent.isdecimal():
            raise BadRequest(f"No page {parent!r}")
        if parent and self.page.base_page_model.objects.filter(pk=parent).exists():
            return super().post(request, page_id, *args, **kwargs)
        return FormView.post(self, request, page_id, *args, **kwargs)
