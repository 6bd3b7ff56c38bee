"""The kernel's models, gathered for Django's app registry."""

from lihsite.multilingual.states import TranslationState
from lihsite.pages.base_page import BasePage

__all__ = ["BasePage", "TranslationState"]
