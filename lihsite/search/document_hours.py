"""From when documents are found: as soon as something shows them which everybody gets.

Their text is in the index from the upload on, since to read a file takes long; what follows here is
only the hour of its entries.
"""

from django.contrib.contenttypes.models import ContentType

from lihsite.media.documents import Document
from lihsite.pages.base_page import BasePage
from lihsite.pages.library import for_everybody, hour_of, is_shown_on

from .models import SearchEntry


def date_documents(shown_on: BasePage | None = None) -> None:
    """Give the entries of documents their hour, where it is another one by now.

    `shown_on` is a page whose own documents may have got another hour, such as its embargo's.
    """
    kind = ContentType.objects.get_for_model(Document)
    entries = SearchEntry.objects.filter(content_type=kind)
    public = for_everybody(Document).values("pk")
    entries.filter(object_id__in=public).exclude(hidden_until=None).update(hidden_until=None)
    changed = set(
        entries.visible().exclude(object_id__in=public).values_list("object_id", flat=True)
    )
    if shown_on is not None:
        page = BasePage.objects.filter(pk=shown_on.pk)
        changed.update(
            Document.objects.filter(is_shown_on(page, Document)).values_list("pk", flat=True)
        )
    for document in Document.objects.filter(pk__in=changed):
        entries.filter(object_id=document.pk).update(hidden_until=hour_of(document))
