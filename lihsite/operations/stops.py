"""What ends a command before its end, said in one line."""


class Stop(Exception):
    """The command cannot go on; the message says why, and what to do."""
