"""What differs from Django's German formats: a comma before the time, and the word after it."""

DATETIME_FORMAT = r"j. F Y, H:i \U\h\r"
