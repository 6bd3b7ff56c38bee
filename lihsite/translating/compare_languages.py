"""Two languages of one version of a page, side by side."""

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils.translation import gettext_lazy

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.segments import instance_values, plain_text, walk_segments
from lihsite.multilingual.states import segments_to_do
from lihsite.translating.publish_view import WorkspacePageView

LIVE, LATEST = "live", "latest"


class CompareLanguagesView(WorkspacePageView):
    """The texts of a revision, of what is `live` or of the `latest` draft, in two languages."""

    page_title = gettext_lazy("Compare languages")
    template_name = "lihsite/admin/compare_languages.html"

    def setup(self, request, page_id, version, *args, **kwargs):
        super().setup(request, page_id, *args, **kwargs)
        self.version = version

    def shown_page(self):
        """The page as the version has it. Raises Http404 for one that is none of the page's."""
        if self.version == LIVE:
            return self.page
        if self.version == LATEST:
            return self.page.get_latest_revision_as_object()
        if not self.version.isdecimal() or len(self.version) > 15:
            raise Http404
        return get_object_or_404(self.page.revisions, pk=self.version).as_object()

    def get_context_data(self, **kwargs):
        shown = self.shown_page()
        source = shown.source_language
        other = next((code for code in language_codes() if code != source), source)
        left = self.asked("left", source)
        right = self.asked("right", other)
        return super().get_context_data(
            page=self.page,
            sides=[
                {"name": "left", "code": left, "language": language_name(left)},
                {"name": "right", "code": right, "language": language_name(right)},
            ],
            languages=[(code, language_name(code)) for code in language_codes()],
            rows=rows(shown, left, right),
            **kwargs,
        )

    def asked(self, side: str, default: str) -> str:
        code = self.request.GET.get(side)
        return code if code in language_codes() else default


def rows(page, left: str, right: str) -> list[dict]:
    """The texts in the order of the left side, then those that the right side has alone."""
    values = instance_values(page, {left, right})
    texts = [
        {segment.name: segment for segment in walk_segments(type(page), values, language)}
        for language in (left, right)
    ]
    outdated = {name for language in (left, right) for name in segments_to_do(page, language)[1]}
    names = list(dict.fromkeys([*texts[0], *texts[1]]))
    return [
        {
            "label": next(side[name].label for side in texts if name in side),
            "texts": [plain_text(side[name].text) if name in side else "" for side in texts],
            "is_outdated": name in outdated,
        }
        for name in names
    ]
