"""What differs from Django's French formats: a comma rather than "à" before the time."""

DATETIME_FORMAT = "j F Y, H:i"
