"""The environment, in which a variable that is set to nothing is as good as none.

Files of variables, as compose and systemd read them, list some without a value; taken by the word,
an empty `MEDIA_ROOT` would be the folder that the server was started in.
"""

import os
from collections.abc import Iterator, Mapping

import environ


class Filled(Mapping):
    """What is set to something, at the time of asking."""

    def __getitem__(self, name: str) -> str:
        if (value := os.environ[name]).strip():
            return value
        raise KeyError(name)

    def __iter__(self) -> Iterator[str]:
        return (name for name, value in os.environ.items() if value.strip())

    def __len__(self) -> int:
        return sum(1 for _name in self)


class Environment(environ.Env):
    ENVIRON = Filled()
