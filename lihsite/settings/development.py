"""Settings for a developer's own machine: debugging on, no secrets needed."""

from .base import *  # noqa: F403
from .base import TASKS

DEBUG = True
SECRET_KEY = "development-only"  # noqa: S105
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
WARMED_PAGES = 0
# There is no worker: tasks are done where they are asked for.
TASKS = {
    alias: {**options, "BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}
    for alias, options in TASKS.items()
}
