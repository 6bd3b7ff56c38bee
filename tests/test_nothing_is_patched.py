"""What the site changes in Wagtail it changes through official extension points.

A function or class of ours in a module or class of a library would be a patch, and an upgrade
could break it.
"""

import sys
from functools import partial
from importlib import import_module
from pathlib import Path
from types import FunctionType, MethodType

import pytest
from django.conf import settings
from django.db.models import Model
from django.urls import get_resolver
from django.utils.functional import cached_property
from wagtail import hooks

LIBRARIES = ("wagtail", "modeltranslation", "modelcluster", "taggit", "treebeard", "django")
WRAPPERS = {
    classmethod: "__func__",
    staticmethod: "__func__",
    property: "fget",
    cached_property: "func",
    partial: "func",
    MethodType: "__func__",
}
OURS = {"lihsite", "research", "news", "events", "home"}


def unwrapped(value):
    """The function or class that an attribute is made of; lazy objects are left alone."""
    for kind, name in WRAPPERS.items():
        if type(value) is kind:
            return unwrapped(getattr(value, name))
    return value


def is_ours(value) -> bool:
    value = unwrapped(value)
    if type(value) is FunctionType:
        path = Path(value.__code__.co_filename)
        return path.is_relative_to(settings.BASE_DIR) and ".venv" not in path.parts
    if not is_class(value) or issubclass(value, Model):
        return False  # Wagtail keeps the models that the settings name
    return value.__module__.partition(".")[0] in OURS


def is_class(value) -> bool:
    return issubclass(type(value), type)


def patches_in(namespace, where: str) -> list[str]:
    return [f"{where}.{name}" for name, value in vars(namespace).items() if is_ours(value)]


def patches() -> list[str]:
    found = []
    for name, module in list(sys.modules.items()):
        library, _dot, rest = name.partition(".")
        if module is None or library not in LIBRARIES or rest == "settings":
            continue
        found += patches_in(module, name)
        for own in list(vars(module).values()):
            if is_class(own) and own.__module__ == name:
                found += patches_in(own, f"{name}.{own.__qualname__}")
    return found


@pytest.fixture
def everything_loaded():
    """All that the site does to Wagtail is done when it is asked for an address and its hooks."""
    get_resolver().url_patterns  # noqa: B018
    hooks.get_hooks("register_admin_menu_item")


def test_nothing_of_a_library_is_replaced_by_ours(everything_loaded):
    assert patches() == []


def test_a_patch_would_be_found(everything_loaded, monkeypatch):
    pages = import_module("wagtail.admin.views.pages.edit")
    monkeypatch.setattr(pages.EditView, "get_page_title", lambda self: "Patched")
    monkeypatch.setattr(pages, "messages", lambda: None)
    assert patches() == [
        "wagtail.admin.views.pages.edit.messages",
        "wagtail.admin.views.pages.edit.EditView.get_page_title",
    ]
