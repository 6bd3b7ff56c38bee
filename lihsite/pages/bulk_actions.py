"""What is done to many pages at once from a listing."""

from django import forms
from django.core.exceptions import ValidationError
from django.db import transaction
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from wagtail.admin import messages
from wagtail.admin.views.pages import bulk_actions
from wagtail.admin.views.pages.search import page_filter_search

from lihsite.pages.base_page import BasePage
from lihsite.pages.deleting import kept_until
from lihsite.pages.listing_filters import MultilingualPageFilterSet


class FilteredListingMixin:
    """Takes “all in the listing” for what the listing shows.

    Wagtail forgets the filters, and would act on pages that nobody saw.
    """

    def get_all_objects_in_listing_query(self, parent_id):
        query = self.request.GET
        filters = MultilingualPageFilterSet(query, request=self.request)
        if not (filters.is_valid() and filters.form.has_changed()):
            return super().get_all_objects_in_listing_query(parent_id)
        pages = BasePage.objects.all()
        if parent_id and not query.get("search_all"):
            pages = pages.descendant_of(BasePage.objects.get(pk=parent_id))
        pages = filters.filter_queryset(pages)
        if query.get("q"):
            pages, _all_pages = page_filter_search(query["q"], pages)
        return [page.pk for page in pages]


class DescendantsForm(forms.Form):
    """Wagtail's, with a label that can be translated."""

    include_descendants = forms.BooleanField(label=_("With all pages below"), required=False)


class DeleteBulkAction(FilteredListingMixin, bulk_actions.DeleteBulkAction):
    """All or nothing; says until when the pages can be restored."""

    template_name = "lihsite/admin/trash/confirm_bulk_delete.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "kept_until": kept_until()}

    @classmethod
    @transaction.atomic
    def execute_action(cls, objects, **kwargs):
        return super().execute_action(objects, **kwargs)


class MoveBulkAction(FilteredListingMixin, bulk_actions.MoveBulkAction):
    pass


class UnpublishBulkAction(FilteredListingMixin, bulk_actions.UnpublishBulkAction):
    form_class = DescendantsForm


class PublishBulkAction(FilteredListingMixin, bulk_actions.PublishBulkAction):
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


BULK_ACTIONS = (DeleteBulkAction, MoveBulkAction, PublishBulkAction, UnpublishBulkAction)
"""In the place of Wagtail's of the same names."""
