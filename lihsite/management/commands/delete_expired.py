"""Deletes what each room keeps for a time alone, once that is over (`lihsite/expiry.py`)."""

from django.core.management.base import BaseCommand

from lihsite.expiry import delete_expired


class Command(BaseCommand):
    help = "Deletes what was kept for its time; run it every day."

    def handle(self, *args, **options):
        deleted = ", ".join(f"{count} {name}" for name, count in delete_expired().items())
        self.stdout.write(f"Deleted: {deleted}")
