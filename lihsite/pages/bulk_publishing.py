"""Publishes many pages at once from a listing, and says which one cannot be and why."""

from django import forms
from django.core.exceptions import ValidationError
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.pages import bulk_actions


class DescendantsForm(forms.Form):
    """Wagtail's, with a label that can be translated."""

    include_descendants = forms.BooleanField(label=_("With all pages below"), required=False)


class UnpublishBulkAction(bulk_actions.UnpublishBulkAction):
    form_class = DescendantsForm


class PublishBulkAction(bulk_actions.PublishBulkAction):
    """All or nothing: a draft that may not go live as it is leaves every page as it was."""

    form_class = DescendantsForm

    @classmethod
    def execute_action(cls, objects, **kwargs):
        """Raises ValidationError with the title of the page that cannot be published."""
        counts = []
        for page in objects:
            try:
                counts.append(super().execute_action([page], **kwargs))
            except ValidationError as error:
                title = page.get_admin_display_title()
                reasons = " ".join(error.messages)
                raise ValidationError(f"{title}: {reasons}") from error
        pages, children = zip(*counts, strict=True) if counts else ((), ())
        return sum(pages), sum(children)

    def form_valid(self, form):
        try:
            return super().form_valid(form)
        except ValidationError as error:
            messages.error(self.request, " ".join(error.messages))
            return redirect(self.next_url)
