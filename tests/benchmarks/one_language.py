"""The production settings with the first language alone, to compare the edit form with."""

from lihsite.settings.production import *  # noqa: F403
from lihsite.settings.production import LANGUAGES

LANGUAGES = LANGUAGES[:1]
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES
