"""Contents of revisions, in the spelling in which they can be compared with each other."""

import json

from django.core.serializers.json import DjangoJSONEncoder


def as_stored(content: dict) -> dict:
    """The content as the database gives it back: dates and times as text."""
    return json.loads(json.dumps(content, cls=DjangoJSONEncoder))


def without_key(row):
    """A row of a relation without its primary key, which it gets at publication."""
    if isinstance(row, dict):
        return {name: value for name, value in row.items() if name != "pk"}
    return row
