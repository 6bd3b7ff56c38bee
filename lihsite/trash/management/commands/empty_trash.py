"""Deletes for good the pages that were deleted longer ago than they are kept."""

from django.core.management.base import BaseCommand

from lihsite.trash.emptying import empty


class Command(BaseCommand):
    help = "Deletes pages for good whose days in the trash are over; run it every day."

    def handle(self, *args, **options):
        self.stdout.write(f"Deleted for good: {empty()} pages")
