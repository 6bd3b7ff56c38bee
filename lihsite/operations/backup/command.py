"""What the commands for backups have in common: they say each step, and stop in one line."""

from django.core.management.base import BaseCommand, CommandError

from lihsite.operations.stops import Stop


class BackupCommand(BaseCommand):
    def execute(self, *args, **options):
        try:
            return super().execute(*args, **options)
        except Stop as stop:
            raise CommandError(str(stop)) from stop

    def say(self, text: str):
        self.stdout.write(f"· {text}")
        # Whoever waits reads it now, also through a pipe.
        self.stdout.flush()
