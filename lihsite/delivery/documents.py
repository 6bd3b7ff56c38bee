"""Documents of the library, served by Wagtail's own view, which knows who may read them."""

from wagtail.documents.views import serve

from .byte_ranges import answers_ranges


@answers_ranges
def serve_document(request, document_id, document_filename):
    response = serve.serve(request, document_id, document_filename)
    # Wagtail 8.0 sends Python's `None` as the encoding of most files: no encoding has that name.
    if response.headers.get("Content-Encoding") == "None":
        del response.headers["Content-Encoding"]
    return response
