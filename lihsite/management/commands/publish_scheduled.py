"""Runs what is due: the schedules of languages, then Wagtail's own of whole pages."""

from wagtail.management.commands import publish_scheduled

from lihsite.multilingual.schedules import LanguageSchedule, run_due
from lihsite.translating.progress import record_today


class Command(publish_scheduled.Command):
    help = "Publishes and unpublishes what is due, by language and as a whole; run it every minute."

    def handle(self, *args, **options):
        if options["dryrun"]:
            for schedule in LanguageSchedule.objects.due():
                self.stdout.write(f"Due: {schedule}")
        else:
            for schedule in run_due():
                outcome = f"failed: {schedule.error}" if schedule.failed_at else "done"
                self.stdout.write(f"{schedule}: {outcome}")
            record_today()
        super().handle(*args, **options)
