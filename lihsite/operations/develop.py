"""Sets the site up like `make run`, and serves it with Django's reloading development server."""

import os
import signal
import sys

from .run import parse_arguments, prepare_settings
from .server import check_port_is_free
from .stops import Stop


def main() -> int:
    arguments = parse_arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lihsite.settings.development")
    try:
        check_port_is_free(arguments.port)
        prepare_settings()
        set_up()
    except Stop as stop:
        print(stop, file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    command = [sys.executable, "manage.py", "runserver", str(arguments.port)]
    os.execv(sys.executable, command)  # noqa: S606 - no shell is wanted


def set_up() -> None:
    from . import preparation

    preparation.migrate()
    preparation.compile_messages()
    preparation.load_demonstration()


if __name__ == "__main__":
    sys.exit(main())
