"""The S3-compatible store of uploaded files, where there is one (`lihsite/settings/media.py`)."""

from botocore.config import Config
from django.conf import settings
from storages.backends.s3 import S3Storage

PATIENCE = Config(
    connect_timeout=2, read_timeout=10, retries={"mode": "standard", "total_max_attempts": 3}
)
"""In seconds, and tries: an editor waits for a store that does not answer, and is told so."""


class MediaStore(S3Storage):
    """The store that the settings describe.

    Work in the background, such as deleting a file, is told of its store in words that are kept in
    the database: by name alone, without the keys.
    """

    def get_default_settings(self):
        described = settings.STORAGES["default"].get("OPTIONS", {})
        return {**super().get_default_settings(), "client_config": PATIENCE, **described}

    def deconstruct(self):
        return f"{MediaStore.__module__}.{MediaStore.__qualname__}", (), {}
