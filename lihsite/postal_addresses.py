"""Postal addresses, which editors write on several lines."""


def in_one_line(address: str) -> str:
    """The lines with commas between them, as maps and calendars read an address."""
    lines = (" ".join(line.split()) for line in address.splitlines())
    return ", ".join(line.rstrip(",") for line in lines if line)
