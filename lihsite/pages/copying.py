"""The admin's view that copies a page."""

from django.core.exceptions import BadRequest, ValidationError
from django.db import transaction
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

    def form_valid(self, form):
        """Copy the page; the form says why one that visitors would get cannot be published."""
        try:
            with transaction.atomic():
                return super().form_valid(form)
        except ValidationError as error:
            chosen = ("alias", "publish_copies", "new_parent_page")
            name = next(name for name in chosen if form.cleaned_data.get(name))
            form.add_error(name, error.messages)
            return self.form_invalid(form)
