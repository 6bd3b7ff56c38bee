"""Uploaded files, served by the application itself where no object store or web server does it."""

import mimetypes
from pathlib import Path

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.http import FileResponse, Http404
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from lihsite.media.folders import RESTORED_FILES

from .byte_ranges import BLOCK_SIZE, answers_ranges
from .response_headers import DOWNLOAD_POLICY, SHARED

SHOWN_TYPES = {
    *("image/avif", "image/gif", "image/jpeg", "image/png", "image/webp"),
    *("audio/mpeg", "audio/ogg", "video/mp4", "video/webm", "text/vtt"),
}
"""What a browser may show in place. All else, SVG and HTML above all, is offered as a download and
has no rights if it is opened all the same."""

PRIVATE_FOLDERS = {"documents", "social", RESTORED_FILES}
"""The first two are served by views that know who may read them: Wagtail's own, and that of social
cards; the last one by nobody."""

RENDITION_FOLDER = "images"
RENDITION_AGE = 30 * 24 * 60 * 60
"""In seconds. A rendition's name changes with the picture, the crop and the format."""
OTHER_AGE = 60 * 60

TYPES_BY_SUFFIX = {".avif": "image/avif", ".webp": "image/webp", ".vtt": "text/vtt"}
"""Types that the tables of some operating systems lack."""


@require_safe
@answers_ranges
def serve_media(request, path):
    """The file at `path` below the media root; 404 for what is private, outside or not there."""
    file = public_file(path)
    status = file.stat()
    etag = f'"{status.st_mtime_ns:x}-{status.st_size:x}"'
    not_modified = get_conditional_response(request, etag, int(status.st_mtime))
    response = not_modified or file_response(file)
    response.headers["ETag"] = etag
    response.headers["Last-Modified"] = http_date(status.st_mtime)
    response.headers["Cross-Origin-Resource-Policy"] = SHARED
    is_rendition = file.parent.name == RENDITION_FOLDER
    patch_cache_control(response, public=True, max_age=RENDITION_AGE if is_rendition else OTHER_AGE)
    return response


def public_file(path: str) -> Path:
    try:
        file = Path(default_storage.path(path))
        if file.is_file() and not is_private(file):
            return file
    except (SuspiciousFileOperation, ValueError, OSError, NotImplementedError):
        # The last where a store keeps the files: its own addresses lead to them.
        pass
    raise Http404


def is_private(file: Path) -> bool:
    folder = file.relative_to(Path(default_storage.location)).parts[0]
    return folder in PRIVATE_FOLDERS


def file_response(file: Path) -> FileResponse:
    content_type = (
        TYPES_BY_SUFFIX.get(file.suffix.lower())
        or mimetypes.guess_type(file.name)[0]
        or "application/octet-stream"
    )
    is_shown = content_type in SHOWN_TYPES
    response = FileResponse(
        file.open("rb"), content_type=content_type, as_attachment=not is_shown, filename=file.name
    )
    response.block_size = BLOCK_SIZE
    if not is_shown:
        response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return response
