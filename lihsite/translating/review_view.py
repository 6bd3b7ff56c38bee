"""A review of one language: what would change for visitors, and the decision."""

from django import forms
from django.shortcuts import get_object_or_404, redirect
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from wagtail.admin import messages
from wagtail.admin.widgets import AdminAutoHeightTextInput

from lihsite.models import LanguageReview
from lihsite.multilingual import reviews
from lihsite.multilingual.joining import shared_fields
from lihsite.multilingual.permissions import may_publish
from lihsite.multilingual.publishing import error_text, with_live_shared
from lihsite.pages.comparing import SHARED, differences
from lihsite.translating.publish_actions import REFUSALS, publish_url
from lihsite.translating.publish_view import WorkspacePageView

DECISIONS = {
    "approve": (reviews.approve, gettext_lazy("Approved, and published as it was reviewed.")),
    "request_changes": (reviews.request_changes, gettext_lazy("Changes are requested.")),
    "withdraw": (reviews.withdraw, gettext_lazy("The review is withdrawn.")),
}


class DecisionForm(forms.Form):
    comment = forms.CharField(
        required=False,
        label=gettext_lazy("Comment"),
        widget=AdminAutoHeightTextInput(attrs={"rows": 2}),
    )


class ReviewView(WorkspacePageView):
    template_name = "lihsite/admin/review.html"

    def setup(self, request, pk, *args, **kwargs):
        self.review = get_object_or_404(LanguageReview.objects.select_related("page"), pk=pk)
        super().setup(request, self.review.page_id, *args, **kwargs)

    def get_page_title(self):
        return _("Review: %(language)s") % {"language": self.review.language_name}

    @property
    def seen_by_visitors(self):
        """The page with what visitors get in the language: nothing where it is not live.

        A row that is not live has the texts of its draft, as Wagtail stores them, or earlier ones.
        """
        is_live = self.page.live and self.review.language in self.page.live_languages
        return self.page if is_live else type(self.page)()

    @cached_property
    def may_decide(self) -> bool:
        return may_publish(self.request.user, self.page, self.review.language)

    @property
    def shared_comparison(self) -> list:
        """What approving would change of the shared fields, by somebody else where one may not."""
        approver = self.request.user if self.may_decide else None
        if not (self.review.is_waiting and self.review.brings_shared(approver)):
            return []
        model = type(self.page)
        content = with_live_shared(self.page, self.review.kept)
        seen = self.page if self.page.live else model()
        names = shared_fields(model, content)
        return [
            comparison
            for comparison in differences(
                self.page, self.request, seen, self.page.with_content_json(content), SHARED
            )
            if comparison.field.name in names
        ]

    @cached_property
    def form(self) -> DecisionForm:
        return DecisionForm(self.request.POST if self.request.method == "POST" else None)

    def post(self, request, *args, **kwargs):
        decision = DECISIONS.get(request.POST.get("decision"))
        if decision and self.form.is_valid():
            decide, message = decision
            try:
                decide(self.review, user=request.user, comment=self.form.cleaned_data["comment"])
            except REFUSALS as error:
                messages.error(request, error_text(error))
            else:
                messages.success(request, message)
                return redirect(publish_url(self.page))
        return self.render_to_response(self.get_context_data())

    def get_context_data(self, **kwargs):
        submitted = self.page.with_content_json(dict(self.review.content))
        seen = self.seen_by_visitors
        user, language = self.request.user, self.review.language
        return super().get_context_data(
            page=self.page,
            review=self.review,
            form=self.form,
            comparison=differences(self.page, self.request, seen, submitted, language),
            shared_comparison=self.shared_comparison,
            may_decide=self.may_decide,
            may_withdraw=user.pk == self.review.submitted_by_id,
            has_moved_on=self.review.is_waiting and self.review.draft_moved_on(),
            **kwargs,
        )
