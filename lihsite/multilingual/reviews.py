"""Reviews of one language of a page: submitted, then approved, sent back or withdrawn.

A review keeps the draft as it was submitted, and approving publishes the language as it was
reviewed. It locks nobody out, and what happens in other languages does not touch it.
"""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import models, transaction
from django.db.models.functions import Concat
from django.dispatch import Signal
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.models import PageLogEntry

from .contents import as_stored
from .joining import differs_from_live
from .kept_drafts import says_other
from .languages import language_codes, language_name
from .permissions import may_publish, review_codename, writable_languages
from .publishing import (
    PUBLISH,
    SCHEDULED,
    alias_message,
    brings_shared,
    draft_revision,
    kept_draft,
    locked_row,
    publish_languages,
)

SUBMIT = "lihsite.submit_language"
APPROVE = "lihsite.approve_language"
REQUEST_CHANGES = "lihsite.request_language_changes"
WITHDRAW = "lihsite.withdraw_language"

PUBLICATIONS = (PUBLISH, PUBLISH + SCHEDULED, "wagtail.publish", "wagtail.publish.scheduled")
"""The actions in the log, each with its languages, that put a language live."""

review_changed = Signal()
"""Sent with `review` and `user` after the transaction that submitted or decided a review."""


class ReviewState(models.TextChoices):
    WAITING = "waiting", _("waiting for review")
    APPROVED = "approved", _("approved")
    CHANGES_REQUESTED = "changes_requested", _("changes requested")
    WITHDRAWN = "withdrawn", _("withdrawn")


class LanguageReviewQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(state=ReviewState.WAITING)

    def open(self):
        """One of a language at most: that waits, or was sent back with nothing done since.

        Something is done when the language is submitted again, or published.
        """
        later = LanguageReview.objects.filter(
            page=models.OuterRef("page"),
            language=models.OuterRef("language"),
            pk__gt=models.OuterRef("pk"),
        )
        quoted = Concat(models.Value('"'), models.OuterRef("language"), models.Value('"'))
        published = PageLogEntry.objects.filter(
            page=models.OuterRef("page"),
            timestamp__gt=models.OuterRef("decided_at"),
            action__in=PUBLICATIONS,
            data__languages__icontains=quoted,
        )
        return self.filter(
            models.Q(state=ReviewState.WAITING)
            | models.Q(
                ~models.Exists(later),
                ~models.Exists(published),
                state=ReviewState.CHANGES_REQUESTED,
            )
        )

    def sent_back(self):
        return self.open().filter(state=ReviewState.CHANGES_REQUESTED)

    def listed(self):
        """As lists need them: without the drafts, which are as large as their pages."""
        return self.select_related("page").defer("content", "shared_base")

    def for_submitter(self, user):
        """Those sent back to the user, who may submit their language again, the oldest first."""
        reviews = self.sent_back().filter(submitted_by=user).order_by("decided_at")
        return [
            review
            for review in reviews.listed().select_related("decided_by")
            if may_submit(user, review.page, review.language)
        ]

    def for_reviewer(self, user):
        """Those that wait for a decision and that the user may decide on, the oldest first."""
        reviews = self.waiting().order_by("submitted_at").listed().select_related("submitted_by")
        return [review for review in reviews if may_publish(user, review.page, review.language)]


class LanguageReview(models.Model):
    """A language of a draft that somebody asked to be reviewed, and the decision."""

    page = models.ForeignKey(
        "lihsite.BasePage", on_delete=models.CASCADE, related_name="language_reviews"
    )
    language = models.CharField(max_length=10)
    content = models.JSONField(encoder=DjangoJSONEncoder)
    """The draft as it was submitted."""
    shared_base = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    """What was live then of the shared fields that the draft changes; None if nobody noted it."""
    state = models.CharField(
        max_length=20, choices=ReviewState.choices, default=ReviewState.WAITING
    )
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    submitted_at = models.DateTimeField(default=timezone.now)
    comment = models.TextField(blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    decided_at = models.DateTimeField(null=True)
    decision_comment = models.TextField(blank=True)

    objects = LanguageReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review of a language")
        verbose_name_plural = _("reviews of languages")
        constraints = [
            models.UniqueConstraint(
                fields=["page", "language"],
                condition=models.Q(state="waiting"),
                name="one_waiting_review_a_language",
            )
        ]
        indexes = [models.Index(fields=["state", "submitted_at"], name="language_review")]

    def __str__(self):
        return f"{self.page_id} {self.language}: {self.state}"

    @property
    def is_waiting(self) -> bool:
        return self.state == ReviewState.WAITING

    @property
    def language_name(self) -> str:
        return language_name(self.language)

    def draft_moved_on(self) -> bool:
        """Whether the newest draft says something else than was submitted.

        In the language, and in what the review may change of the shared fields.
        """
        row = self.page.specific
        draft = draft_revision(row)
        now = draft.content if draft else as_stored(row.serializable_data())
        if differs_from_live(type(row), now, self.content, self.language):
            return True
        base = self.shared_base if row.live else None
        return self.brings_shared() and says_other(type(row), self.content, now, base)

    def brings_shared(self, user=None) -> bool:
        """Whether approving puts shared fields live too: for the user, or who may publish all."""
        row = self.page.specific
        return not row.live or brings_shared(row, [self.language], user)

    @property
    def kept(self) -> dict:
        return {"content": self.content, "shared_base": self.shared_base}


def may_submit(user, page, language: str) -> bool:
    """Whether the user may ask for a review: whoever writes the language, or may publish it."""
    can_edit = page.permissions_for_user(user).can_edit()
    return can_edit and (language in writable_languages(user) or may_publish(user, page, language))


def open_review(page, language: str) -> LanguageReview | None:
    reviews = page.language_reviews.open().filter(language=language)
    return reviews.select_related("submitted_by", "decided_by").first()


@transaction.atomic
def submit(page, language: str, *, user=None, comment: str = "") -> LanguageReview:
    """Ask for a review of the language as it is in the newest draft.

    An earlier request is replaced. Raises PermissionDenied, and ValidationError for an alias or
    an unknown language.
    """
    row = locked_row(page)
    if language not in language_codes():
        raise ValidationError(gettext("Unknown language: %(codes)s.") % {"codes": language})
    if row.alias_of_id:
        raise ValidationError(alias_message())
    if user and not may_submit(user, row, language):
        raise PermissionDenied(
            gettext("You may not submit this page in %(language)s.")
            % {"language": language_name(language)}
        )
    row.language_reviews.waiting().filter(language=language).update(
        state=ReviewState.WITHDRAWN, decided_by=user, decided_at=timezone.now()
    )
    review = LanguageReview.objects.create(
        page_id=row.pk,
        language=language,
        **kept_draft(row),
        submitted_by=user,
        comment=comment,
    )
    _tell(review, SUBMIT, user, comment)
    return review


@transaction.atomic
def approve(review: LanguageReview, *, user=None, comment: str = "") -> LanguageReview:
    """Publish the language as it was reviewed. Raises PermissionDenied and ValidationError.

    Nothing is decided if what was reviewed cannot go live, as where it changes a shared field that
    has been changed for visitors since.
    """
    review = _waiting(review)
    _check_may_decide(review, user)
    publish_languages(review.page, [review.language], user=user, kept=review.kept)
    return _decide(review, ReviewState.APPROVED, APPROVE, user, comment)


@transaction.atomic
def request_changes(review: LanguageReview, *, user=None, comment: str = "") -> LanguageReview:
    """Send the language back to whoever submitted it."""
    review = _waiting(review)
    _check_may_decide(review, user)
    return _decide(review, ReviewState.CHANGES_REQUESTED, REQUEST_CHANGES, user, comment)


@transaction.atomic
def withdraw(review: LanguageReview, *, user=None, comment: str = "") -> LanguageReview:
    """Take the request back: for whoever made it, and for those who may decide."""
    review = _waiting(review)
    if user and user.pk != review.submitted_by_id:
        _check_may_decide(review, user)
    return _decide(review, ReviewState.WITHDRAWN, WITHDRAW, user, comment)


def reviewers(page, language: str) -> list:
    """The active people who may decide on the language of the page."""
    people = get_user_model().objects.filter(is_active=True)
    codenames = {review_codename(language), "publish_basepage"}
    named = models.Q(is_superuser=True)
    for permissions in ("user_permissions", "groups__permissions"):
        named |= models.Q(**{f"{permissions}__codename__in": codenames})
    named |= models.Q(groups__page_permissions__permission__codename__in=codenames)
    return [
        person
        for person in people.filter(named).distinct().order_by("pk")
        if may_publish(person, page, language)
    ]


def _waiting(review: LanguageReview) -> LanguageReview:
    """The review as it is stored, with its page's row locked. Raises ValidationError if decided."""
    locked_row(review.page)
    stored = LanguageReview.objects.filter(pk=review.pk).select_related("page").first()
    if stored is None or not stored.is_waiting:
        raise ValidationError(gettext("This review has been decided in the meantime."))
    return stored


def _check_may_decide(review, user):
    if user and not may_publish(user, review.page.specific, review.language):
        raise PermissionDenied(
            gettext("You may not decide on this page in %(language)s.")
            % {"language": review.language_name}
        )


def _decide(review, state, action, user, comment) -> LanguageReview:
    review.state, review.decided_by, review.decided_at = state, user, timezone.now()
    review.decision_comment = comment
    review.save(update_fields=["state", "decided_by", "decided_at", "decision_comment"])
    _tell(review, action, user, comment)
    return review


def _tell(review, action, user, comment):
    data = {"languages": [review.language], "comment": comment}
    log(review.page.specific, action, user=user, data=data)
    transaction.on_commit(
        lambda: review_changed.send(sender=LanguageReview, review=review, user=user)
    )
