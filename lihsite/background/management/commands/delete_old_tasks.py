from django.core.management.base import BaseCommand

from lihsite.background.results import delete_old_results


class Command(BaseCommand):
    help = "Deletes what is kept of tasks and mails that are over; run it every day."

    def handle(self, *args, **options):
        deleted = delete_old_results()
        self.stdout.write(f"Deleted: {deleted['tasks']} tasks, {deleted['mails']} mails")
