"""What the translators' workspace adds to Wagtail's admin."""

from django.urls import include, path
from wagtail import hooks

from lihsite.translating import urls
from lihsite.translating.action_menu import add_languages
from lihsite.translating.publish_actions import after_edit
from lihsite.translating.publish_buttons import PublishLanguagesButton


@hooks.register("register_admin_urls")
def workspace_urls():
    return [path("translating/", include(urls))]


@hooks.register("register_page_listing_more_buttons")
@hooks.register("register_page_header_buttons")
def publish_buttons(page, user, view_name=None, next_url=None):
    return [PublishLanguagesButton(page=page, next_url=next_url)]


hooks.register("construct_page_action_menu", add_languages)
hooks.register("after_edit_page", after_edit)
