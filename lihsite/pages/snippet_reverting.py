"""Reverting an object that is no page: a translator brings back one language alone."""

from wagtail.admin.views.generic import RevisionsRevertMixin
from wagtail.snippets.views.snippets import EditView

from lihsite.multilingual.contents import as_stored
from lihsite.multilingual.joining import with_languages_of
from lihsite.multilingual.permissions import own_languages


class TranslatedSnippetRevertView(RevisionsRevertMixin, EditView):
    """Wagtail's, which would save all of the old revision, whatever the form shows of it."""

    view_name = "revisions_revert"

    def get_object(self, queryset=None):
        past = super().get_object(queryset)
        languages = own_languages(self.request.user)
        if not languages:
            return past
        stored = self.model._default_manager.get(pk=past.pk)
        content = with_languages_of(
            self.model,
            as_stored(stored.serializable_data()),
            self.revision.content,
            languages,
        )
        return stored.with_content_json(content)


class TranslatedSnippetViewSetMixin:
    """For view sets of snippets whose model keeps revisions."""

    revisions_revert_view_class = TranslatedSnippetRevertView
