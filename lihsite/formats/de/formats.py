"""What differs from Django's German formats: a comma before the time, and the word after it."""

DATETIME_FORMAT = "j. F Y, H:i\N{NO-BREAK SPACE}\\U\\h\\r"
