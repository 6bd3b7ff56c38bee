"""The admin's create, edit and revert views of our pages, with language tabs fetched on demand."""

from django.core.exceptions import BadRequest, PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.datastructures import MultiValueDictKeyError
from wagtail.admin.views.pages.create import CreateView
from wagtail.admin.views.pages.edit import EditView
from wagtail.admin.views.pages.revisions import RevisionsRevertView

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import may_change_shared_fields, writable_languages
from lihsite.pages.loaded_forms import TAB_PARAMETER
from lihsite.pages.merging import MergingMixin
from lihsite.pages.panels import LanguageTab
from lihsite.pages.side_panels import LanguagesSidePanelsMixin


class LanguageTabMixin:
    """Answers `?language_tab=<code>` with the fields of that language for the same form."""

    def get(self, request, *args, **kwargs):
        if TAB_PARAMETER in request.GET:
            return self.render_language_tab(request.GET[TAB_PARAMETER])
        return super().get(request, *args, **kwargs)

    def post(self, request, *args, **kwargs):
        """Raises BadRequest for a form that lacks parts of its streams; nothing is saved then."""
        try:
            return super().post(request, *args, **kwargs)
        except MultiValueDictKeyError as error:
            raise BadRequest("The form is incomplete.") from error

    def get_context_data(self, **kwargs):
        """Called once the messages about errors have been given."""
        if self.form.is_bound:
            self.form.show_errors_at_fields()
        return super().get_context_data(**kwargs)

    def reload_language(self, language: str) -> None:
        """Called before the fields of a language are shown in a form that is open already."""

    def render_language_tab(self, language: str) -> HttpResponse:
        if language not in language_codes():
            raise Http404
        if language not in writable_languages(self.request.user):
            raise PermissionDenied
        self.reload_language(language)
        form = self.form_class(
            instance=self.page,
            subscription=self.subscription,
            parent_page=self.page.get_parent() if self.page.pk else self.parent_page,
            for_user=self.request.user,
            languages=[language],
        )
        panel = self.edit_handler.get_bound_panel(
            instance=self.page, request=self.request, form=form
        )
        return HttpResponse(find_language_tab(panel, language).render_html())


def find_language_tab(panel, language: str):
    """The bound tab of a language within a bound edit handler; None if there is none."""
    if isinstance(panel.panel, LanguageTab):
        return panel if panel.language == language else None
    for child in getattr(panel, "children", ()):
        found = find_language_tab(child, language)
        if found is not None:
            return found
    return None


class MultilingualCreateView(LanguagesSidePanelsMixin, LanguageTabMixin, CreateView):
    pass


class MultilingualEditView(LanguagesSidePanelsMixin, MergingMixin, LanguageTabMixin, EditView):
    pass


class MultilingualRevertView(MergingMixin, LanguageTabMixin, RevisionsRevertView):
    """Reverts what its user may write: a translator's languages, in the draft as it now is."""

    def get_object(self):
        past = super().get_object()
        if may_change_shared_fields(self.request.user):
            return past
        return past.reverted_in(writable_languages(self.request.user), self.draft_content)
