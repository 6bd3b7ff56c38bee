"""What the site adds to Wagtail's admin."""

from django.templatetags.static import static
from django.urls import path, reverse
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem
from wagtail.admin.widgets import ButtonWithDropdownFromHook
from wagtail.permissions import register_permission_policy

from lihsite.blocks.rich_text import DocumentLinkHandler, PageLinkHandler
from lihsite.guide.views import GuideView
from lihsite.media.bulk_actions import BULK_ACTIONS as LIBRARY_BULK_ACTIONS
from lihsite.media.documents import Document
from lihsite.media.image_operations import FormatOperation
from lihsite.media.images import Image
from lihsite.media.permission_policies import LibraryPermissionPolicy
from lihsite.multilingual.log_actions import register_languages
from lihsite.pages import presence, reviewer_links, reviewer_links_view
from lihsite.pages.base_page import BasePage
from lihsite.pages.bulk_actions import BULK_ACTIONS as PAGE_BULK_ACTIONS
from lihsite.pages.buttons import view_draft_buttons, view_live_buttons, without_replaced
from lihsite.pages.viewsets import MultilingualPageViewSet

ADMIN_STYLESHEETS = (
    "css/admin.css",
    "css/admin/accounts.css",
    "css/admin/comparing.css",
    "css/admin/desk.css",
    "css/admin/exchange.css",
    "css/admin/guide.css",
    "css/admin/languages.css",
    "css/admin/merging.css",
    "css/admin/presence.css",
    "css/admin/publishing.css",
    "css/admin/reports.css",
    "css/admin/translate.css",
)
EDITOR_SCRIPTS = (
    "js/admin/form-links.js",
    "js/admin/language-tabs.js",
    "js/admin/source-language.js",
    "js/admin/last-words.js",
    "js/admin/signed-out.js",
    "js/admin/one-creation.js",
    "js/admin/kept-comments.js",
    "js/admin/conflicts.js",
    "js/admin/others-changes.js",
    "js/admin/presence.js",
)


@hooks.register("register_admin_viewset", order=100)
def register_page_viewset():
    """After Wagtail's own, whose place it takes for all pages."""
    return MultilingualPageViewSet()


hooks.register("register_log_actions", register_languages, order=1)


@hooks.register("register_admin_urls")
def presence_url():
    return [path("presence/<int:page_id>/<uuid:name>/", presence.ping, name=presence.PING)]


@hooks.register("register_admin_urls")
def reviewer_links_urls():
    return [
        path(
            "reviewer-links/<int:page_id>/",
            reviewer_links_view.ReviewerLinksView.as_view(),
            name=reviewer_links_view.INDEX,
        ),
        path(
            "reviewer-links/<int:page_id>/<int:pk>/revoke/",
            reviewer_links_view.RevokeReviewerLinkView.as_view(),
            name=reviewer_links_view.REVOKE,
        ),
    ]


@hooks.register("register_log_actions")
def register_reviewer_links(actions):
    actions.register_action(
        reviewer_links.CREATE, _("Give a reviewer’s link"), _("Reviewer’s link given")
    )
    actions.register_action(
        reviewer_links.REVOKE, _("Revoke a reviewer’s link"), _("Reviewer’s link revoked")
    )


@hooks.register("register_admin_urls")
def guide_urls():
    return [
        path("guide/", GuideView.as_view(), name="guide"),
        path("guide/<str:language>/", GuideView.as_view(), name="guide"),
    ]


@hooks.register("register_help_menu_item")
def guide_menu_item():
    """Above Wagtail's own guide, which knows nothing of languages."""
    return MenuItem(
        _("Editors’ guide"), reverse("guide"), name="guide", icon_name="help", order=100
    )


for model in (Image, Document):
    # Exactly, because Wagtail registers its own for the class later.
    register_permission_policy(model, LibraryPermissionPolicy(model), exact_class=True)


for bulk_action in (*LIBRARY_BULK_ACTIONS, *PAGE_BULK_ACTIONS):
    hooks.register("register_bulk_action", bulk_action, order=100)


@hooks.register("register_page_listing_more_buttons")
def listing_buttons(page, user, next_url=None):
    return [*view_draft_buttons(page), *view_live_buttons(page)]


@hooks.register("construct_page_listing_buttons")
def replace_single_buttons(buttons, page, user, context=None):
    for button in buttons:
        if isinstance(button, ButtonWithDropdownFromHook):
            button.dropdown_buttons = without_replaced(button.dropdown_buttons)


@hooks.register("register_page_header_buttons")
def header_buttons(page, user, view_name, next_url=None):
    stored = page if view_name == "index" else BasePage.objects.filter(pk=page.pk).first()
    return view_live_buttons(stored) if stored else []


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', [(static(path),) for path in ADMIN_STYLESHEETS]
    )


@hooks.register("insert_global_admin_js")
def admin_js():
    return format_html('<script src="{}"></script>', static("js/admin/started-widgets.js"))


@hooks.register("insert_editor_js")
def editor_js():
    return format_html_join(
        "", '<script src="{}" defer></script>', [(static(path),) for path in EDITOR_SCRIPTS]
    )


@hooks.register("register_image_operations", order=100)
def register_image_operations():
    """After Wagtail's own, whose place it takes."""
    return [("format", FormatOperation)]


@hooks.register("register_rich_text_features", order=100)
def register_link_handlers(features):
    """After Wagtail's own, whose place they take."""
    features.register_link_type(PageLinkHandler)
    features.register_link_type(DocumentLinkHandler)
