"""Where uploaded files live: a folder that the application serves, or an S3-compatible store.

`MEDIA_ORIGIN`, such as `https://media.example.org`, gives what the application serves a host name
of its own, which leads to the same server: no upload is then answered where the cookies of the
admin are (lihsite/delivery/media_origin.py). A store has its own already.

The store is used where `MEDIA_S3_BUCKET` is set; `MEDIA_S3_ENDPOINT`, `MEDIA_S3_REGION`,
`MEDIA_S3_ACCESS_KEY`, `MEDIA_S3_SECRET_KEY` and `MEDIA_S3_DOMAIN` (the public host name, where it
is not the store's own) describe it. Everybody must be able to read what is below `images/` and
`original_images/` there, and nobody what is below `documents/` and `social/`: those come through
the site, which knows who may read them.
"""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ImproperlyConfigured

IN_MEMORY = 4 * 1024 * 1024
"""In bytes; of larger files that come from the store a temporary one is made."""

ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d+)?")


def media_storage(env) -> dict:
    """The default entry of `STORAGES`."""
    bucket = env.str("MEDIA_S3_BUCKET", default="")
    if not bucket:
        return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    return {
        "BACKEND": "lihsite.media.stores.MediaStore",
        "OPTIONS": {
            "bucket_name": bucket,
            "endpoint_url": env.str("MEDIA_S3_ENDPOINT", default="") or None,
            "region_name": env.str("MEDIA_S3_REGION", default="") or None,
            "access_key": env.str("MEDIA_S3_ACCESS_KEY", default="") or None,
            "secret_key": env.str("MEDIA_S3_SECRET_KEY", default="") or None,
            "custom_domain": env.str("MEDIA_S3_DOMAIN", default="") or None,
            "querystring_auth": False,
            "file_overwrite": False,
            "max_memory_size": IN_MEMORY,
            "object_parameters": {"CacheControl": "public, max-age=2592000"},
        },
    }


def media_origin(env) -> str:
    """Scheme and host of media, "" for the site's own.

    Raises ImproperlyConfigured for anything else, and where media are in a store.
    """
    origin = env.str("MEDIA_ORIGIN", default="").lower().rstrip("/")
    if not origin:
        return ""
    if not ORIGIN.fullmatch(origin):
        raise ImproperlyConfigured("MEDIA_ORIGIN must be like https://media.example.org")
    if env.str("MEDIA_S3_BUCKET", default=""):
        raise ImproperlyConfigured(
            "MEDIA_ORIGIN is for media that the application serves; with MEDIA_S3_BUCKET set "
            "MEDIA_S3_DOMAIN instead"
        )
    return origin


def media_hosts(env) -> list[str]:
    """The origins that pages load media from, besides their own."""
    if origin := media_origin(env):
        return [origin]
    if not env.str("MEDIA_S3_BUCKET", default=""):
        return []
    if domain := env.str("MEDIA_S3_DOMAIN", default=""):
        return [f"https://{domain}"]
    if endpoint := env.str("MEDIA_S3_ENDPOINT", default=""):
        parts = urlsplit(endpoint)
        return [f"{parts.scheme}://{parts.netloc}"]
    return [f"https://{env.str('MEDIA_S3_BUCKET')}.s3.amazonaws.com"]


def backup_store(env) -> dict:
    """How backups reach their S3-compatible store: by `BACKUP_S3_ENDPOINT`, `_REGION`,
    `_ACCESS_KEY` and `_SECRET_KEY`, else as boto3 finds them.
    """
    return {
        "endpoint_url": env.str("BACKUP_S3_ENDPOINT", default="") or None,
        "region_name": env.str("BACKUP_S3_REGION", default="") or None,
        "aws_access_key_id": env.str("BACKUP_S3_ACCESS_KEY", default="") or None,
        "aws_secret_access_key": env.str("BACKUP_S3_SECRET_KEY", default="") or None,
    }
