"""Production settings for servers of the tests, with static files as they are in the source."""

from lihsite.settings.production import *  # noqa: F403
from lihsite.settings.production import STORAGES

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
