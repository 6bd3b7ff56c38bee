from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand


class Command(BaseCommand):
    help = "Gather the strings of code and templates into the message catalogues (needs gettext)."
    requires_system_checks = []

    def handle(self, **options):
        call_command(
            "makemessages",
            locale=[code for code, _ in settings.LANGUAGES if code != settings.LANGUAGE_CODE],
            extensions=["html", "py", "txt"],
            ignore_patterns=["tests/*", "var/*", ".venv/*", "*/migrations/*"],
            # Line numbers would change the catalogues with every edit.
            add_location="file",
            no_obsolete=True,
        )
