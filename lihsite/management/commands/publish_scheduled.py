"""Runs what is due: the schedules of languages, then Wagtail's own of whole pages."""

import logging

from django.apps import apps
from django.db import transaction
from django.utils import timezone
from wagtail.management.commands import publish_scheduled
from wagtail.models import DraftStateMixin, Revision, get_default_page_content_type

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
        for expired in self.expired():
            self.carry_out(
                expired,
                lambda page: page.unpublish(
                    set_expired=True, log_action="wagtail.unpublish.scheduled"
                ),
            )
        due = Revision.objects.filter(approved_go_live_at__lt=timezone.now())
        for revision in list(due.order_by("approved_go_live_at")):
            self.carry_out(
                revision,
                lambda revision: revision.publish(log_action="wagtail.publish.scheduled"),
            )

    def expired(self):
        pages = get_default_page_content_type().model_class()
        others = [
            model
            for model in apps.get_models()
            if issubclass(model, DraftStateMixin) and not issubclass(model, pages)
        ]
        for model in [pages, *others]:
            expired = model.objects.filter(live=True, expire_at__lt=timezone.now())
            yield from list(expired.order_by("expire_at"))

    def carry_out(self, scheduled, act):
        try:
            with transaction.atomic():
                act(scheduled)
        except Exception:
            logger.exception("The schedule of “%s” could not be carried out.", scheduled)
