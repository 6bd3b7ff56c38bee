"""The preview beside the translate view: the draft with what is typed in its form.

Asked for it (`translate-structure.js`), it follows the chosen changes of structure as well.
"""

from django.http import Http404
from wagtail.admin.views.pages.preview import PreviewOnEditView

from lihsite.multilingual.languages import language_codes
from lihsite.translating.translation_form import translation_handler


class TranslationPreviewView(PreviewOnEditView):
    """Wagtail's preview with the form of one language; its data are kept apart by language."""

    def setup(self, request, *args, **kwargs):
        if kwargs["language"] not in language_codes():
            raise Http404
        self.parent_object_id = kwargs["language"]
        super().setup(request, *args, **kwargs)

    def get_form(self, query_dict):
        handler = translation_handler(type(self.object), self.kwargs["language"])
        form = handler.get_form_class()(
            query_dict or None,
            instance=self.object,
            parent_page=self.object.get_parent().specific,
            for_user=self.request.user,
        )
        form.is_previewed = True
        return form
