"""Takes the place of the command of django-tasks-db, whose workers know one queue and no clock."""

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from lihsite.background.queues import QUEUES
from lihsite.background.workers import Crew
from lihsite.metrics import serving as metrics
from lihsite.stop_signals import LOOK, hear_stop


class Command(BaseCommand):
    help = (
        "Works on the tasks that are waiting, and does what is due by the clock, until it is told "
        "to stop; it then finishes what it has in hand. Runs on as many machines as you like."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--queues",
            default=",".join(QUEUES),
            help="The queues to work on, parted by commas (default: %(default)s).",
        )

    def handle(self, *args, queues, **options):
        names = queues.split(",")
        if unknown := set(names) - set(QUEUES):
            raise CommandError(f"There is no queue {', '.join(sorted(unknown))}.")
        told = hear_stop()
        crew = Crew(names)
        crew.start()
        metrics.start()
        self.stdout.write("Working.")
        while not told.wait(LOOK):
            pass
        if not crew.stop(settings.WORKER_STOP_SECONDS):
            raise CommandError(
                "A task was not finished in time: another worker takes it up.", returncode=1
            )
