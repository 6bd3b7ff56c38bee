"""`manage.py rebuild_search`: index all that can be found anew."""

from django.core.management.base import BaseCommand

from lihsite.search.index import rebuild

WIDTH = 40


class Command(BaseCommand):
    help = "Builds the search index anew; search answers all the while."

    def handle(self, *args, verbosity, **options):
        done = rebuild(self.show_progress if verbosity and self.stdout.isatty() else None)
        if verbosity:
            self.stdout.write(f"{done} objects are in the search index.")

    def show_progress(self, done: int, total: int) -> None:
        filled = WIDTH * done // total if total else WIDTH
        bar = "█" * filled + "·" * (WIDTH - filled)
        self.stdout.write(f"\r{bar} {done}/{total}", ending="\n" if done == total else "")
        self.stdout.flush()
