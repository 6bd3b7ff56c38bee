"""From when documents are found: as soon as something shows them which everybody gets.

Their text is in the index from the upload on, since to read a file takes long; what follows here is
only the hour of its entries.
"""

from django.contrib.contenttypes.models import ContentType
from django.utils import timezone

from lihsite.media.documents import Document
from lihsite.pages.base_page import BasePage
from lihsite.pages.library import hour_of, keys_of_documents_for_everybody, keys_of_documents_on

from .models import SearchEntry


def date_documents(shown_on: BasePage | None = None) -> None:
    """Give the entries of documents their hour, where it is another one by now.

    `shown_on` is a page whose own documents may have got another hour, such as its embargo's.
    """
    kind = ContentType.objects.get_for_model(Document)
    entries = SearchEntry.objects.filter(content_type=kind)
    stored = entries.values_list("object_id", "hidden_until").distinct()
    hidden, visible, now = set(), set(), timezone.now()
    for key, hour in stored:
        if hour is not None:
            hidden.add(key)
        if hour is None or hour <= now:
            visible.add(key)
    if not hidden | visible:
        return
    public = keys_of_documents_for_everybody()
    entries.filter(object_id__in=hidden & public).update(hidden_until=None)
    changed = visible - public
    if shown_on is not None:
        changed.update(keys_of_documents_on(shown_on))
    for document in Document.objects.filter(pk__in=changed):
        entries.filter(object_id=document.pk).update(hidden_until=hour_of(document))
