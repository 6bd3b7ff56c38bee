"""Deletes answers to forms, unconfirmed sign-ups, counts and the audit, once their time is over."""

from django.core.management.base import BaseCommand

from lihsite.contact.deletion import delete_expired


class Command(BaseCommand):
    help = "Deletes what was kept for its time; run it every day."

    def handle(self, *args, **options):
        deleted = delete_expired()
        self.stdout.write(
            f"Deleted: {deleted['submissions']} form submissions, "
            f"{deleted['subscriptions']} unconfirmed sign-ups, {deleted['rates']} counts, "
            f"{deleted['events']} entries of the audit"
        )
