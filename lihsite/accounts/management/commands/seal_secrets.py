"""Seals by the present SECRET_KEY what lies open in the database, or is sealed by an older one."""

from django.core.management.base import BaseCommand, CommandError

from lihsite.accounts.factors import seal_anew


class Command(BaseCommand):
    help = (
        "Seals the secrets of apps for one-time passwords by SECRET_KEY; afterwards no earlier "
        "key in SECRET_KEY_FALLBACKS is needed for them. Happens each night by itself."
    )

    def handle(self, *args, **options):
        done, closed = seal_anew()
        self.stdout.write(f"{done} secrets of apps sealed anew.")
        for app in closed:
            self.stdout.write(f"The secret of {app.account}’s app cannot be opened.")
        if closed:
            raise CommandError(
                f"{len(closed)} secrets of apps were sealed by a key that is not set: add it to "
                "SECRET_KEY_FALLBACKS, or take these factors away with reset_second_factor."
            )
