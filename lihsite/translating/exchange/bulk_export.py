"""“Export for translation” for what is ticked in the explorer or at the desk."""

from urllib.parse import urlencode

from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views.pages.bulk_actions.page_bulk_action import PageBulkAction

from lihsite.multilingual.permissions import writable_languages
from lihsite.pages.bulk_actions import FilteredListingMixin
from lihsite.translating.bulk_actions import TranslationBulkAction


class ExportBulkAction(FilteredListingMixin, PageBulkAction):
    """Leads to the form that exports the pages; there is nothing to confirm."""

    display_name = _("Export for translation")
    aria_label = _("Export the selected pages for translation")
    action_type = "export_for_translation"
    action_priority = 60

    def check_perm(self, page):
        may_write = bool(writable_languages(self.request.user))
        return may_write and page.permissions_for_user(self.request.user).can_edit()

    def get(self, request, *args, **kwargs):
        pages, _without_access = self.get_actionable_objects()
        wanted = ",".join(str(page.pk) for page in pages)
        return redirect(f"{reverse('translating:export')}?pages={wanted}")


class ExportTranslationsBulkAction(TranslationBulkAction):
    """The same for translations, of pages and of all else that the desk lists."""

    display_name = _("Export for translation")
    aria_label = _("Export the selected translations as a file")
    action_type = "export_for_translation"
    action_priority = 30

    def get(self, request, *args, **kwargs):
        if "all" in request.GET.getlist("id"):
            listing = request.GET.copy()
            for name in ("id", "next"):
                listing.pop(name, None)
            wanted = {"list": listing.urlencode()}
        else:
            states, _without_access = self.get_actionable_objects()
            wanted = {"states": ",".join(str(state.pk) for state in states)}
        return redirect(f"{reverse('translating:export')}?{urlencode(wanted)}")
