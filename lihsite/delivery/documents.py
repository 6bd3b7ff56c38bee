"""Documents of the library, served by Wagtail's own view, which knows who may read them.

A document that only pages under embargo show is not found before their hour, except by those who
work here and by who has a reviewer's link to one of the pages. Every document is a download without
rights, as WAGTAILDOCS_INLINE_CONTENT_TYPES says and the policy repeats.
"""

from django.http import FileResponse, Http404, HttpResponseNotModified
from wagtail.documents.views import serve

from lihsite.media.documents import Document
from lihsite.pages.library import for_everybody, is_shown_by, pages_to_come
from lihsite.pages.reviewer_links import ReviewerLink

from .byte_ranges import answers_ranges
from .response_headers import DOWNLOAD_POLICY
from .reviewing import REVIEW, private
from .shared_passwords import limits_attempts

ask_for_password = limits_attempts(serve.authenticate_with_password)
"""Where the password of a private collection is sent."""


@answers_ranges
def serve_document(request, document_id, document_filename):
    """Raises Http404 for what is not there, or not yet for whoever asks."""
    is_early = is_to_come(document_id)
    if is_early and not may_read_early(request, document_id):
        raise Http404("Not before its hour")
    response = serve.serve(request, document_id, document_filename)
    # Wagtail 8.0 sends Python's `None` as the encoding of most files: no encoding has that name.
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]
    if isinstance(response, FileResponse | HttpResponseNotModified):
        response.headers["Content-Security-Policy"] = DOWNLOAD_POLICY
    return private(response) if is_early else response


def is_to_come(document_id: str) -> bool:
    """Whether pages under embargo show the document, and nothing that is public."""
    pages = pages_to_come()
    if not pages.exists():
        return False
    original = original_of(document_id)
    if original is None or not is_shown_by(original, pages):
        return False
    return not for_everybody(Document).filter(pk=original.pk).exists()


def original_of(document_id: str) -> Document | None:
    """The document that texts refer to, of which this one may be a version."""
    document = Document.objects.filter(pk=document_id).select_related("version_of").first()
    return document and (document.version_of or document)


def may_read_early(request, document_id: str) -> bool:
    token = request.GET.get(REVIEW, "")
    links = ReviewerLink.objects.good().filter(token=token)
    pages = pages_to_come().filter(pk__in=links.values("page"))
    if token and is_shown_by(original_of(document_id), pages):
        return True
    return request.user.has_perm("wagtailadmin.access_admin")
