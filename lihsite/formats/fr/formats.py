"""What differs from Django's French formats: times with an h, as texts write them, and the narrow
space between thousands."""

TIME_FORMAT = "G\N{NO-BREAK SPACE}\\h\N{NO-BREAK SPACE}i"
DATETIME_FORMAT = f"j F Y à {TIME_FORMAT}"
THOUSAND_SEPARATOR = "\u202f"
