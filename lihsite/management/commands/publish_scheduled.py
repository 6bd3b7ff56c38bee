"""Runs what is due: the schedules of languages, then Wagtail's own of whole pages."""

import logging

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Revision, get_default_page_content_type

from lihsite.multilingual.loaded_drafts import hold_page
from lihsite.multilingual.schedules import LanguageSchedule, run_due
from lihsite.translating.progress import record_today

logger = logging.getLogger(__name__)


class Command(publish_scheduled.Command):
    """One page that cannot be published would keep Wagtail's from all that follows.

    Such a page stays scheduled: it goes live once it has what it lacks, or is unscheduled.
    """

    help = "Publishes and unpublishes what is due, by language and as a whole; run it every minute."

    def handle(self, *args, **options):
        if options["dryrun"]:
            for schedule in LanguageSchedule.objects.due():
                self.stdout.write(f"Due: {schedule}")
            super().handle(*args, **options)
        else:
            for schedule in run_due():
                outcome = f"failed: {schedule.error}" if schedule.failed_at else "done"
                self.stdout.write(f"{schedule}: {outcome}")
            self.run_whole_pages()
            record_today()

    def run_whole_pages(self):
        now = timezone.now()
        for model in self.models_that_expire():
            self.carry_out(
                model.objects.filter(live=True, expire_at__lt=now).order_by("expire_at"),
                lambda expired: expired.unpublish(
                    set_expired=True, log_action="wagtail.unpublish.scheduled"
                ),
            )
        due = Revision.objects.filter(approved_go_live_at__lt=now)
        self.carry_out(
            due.order_by("approved_go_live_at"),
            lambda revision: revision.publish(log_action="wagtail.publish.scheduled"),
        )

    def models_that_expire(self):
        pages = get_default_page_content_type().model_class()
        others = [
            model
            for model in apps.get_models()
            if issubclass(model, DraftStateMixin) and not issubclass(model, pages)
        ]
        return [pages, *others]

    def carry_out(self, scheduled, act):
        """Each is read anew at its turn, and held: somebody may have saved it meanwhile, or put it
        off, and what unpublishes stores the whole row.
        """
        for pk in list(scheduled.values_list("pk", flat=True)):
            one = None
            try:
                with transaction.atomic():
                    if scheduled.model is Revision:
                        hold_page_of_revision(pk)
                    one = scheduled.select_for_update(of=("self",)).filter(pk=pk).first()
                    if one:
                        act(one)
            except Exception:
                logger.exception("The schedule of “%s” could not be carried out.", one or pk)


def hold_page_of_revision(pk: int) -> None:
    """Ahead of the revision, as whoever saves the page does."""
    pages = Revision.objects.filter(base_content_type=get_default_page_content_type())
    for key in pages.filter(pk=pk).values_list("object_id", flat=True):
        hold_page(int(key))
