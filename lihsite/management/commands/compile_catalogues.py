from django.core.management.base import BaseCommand

from lihsite.operations.catalogues import compile_catalogues


class Command(BaseCommand):
    help = "Compile the message catalogues that have changed; gettext is not needed."
    requires_system_checks = []

    def handle(self, **options):
        count = compile_catalogues()
        self.stdout.write(f"{count} compiled." if count else "All are up to date.")
