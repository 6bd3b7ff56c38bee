"""What the site adds to Wagtail's admin."""

from django.templatetags.static import static
from django.utils.html import format_html, format_html_join
from wagtail import hooks

from lihsite.pages.viewsets import MultilingualPageViewSet

ADMIN_STYLESHEETS = ("css/admin.css", "css/admin/languages.css")


@hooks.register("register_admin_viewset", order=100)
def register_page_viewset():
    """After Wagtail's own, whose place it takes for all pages."""
    return MultilingualPageViewSet()


@hooks.register("insert_global_admin_css")
def admin_css():
    return format_html_join(
        "", '<link rel="stylesheet" href="{}">', [(static(path),) for path in ADMIN_STYLESHEETS]
    )


@hooks.register("insert_editor_js")
def language_tabs_js():
    return format_html('<script src="{}" defer></script>', static("js/admin/language-tabs.js"))
