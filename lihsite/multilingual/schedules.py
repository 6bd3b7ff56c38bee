"""Publication and unpublication of languages at a later time, any number of them side by side.

A schedule keeps the draft as it was when it was made. When it runs, its languages are joined with
what is live then. It locks nobody out and is independent of Wagtail's schedule of the whole page.

Unpublishing the page cancels what waits to be published of it, as Wagtail cancels its own schedule.
Unpublishing some of its languages cancels nothing: what is wrong is taken off until what waits
replaces it.
"""

import logging

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.serializers.json import DjangoJSONEncoder
from django.db import OperationalError, models, transaction
from django.dispatch import Signal, receiver
from django.utils import timezone
from django.utils.translation import gettext, override
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import log
from wagtail.signals import page_unpublished
from wagtail.users.models import UserProfile

from .languages import DEFAULT_LANGUAGE, language_name
from .loaded_drafts import hold_page
from .permissions import may_publish, may_publish_all
from .publishing import (
    SCHEDULED,
    brings_shared,
    check_choice,
    check_may_publish,
    error_text,
    in_order,
    kept_draft,
    locked_row,
    publish_languages,
    unpublish_languages,
)

logger = logging.getLogger(__name__)

SCHEDULE = "lihsite.schedule_languages"
CANCEL = "lihsite.cancel_schedule"

schedule_failed = Signal()
"""Sent with `schedule` once its failure is stored."""


class LanguageScheduleQuerySet(models.QuerySet):
    def waiting(self):
        """Those that are still to run, the next one first."""
        return self.filter(done_at=None, failed_at=None).order_by("at", "pk")

    def failed(self):
        """Those that could not be done, the latest first, until somebody removes them."""
        return self.filter(done_at=None).exclude(failed_at=None).order_by("-failed_at", "pk")

    def failed_for(self, user):
        """The failed ones that the user set, or could have set."""
        failed = self.failed().select_related("page", "user")
        return [schedule for schedule in failed if schedule.concerns(user)]

    def due(self, now=None):
        return self.waiting().filter(at__lte=now or timezone.now())


class LanguageSchedule(models.Model):
    """What is to happen to some languages of a page, and what came of it."""

    class Action(models.TextChoices):
        PUBLISH = "publish", _("publish")
        UNPUBLISH = "unpublish", _("unpublish")

    page = models.ForeignKey(
        "lihsite.BasePage", on_delete=models.CASCADE, related_name="language_schedules"
    )
    action = models.CharField(max_length=20, choices=Action.choices)
    languages = models.JSONField()
    with_shared = models.BooleanField(null=True)
    """Whether the shared fields come along; None where nothing is published, or nobody noted it."""
    at = models.DateTimeField()
    content = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    """The draft as it was when this was scheduled; None where nothing is published."""
    shared_base = models.JSONField(null=True, encoder=DjangoJSONEncoder)
    """What was live then of the shared fields that the draft changes; None if nobody noted it."""
    was_live = models.BooleanField(null=True)
    """Whether visitors got the page when this was scheduled; None if nobody noted it."""
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, on_delete=models.SET_NULL, related_name="+"
    )
    created_at = models.DateTimeField(default=timezone.now)
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(blank=True)

    objects = LanguageScheduleQuerySet.as_manager()

    class Meta:
        verbose_name = _("schedule of languages")
        verbose_name_plural = _("schedules of languages")
        indexes = [models.Index(fields=["done_at", "failed_at", "at"], name="language_schedule")]

    def __str__(self):
        what = ", ".join(self.languages) or "shared"
        return f"{self.page_id} {self.action} {what} {self.at:%Y-%m-%d %H:%M}"

    @property
    def is_of_shared(self) -> bool:
        """Whether it is about the shared fields alone."""
        return not self.languages

    def concerns(self, user) -> bool:
        """Whether the user set it, or may publish all of it."""
        if self.user_id == user.pk:
            return True
        if self.is_of_shared:
            return may_publish_all(user, self.page)
        return all(may_publish(user, self.page, language) for language in self.languages)

    @property
    def language_names(self) -> list[str]:
        """The names of what it is about."""
        names = [language_name(code) for code in self.languages]
        return names or [gettext("The shared fields")]


@transaction.atomic
def schedule_languages(
    page, languages, *, action, at, user=None, with_shared: bool | None = None
) -> LanguageSchedule:
    """Have the languages of the newest draft published, or unpublished, at a time to come.

    The shared fields come along as `publish_languages` would have it now for the user. Raises
    PermissionDenied as publishing would, and ValidationError for a time that is past.
    """
    row = locked_row(page)
    languages = in_order(languages)
    publishes = action == LanguageSchedule.Action.PUBLISH
    if with_shared is None:
        with_shared = brings_shared(row, languages, user)
    shared_now = publishes and (with_shared or not row.live)
    if user:
        check_may_publish(user, row, languages, with_shared=shared_now)
    check_choice(row, languages, with_shared=shared_now, is_first=not row.live)
    if at <= timezone.now():
        raise ValidationError(gettext("Choose a time to come."))
    schedule = LanguageSchedule.objects.create(
        page_id=row.pk,
        action=action,
        languages=languages,
        with_shared=with_shared if publishes else None,
        at=at,
        was_live=row.live,
        user=user,
        **(kept_draft(row) if publishes else {}),
    )
    _log(schedule, SCHEDULE, user)
    return schedule


@transaction.atomic
def cancel_schedule(schedule: LanguageSchedule, user=None) -> None:
    """Remove a schedule, unless it has run by now. Raises PermissionDenied as publishing would."""
    row = locked_row(schedule.page)
    if user:
        check_may_publish(user, row, schedule.languages, with_shared=schedule.is_of_shared)
    deleted, _models = LanguageSchedule.objects.filter(pk=schedule.pk, done_at=None).delete()
    if deleted:
        _log(schedule, CANCEL, user)


@receiver(page_unpublished)
@transaction.atomic
def cancel_publications(sender, instance, **kwargs) -> None:
    """Remove what waits to be published of a page that has been unpublished as a whole."""
    # Wagtail says so of a page that is deleted, too, and does not store it: what waits goes with
    # the page, and comes back with it.
    if type(instance).objects.filter(pk=instance.pk, live=True).exists():
        return
    # One that runs at this moment holds the page, or waits for it: it finds it unpublished
    # (`execute`).
    waiting = instance.language_schedules.waiting().select_for_update()
    for schedule in waiting.filter(action=LanguageSchedule.Action.PUBLISH):
        schedule.delete()
        _log(schedule, CANCEL, user=None)


def _log(schedule, action, user):
    data = {
        "languages": schedule.languages,
        "shared": bool(schedule.with_shared),
        "action": schedule.action,
        "at": schedule.at.isoformat(),
    }
    log(schedule.page.specific, action, user=user, data=data)


def run_due(now=None) -> list[LanguageSchedule]:
    """Run what is due, each in a transaction of its own, and return what was tried.

    A failure is logged, kept with its schedule in the language of whoever set it, and told
    (`schedule_failed`); it does not stop the others. Two processes at once do not run the same
    schedule.
    """
    now = now or timezone.now()
    tried = []
    for pk in list(LanguageSchedule.objects.due(now).values_list("pk", flat=True)):
        schedule = _run(pk)
        if schedule:
            tried.append(schedule)
    return tried


def _run(pk: int) -> LanguageSchedule | None:
    try:
        with transaction.atomic():
            schedule = _held(pk)
            if schedule is None:
                return None
            with override(language_of(schedule.user)):
                execute(schedule)
            schedule.done_at, schedule.error = timezone.now(), ""
            schedule.save(update_fields=["done_at", "error"])
    except OperationalError:
        # The database was busy: the next run tries again.
        logger.exception("Schedule %s was put off", pk)
        return None
    except Exception as error:
        # Whatever one page's data cause must not keep the others from running.
        logger.exception("Schedule %s failed", pk)
        schedule = LanguageSchedule.objects.get(pk=pk)
        schedule.failed_at, schedule.error = timezone.now(), error_text(error)
        schedule.save(update_fields=["failed_at", "error"])
        schedule_failed.send(sender=LanguageSchedule, schedule=schedule)
    return schedule


def _held(pk: int) -> LanguageSchedule | None:
    """The schedule if it still waits, locked; its page before it, as whoever cancels it does."""
    waiting = LanguageSchedule.objects.waiting().filter(pk=pk)
    page_id = waiting.values_list("page_id", flat=True).first()
    hold_page(page_id)
    return waiting.select_for_update().first()


def language_of(user) -> str:
    """The language that the user has chosen for the admin: reasons are told in it."""
    if user is None:
        return DEFAULT_LANGUAGE
    return UserProfile.get_for_user(user).get_preferred_language()


def execute(schedule: LanguageSchedule) -> None:
    """Do what was scheduled, now, with the permissions that were checked when it was made.

    Raises ValidationError as publishing would, and for a page that was unpublished meanwhile.
    """
    options = {
        "user": schedule.user,
        "skip_permission_checks": True,
        "log_suffix": SCHEDULED,
    }
    if schedule.action == LanguageSchedule.Action.UNPUBLISH:
        unpublish_languages(schedule.page, schedule.languages, **options)
    else:
        if schedule.was_live and not locked_row(schedule.page).live:
            raise ValidationError(
                gettext("The page has been unpublished since this was scheduled.")
            )
        publish_languages(
            schedule.page,
            schedule.languages,
            kept={"content": schedule.content, "shared_base": schedule.shared_base},
            with_shared=bool(schedule.with_shared),
            **options,
        )
