"""The system's browser: Playwright's own is not needed."""

import shutil

NAMES = ("chromium", "chromium-browser", "google-chrome")

CHROMIUM = next(filter(None, map(shutil.which, NAMES)), None)
"""Its path, or None."""
