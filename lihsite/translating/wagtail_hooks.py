"""What the translators' workspace adds to Wagtail's admin."""

from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.snippets.models import register_snippet

from lihsite.multilingual.permissions import writable_languages
from lihsite.translating import urls
from lihsite.translating.action_menu import add_languages
from lihsite.translating.bulk_actions import AssignBulkAction, UnassignBulkAction
from lihsite.translating.buttons import translate_buttons
from lihsite.translating.content_checks import check_translations
from lihsite.translating.exchange.bulk_export import ExportBulkAction, ExportTranslationsBulkAction
from lihsite.translating.exchange.buttons import ExportButton
from lihsite.translating.glossary.checks import warn_of_lacking_terms
from lihsite.translating.glossary.snippet import TermViewSet
from lihsite.translating.library_views import library_urls
from lihsite.translating.menu import DeskMenuItem
from lihsite.translating.publish_actions import after_edit
from lihsite.translating.publish_buttons import PublishLanguagesButton
from lihsite.translating.telling import tell_what_became_outdated
from lihsite.translating.waiting import WaitingPanel


@hooks.register("register_admin_urls")
def workspace_urls():
    return [path("translating/", include(urls))]


@hooks.register("register_admin_urls", order=-1)
def forms_of_the_library():
    return library_urls


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def publish_buttons(page, user, view_name=None, next_url=None):
    return [PublishLanguagesButton(page=page, next_url=next_url)]


hooks.register("construct_page_action_menu", add_languages)
# Before those that may answer the request.
for form in ("page", "snippet", "setting"):
    hooks.register(f"after_edit_{form}", tell_what_became_outdated, order=-10)
hooks.register("after_edit_page", after_edit)
hooks.register("register_bulk_action", ExportBulkAction)


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def export_buttons(page, user, next_url=None, view_name=None):
    return [ExportButton(page=page)]


class TranslatorsMenuItem(MenuItem):
    def is_shown(self, request):
        return bool(writable_languages(request.user))


@hooks.register("register_settings_menu_item")
def import_menu_item():
    return TranslatorsMenuItem(
        _("Import translations"), reverse("translating:import"), icon_name="upload", order=800
    )


@hooks.register("register_page_header_buttons")
@hooks.register("register_page_listing_more_buttons")
def buttons_to_translate(page, user, next_url=None, view_name=None):
    return translate_buttons(page, user)


@hooks.register("register_admin_menu_item")
def desk_menu_item():
    return DeskMenuItem()


hooks.register("register_bulk_action", AssignBulkAction)
hooks.register("register_bulk_action", UnassignBulkAction)
hooks.register("register_bulk_action", ExportTranslationsBulkAction)


@hooks.register("construct_homepage_panels")
def add_waiting_panel(request, panels):
    panels.append(WaitingPanel())


@hooks.register("register_settings_menu_item")
def memory_menu_item():
    return TranslatorsMenuItem(
        _("Translation memory"), reverse("translating:memory"), icon_name="history", order=810
    )


register_snippet(TermViewSet)
hooks.register("after_edit_page", warn_of_lacking_terms)
hooks.register("construct_wagtail_userbar", check_translations)
