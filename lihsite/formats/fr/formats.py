"""What differs from Django's French formats: a comma rather than "à" before the time, and the
narrow space between thousands."""

DATETIME_FORMAT = "j F Y, H:i"
THOUSAND_SEPARATOR = "\u202f"
