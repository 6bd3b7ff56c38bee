"""Puts database, media and settings into one archive, or verifies one; see docs/backup.md."""

from django.conf import settings

from lihsite.operations.backup.archive import damage_told, verified
from lihsite.operations.backup.command import BackupCommand
from lihsite.operations.backup.making import make_backup, rotate
from lihsite.operations.backup.places import failures_told, place_and_name, place_of
from lihsite.operations.backup.restoring import check_version
from lihsite.operations.backup.rotation import parse_rule


class Command(BackupCommand):
    help = "Backs up database, media and settings, while the site goes on."

    def add_arguments(self, parser):
        parser.add_argument(
            "place",
            nargs="?",
            default=settings.BACKUP_TO,
            help="a folder, or s3://bucket/prefix (BACKUP_TO)",
        )
        parser.add_argument(
            "--keep",
            default=settings.BACKUP_KEEP,
            help="delete older backups but for the newest of so many days, weeks, months, years "
            "(7d,4w,12m), or so many in all (10); without it none is deleted (BACKUP_KEEP)",
        )
        parser.add_argument(
            "--verify", metavar="BACKUP", help="read a backup and say whether it is whole"
        )

    def handle(self, *args, **options):
        if options["verify"]:
            self.verify(options["verify"])
        else:
            self.back_up(options["place"], options["keep"])

    def back_up(self, where: str, keep: str):
        rule = parse_rule(keep) if keep else None
        with failures_told(where):
            place = place_of(where)
        name = make_backup(place, settings.BACKUP_KEY, self.say)
        self.say(f"Backup: {place}/{name}")
        if rule:
            rotate(place, rule, self.say)

    def verify(self, where: str):
        with failures_told(where), damage_told(where):
            place, name = place_and_name(where)
            with place.reading(name) as source:
                contents = verified(source, settings.BACKUP_KEY, check_version)
        made_at = contents.header["made_at"]
        self.say(f"Whole: {contents.rows:,} rows and {contents.files:,} files of {made_at}")
