"""Parts of files, which players of films and interrupted downloads ask for (RFC 9110, 14)."""

import re
from functools import wraps

from django.http import FileResponse, HttpResponse, StreamingHttpResponse

BYTE_RANGE = re.compile(r"bytes=(\d{0,18})-(\d{0,18})", re.ASCII | re.IGNORECASE)
BLOCK_SIZE = 64 * 1024


def answers_ranges(view):
    """Let a view that answers with whole files answer with the part that is asked for.

    What it answers otherwise (a redirect, an error, 304) stays as it is.
    """

    @wraps(view)
    def view_of_parts(request, *args, **kwargs):
        response = view(request, *args, **kwargs)
        if not isinstance(response, FileResponse) or response.status_code != 200:
            return response
        response.headers["Accept-Ranges"] = "bytes"
        return part_of(response, request) if request.method == "GET" else response

    return view_of_parts


def part_of(whole: FileResponse, request) -> HttpResponse | StreamingHttpResponse:
    """The part of the file that the request asks for, or the `whole` response."""
    size = int(whole.headers["Content-Length"])
    part = requested_part(request, size, whole.headers.get("ETag"))
    if part is None:
        return whole
    if part.start >= size:
        whole.file_to_stream.close()
        headers = {"Content-Range": f"bytes */{size}", "Accept-Ranges": "bytes"}
        return HttpResponse(status=416, headers=headers)
    headers = {
        **whole.headers,
        "Content-Range": f"bytes {part.start}-{part.stop - 1}/{size}",
        "Content-Length": str(len(part)),
    }
    return StreamingHttpResponse(PartOfFile(whole, part), status=206, headers=headers)


def requested_part(request, size: int, etag: str | None) -> range | None:
    """The bytes asked for; None for the whole file, which malformed or several ranges get too.

    A range that begins beyond the end of the file cannot be satisfied.
    """
    if request.headers.get("If-Range", etag) != etag:
        return None
    match = BYTE_RANGE.fullmatch(request.headers.get("Range", ""))
    if not match or not any(match.groups()):
        return None
    first, last = match.groups()
    if not first:
        return range(max(0, size - int(last)), size) if int(last) else range(size, size)
    if last and int(last) < int(first):
        return None
    return range(int(first), min(size, int(last) + 1) if last else size)


class PartOfFile:
    """The bytes of a file's response in a range, block by block."""

    def __init__(self, whole: FileResponse, part: range):
        self.file = whole.file_to_stream
        self.part = part

    def __iter__(self):
        self.file.seek(self.part.start)
        left = len(self.part)
        while left and (block := self.file.read(min(left, BLOCK_SIZE))):
            left -= len(block)
            yield block

    def close(self):
        self.file.close()
