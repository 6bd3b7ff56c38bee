from django.core.management.base import BaseCommand

from lihsite.links.checking import check_links


class Command(BaseCommand):
    help = "Checks the links of all published pages; the report “Broken links” shows the outcome."

    def add_arguments(self, parser):
        parser.add_argument(
            "--internal", action="store_true", help="Do not ask other sites for their addresses."
        )

    def handle(self, *args, internal, verbosity, **options):
        def tell(done, total):
            if verbosity > 1:
                self.stdout.write(f"{done} of {total} pages")

        number = check_links(external=not internal, tell=tell)
        if verbosity:
            self.stdout.write(f"Broken links: {number}")
