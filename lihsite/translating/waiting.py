"""What waits for the person logged in, on the admin's first page."""

from datetime import datetime
from typing import NamedTuple

from django.urls import reverse
from wagtail.admin.ui.components import Component

from lihsite.models import LanguageReview, LanguageSchedule
from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.states import State
from lihsite.translating.access import Addresses, may_use_desk, visible_states
from lihsite.translating.progress import desk_url, progress_by_language

AT_MOST = 10


class ReviewRow(NamedTuple):
    """A review that somebody has sent: to be decided on, or back to be worked on."""

    title: str
    language_name: str
    address: str
    person: object
    moment: datetime
    comment: str = ""


class WaitingPanel(Component):
    """Assignments, reviews, failed schedules, and how far the languages are."""

    name = "translations_waiting"
    template_name = "lihsite/admin/desk/waiting.html"
    order = 200

    def get_context_data(self, parent_context):
        user = parent_context["request"].user
        return {
            **super().get_context_data(parent_context),
            **self.assignments(user),
            "sent_back": self.sent_back(user),
            "reviews": self.reviews(user),
            "progress": self.progress(user),
            "failed_schedules": LanguageSchedule.objects.failed_for(user)[:AT_MOST],
            "desk_url": desk_url(),
        }

    def render_html(self, parent_context=None):
        if not may_use_desk(parent_context["request"].user):
            return ""
        return super().render_html(parent_context)

    @staticmethod
    def assignments(user) -> dict:
        work = Assignment.objects.open().filter(
            assignee=user, state__in=visible_states(user).values("pk")
        )
        related = ("state__content_type", "state__section", "assigned_by")
        first = list(work.select_related(*related).by_urgency()[:AT_MOST])
        addresses = Addresses(user, "assignee=me")
        for assignment in first:
            assignment.address = addresses.of(assignment.state)
            assignment.state_of = State(assignment.state.state)
        return {
            "assignments": first,
            "assigned": work.count() if len(first) == AT_MOST else len(first),
            "assigned_url": desk_url(assignee="me"),
        }

    @staticmethod
    def sent_back(user) -> list[ReviewRow]:
        addresses = Addresses(user)
        return [
            ReviewRow(
                review.page.get_admin_display_title(),
                review.language_name,
                addresses.of_page(review.page_id, review.language),
                review.decided_by,
                review.decided_at,
                review.decision_comment,
            )
            for review in LanguageReview.objects.for_submitter(user)[:AT_MOST]
        ]

    @staticmethod
    def reviews(user) -> list[ReviewRow]:
        return [
            ReviewRow(
                review.page.get_admin_display_title(),
                review.language_name,
                reverse("translating:review", args=[review.pk]),
                review.submitted_by,
                review.submitted_at,
            )
            for review in LanguageReview.objects.for_reviewer(user)[:AT_MOST]
        ]

    @staticmethod
    def progress(user) -> list:
        """The languages that the user writes, as far as something is to do in them."""
        languages = writable_languages(user)
        bars = progress_by_language(user)
        return [bar for bar in bars if bar.language in languages and bar.parts_to_do]
