"""Takes the second factors of an account away, for whoever has lost them and the recovery codes."""

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError

from lihsite.accounts.factors import remove_all


class Command(BaseCommand):
    help = (
        "Removes the app, the passkeys and the recovery codes of an account, which then signs in "
        "with its password. Make sure first that it is really the owner who asks."
    )

    def add_arguments(self, parser):
        parser.add_argument("username")

    def handle(self, *args, username, **options):
        accounts = get_user_model()._default_manager
        account = accounts.filter(**{get_user_model().USERNAME_FIELD: username}).first()
        if account is None:
            raise CommandError(f"No account is called {username}.")
        if remove_all(account):
            self.stdout.write(f"{username} has no second factor any more.")
        else:
            self.stdout.write(f"{username} had no second factor.")
