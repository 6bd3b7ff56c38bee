"""The forms of pictures and documents, which tell what a save makes outdated.

Wagtail runs hooks after the forms of pages, snippets and settings, but after none of these.
"""

from django.urls import path
from wagtail.documents.views import documents
from wagtail.images.views import images

from lihsite.translating.telling import tell_what_became_outdated


class TellingMixin:
    def run_after_hook(self):
        tell_what_became_outdated(self.request, self.object)
        return super().run_after_hook()


class ImageEditView(TellingMixin, images.EditView):
    pass


class DocumentEditView(TellingMixin, documents.EditView):
    pass


library_urls = [
    path("images/<int:image_id>/", ImageEditView.as_view()),
    path("documents/edit/<int:document_id>/", DocumentEditView.as_view()),
]
"""The addresses of Wagtail's forms, which keep their names; to be registered before Wagtail's."""
