"""Loads the demonstration content, and makes it large on request."""

from django.core.management.base import BaseCommand
from django.utils import timezone

from home.demonstration.loading import is_loaded, load
from home.demonstration.many_news import add_news, count_pages

BAR_LENGTH = 40


class Command(BaseCommand):
    help = "Fills an empty site with the demonstration content; leaves a site with content alone."

    def add_arguments(self, parser):
        parser.add_argument(
            "--pages",
            type=int,
            metavar="N",
            help="Add copies of the news until the site has N pages, for measuring.",
        )

    def handle(self, *args, pages=None, **options):
        if is_loaded():
            self.say("The site has content already; nothing was changed.")
        else:
            load(timezone.localdate(), self.say)
        if pages is not None:
            self.grow(pages)

    def grow(self, pages: int):
        count = pages - count_pages()
        if count <= 0:
            self.say(f"The site has {count_pages()} pages already; none were added.")
            return
        add_news(count, self.show_progress)
        self.say(f"Pages: {count} news added, {count_pages()} in all")

    def say(self, text: str):
        self.stdout.write(f"  {text}")

    def show_progress(self, done: int, total: int):
        """Draw a bar in a terminal, and nothing into a file."""
        if not self.stdout.isatty():
            return
        filled = BAR_LENGTH * done // total
        bar = "█" * filled + "░" * (BAR_LENGTH - filled)
        self.stdout.write(f"\r  {bar} {done}/{total}", ending="\n" if done == total else "")
        self.stdout.flush()
