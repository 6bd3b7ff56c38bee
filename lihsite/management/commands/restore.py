"""Puts a backup in the place of the database and the media; see docs/backup.md."""

import json
from functools import partial

from django.conf import settings

from lihsite.operations.backup.archive import damage_told, verified
from lihsite.operations.backup.command import BackupCommand
from lihsite.operations.backup.places import failures_told, place_and_name
from lihsite.operations.backup.restoring import Restoration


class Command(BackupCommand):
    help = "Restores a backup, on the same kind of database or on the other; all or nothing."
    requires_migrations_checks = False
    requires_system_checks = []

    def add_arguments(self, parser):
        parser.add_argument("backup", help="a file, or s3://bucket/prefix/name")
        parser.add_argument(
            "--replace",
            action="store_true",
            help="although there is content, which is lost",
        )
        parser.add_argument(
            "--settings-only",
            action="store_true",
            help="print the settings that the backup recorded, and change nothing",
        )

    def handle(self, *args, **options):
        where = options["backup"]
        with failures_told(where), damage_told(where):
            place, name = place_and_name(where)
            reading = partial(place.reading, name)
            if options["settings_only"]:
                with reading() as source:
                    contents = verified(source, settings.BACKUP_KEY)
                self.stdout.write(json.dumps(contents.settings, indent=1, ensure_ascii=False))
                return
            restoration = Restoration(reading, settings.BACKUP_KEY, self.say)
            contents = restoration.run(options["replace"])
        self.say(f"Restored: the site as it was at {contents.header['made_at']}")
