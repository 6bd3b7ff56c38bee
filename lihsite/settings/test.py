"""Settings for the test suite: nothing leaves the process, nothing is kept."""

import tempfile
from pathlib import Path

from .base import *  # noqa: F403
from .base import TASKS, env

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
# There is no worker: tasks are done where they are asked for.
TASKS = {
    alias: {**options, "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    for alias, options in TASKS.items()
}
