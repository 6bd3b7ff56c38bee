"""What the translators' workspace adds to Wagtail's admin."""

from django.urls import include, path
from wagtail import hooks

from lihsite.translating import urls


@hooks.register("register_admin_urls")
def workspace_urls():
    return [path("translating/", include(urls))]
