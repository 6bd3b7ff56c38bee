"""What is done to many pictures or documents at once, and not by translators.

Wagtail asks for the right to change, which translators have for the texts of their languages.
"""

from wagtail.documents.views.bulk_actions import (
    AddTagsBulkAction as AddTagsToDocuments,
)
from wagtail.documents.views.bulk_actions import (
    AddToCollectionBulkAction as AddDocumentsToCollection,
)
from wagtail.images.views.bulk_actions import AddTagsBulkAction as AddTagsToImages
from wagtail.images.views.bulk_actions import AddToCollectionBulkAction as AddImagesToCollection

from lihsite.multilingual.permissions import own_languages


class SharedFieldsMixin:
    """For actions on what all languages share."""

    def check_perm(self, entry):
        return not own_languages(self.request.user) and super().check_perm(entry)


class TagImages(SharedFieldsMixin, AddTagsToImages):
    pass


class CollectImages(SharedFieldsMixin, AddImagesToCollection):
    pass


class TagDocuments(SharedFieldsMixin, AddTagsToDocuments):
    pass


class CollectDocuments(SharedFieldsMixin, AddDocumentsToCollection):
    """Saves each document: of Wagtail's one update nobody hears, and search has to follow."""

    @classmethod
    def execute_action(cls, objects, collection=None, **kwargs):
        for document in objects:
            document.collection = collection
            document.save(update_fields=["collection"])
        return len(objects), 0


BULK_ACTIONS = (TagImages, CollectImages, TagDocuments, CollectDocuments)
"""In the place of Wagtail's of the same names."""
