"""The text of PDF files, kept once read: a long one takes many seconds, in which nobody waits."""

from django.db import transaction
from django_tasks import task

from lihsite.media.documents import Document

from .index import index_object
from .models import DocumentText
from .sources import source_of


def text_of(document: Document) -> str:
    """The text of a PDF file, "" for other files; as long as it is not read, "" as well.

    Then it is had read, after which the document is indexed again.
    """
    if document.file_extension.lower() != "pdf":
        return ""
    text = kept_text(document)
    if text is None:
        read_text.enqueue(document.pk)
        text = kept_text(document)
    return text or ""


def kept_text(document: Document) -> str | None:
    """What was read of the file that the document has now."""
    texts = DocumentText.objects.filter(document=document, file_name=document.file.name)
    return texts.values_list("text", flat=True).first()


@task
def read_text(pk: int) -> None:
    """Keep the text of a document's file; raises OSError where the store of media is away."""
    document = Document.objects.filter(pk=pk).first()
    if document is None or kept_text(document) is not None:
        return
    # What reads PDF takes ten megabytes, which a process that answers visitors does not need.
    from .pdf import pdf_text

    read = {"file_name": document.file.name, "text": pdf_text(document)}
    with transaction.atomic():
        DocumentText.objects.update_or_create(document=document, defaults=read)
        index_object(source_of(Document), document.version_of or document)
