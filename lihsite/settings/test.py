"""Settings for the test suite: nothing leaves the process, nothing is kept."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import env
from .tasks import AT_ONCE

SECRET_KEY = "test-only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=tempfile.gettempdir()))
# Browser tests see the static files as they are in the source tree.
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
# Tests write out what was counted themselves.
COUNTS_WRITTEN_EVERY = None
WARMED_PAGES = 0
TASKS = AT_ONCE
