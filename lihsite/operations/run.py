"""Sets the site up on one machine, step by step, and serves it: what `make run` does.

`python -m lihsite.operations.run --port 8000`. A second run finds most steps done.
"""

import argparse
import os
import signal
import sys
import warnings

import django
from django.core.exceptions import ImproperlyConfigured

from lihsite.stop_signals import LOOK, hear_stop

from . import server
from .stops import Stop


def main() -> int:
    arguments = parse_arguments()
    signal.signal(signal.SIGTERM, interrupt)
    try:
        server.check_port_is_free(arguments.port)
        set_unless_given("WAGTAILADMIN_BASE_URL", address(arguments.port))
        prepare_settings()
        set_up()
        return serve(arguments.port)
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("\nStopped.")
        return 130


def parse_arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Set the site up on this machine and serve it.")
    parser.add_argument("--port", type=int, default=8000)
    return parser.parse_args()


def address(port: int) -> str:
    return f"http://{server.HOST}:{port}"


def interrupt(signum, frame):
    raise KeyboardInterrupt


def prepare_settings() -> None:
    """Configure Django for one machine; raises Stop where the environment makes no sense."""
    set_unless_given("DJANGO_SETTINGS_MODULE", "lihsite.settings.production")
    set_unless_given("ONE_MACHINE", "1")
    try:
        with warnings.catch_warnings():
            # What it warns of, an unknown kind of database, is refused in full by our settings.
            warnings.filterwarnings("ignore", message="Engine not recognized")
            django.setup()
    except (ImproperlyConfigured, ValueError) as error:
        raise Stop(
            f"The settings are not right: {error}. See the README for what may be set, or unset "
            "DATABASE_URL to use SQLite."
        ) from error


def set_unless_given(name: str, value: str) -> None:
    """A variable that is set to nothing is as good as none, as in our settings."""
    if not os.environ.get(name, "").strip():
        os.environ[name] = value


def set_up() -> None:
    # Django's registry is ready only now.
    from . import preparation

    for step in preparation.STEPS:
        step()


def serve(port: int) -> int:
    print("· Server: starting", flush=True)
    crew = the_crew()
    process = server.start(port)
    try:
        server.wait_until_ready(process, port)
        crew.start()
        told = hear_stop()
        announce(port)
        while not told.wait(LOOK):
            if process.poll() is not None:
                raise Stop("The server ended by itself: its words above say why.")
        print("\n· Server: stopping", flush=True)
    except KeyboardInterrupt:
        hear_stop()
        print("\n· Server: stopping", flush=True)
    finally:
        server.stop(process)
        crew.stop(server.STOP_TIME)
    print("Stopped; all data is kept in var/.")
    return 0


def the_crew():
    """The workers of this machine, which also publish what is scheduled."""
    from lihsite.background.workers import Crew

    return Crew()


def announce(port: int) -> None:
    from django.conf import settings
    from django.contrib.auth import get_user_model

    print(f"\nThe site:   {address(port)}/")
    print(f"The admin:  {address(port)}{settings.ADMIN_PATH}")
    accounts = get_user_model().objects.filter(username__in=settings.DEMONSTRATION_ACCOUNTS)
    names = {user.get_username() for user in accounts}
    if names:
        print(f"\nDemonstration accounts, all with the password {settings.DEMONSTRATION_PASSWORD}:")
        for name, role in settings.DEMONSTRATION_ACCOUNTS.items():
            if name in names:
                print(f"  {name:<10}{role}")
    print("\nCtrl-C stops it.", flush=True)


if __name__ == "__main__":
    sys.exit(main())
