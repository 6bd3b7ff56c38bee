"""Production settings for servers of the tests.

Static files are as in the source, and passwords as the tests' demonstration has them.
"""

from lihsite.settings.production import *  # noqa: F403
from lihsite.settings.production import STORAGES

PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
