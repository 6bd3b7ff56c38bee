"""Settings for a developer's own machine: debugging on, no secrets needed."""

from .base import *  # noqa: F403
from .tasks import AT_ONCE

DEBUG = True
SECRET_KEY = "development-only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WARMED_PAGES = 0
TASKS = AT_ONCE
