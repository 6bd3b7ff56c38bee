"""Where uploaded files live: a folder that the application serves, or an S3-compatible store.

The store is used where `MEDIA_S3_BUCKET` is set; `MEDIA_S3_ENDPOINT`, `MEDIA_S3_REGION`,
`MEDIA_S3_ACCESS_KEY`, `MEDIA_S3_SECRET_KEY` and `MEDIA_S3_DOMAIN` (the public host name, where it
is not the store's own) describe it. Everybody must be able to read what is below `images/` and
`original_images/` there, and nobody what is below `documents/` and `social/`: those come through
the site, which knows who may read them.
"""

from urllib.parse import urlsplit

IN_MEMORY = 4 * 1024 * 1024
"""In bytes; of larger files that come from the store a temporary one is made."""


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


def media_hosts(env) -> list[str]:
    """The origins that pages load media from, besides their own."""
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
