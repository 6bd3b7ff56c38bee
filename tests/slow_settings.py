"""A site whose only page takes its time, for tests of what a server does meanwhile."""

import os
import time
from pathlib import Path

from django.http import HttpResponse
from django.urls import path

from lihsite.settings.test import *  # noqa: F403

ROOT_URLCONF = "tests.slow_settings"


def slow(request, seconds):
    """Says in a file that it has begun."""
    Path(os.environ["BEGUN_FILE"]).touch()
    time.sleep(seconds)
    return HttpResponse("slow, but whole")


urlpatterns = [path("slow/<int:seconds>/", slow)]
