"""The tests' settings with the queue of real sites, for workers that the tests start and kill."""

from lihsite.settings import base
from lihsite.settings.test import *  # noqa: F403

TASKS = base.TASKS
EMAIL_BACKEND = base.EMAIL_BACKEND
EMAIL_HOST = "127.0.0.1"
EMAIL_PORT = base.env.int("EMAIL_PORT", default=25)
