"""Rows as they are stored, apart from all that models do with them.

A table is read and written through a plain model, whose columns are Django's own types: no signals,
no managers, no language that is active, no times set by themselves. Values are told in JSON, alike
for each kind of database, so that a row can go back later, or into another one.
"""

import base64
import datetime
import decimal
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from functools import cache

from django.apps.registry import Apps
from django.db import models
from django.utils.duration import duration_iso_string

from lihsite.batches import batches

KINDS = {
    "AutoField": models.IntegerField,
    "BigAutoField": models.BigIntegerField,
    "SmallAutoField": models.SmallIntegerField,
    "BinaryField": models.BinaryField,
    "BooleanField": models.BooleanField,
    "CharField": models.CharField,
    "DateField": models.DateField,
    "DateTimeField": models.DateTimeField,
    "DecimalField": models.DecimalField,
    "DurationField": models.DurationField,
    "FileField": models.CharField,
    "FilePathField": models.CharField,
    "FloatField": models.FloatField,
    "GenericIPAddressField": models.GenericIPAddressField,
    "IntegerField": models.IntegerField,
    "BigIntegerField": models.BigIntegerField,
    "JSONField": models.JSONField,
    "PositiveBigIntegerField": models.PositiveBigIntegerField,
    "PositiveIntegerField": models.PositiveIntegerField,
    "PositiveSmallIntegerField": models.PositiveSmallIntegerField,
    "SlugField": models.CharField,
    "SmallIntegerField": models.SmallIntegerField,
    "TextField": models.TextField,
    "TimeField": models.TimeField,
    "URLField": models.CharField,
    "UUIDField": models.UUIDField,
}
"""The plain type of each internal type of a field; numbers given by the database are plain ones."""

GENERATED = {"AutoField", "BigAutoField", "SmallAutoField"}
"""The internal types of keys that the database counts up by itself."""


class UnknownKind(Exception):
    """A column is of a type that no plain one stands for; the message names it."""


@dataclass(frozen=True)
class Column:
    """What is to be known of a column to read and write it."""

    name: str
    kind: str
    null: bool = False
    is_key: bool = False
    max_length: int | None = None
    digits: int | None = None
    places: int | None = None

    def field(self) -> models.Field:
        options = {"null": self.null, "primary_key": self.is_key, "db_column": self.name}
        if self.kind == "DecimalField":
            options |= {"max_digits": self.digits, "decimal_places": self.places}
        elif self.max_length:
            options["max_length"] = self.max_length
        return KINDS[self.kind](**options)


@dataclass(frozen=True)
class Table:
    """A table and its columns; `to_json` and `from_json` are for those who store it elsewhere."""

    name: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> Column:
        return next(column for column in self.columns if column.is_key)

    def to_json(self) -> dict:
        return {"name": self.name, "columns": [asdict(column) for column in self.columns]}

    @classmethod
    def from_json(cls, stored: dict) -> "Table":
        return cls(stored["name"], tuple(Column(**column) for column in stored["columns"]))


@cache
def table_of(model: type[models.Model]) -> Table:
    """The table of the model itself, without its parents'. Raises UnknownKind."""
    fields = model._meta.local_concrete_fields
    return Table(model._meta.db_table, tuple(column_of(field) for field in fields))


def column_of(field: models.Field) -> Column:
    stored = field
    while stored.remote_field and hasattr(stored, "target_field"):
        stored = stored.target_field
    kind = stored.get_internal_type()
    if kind not in KINDS:
        raise UnknownKind(f"{field.model._meta.label}.{field.name}: {kind}")
    return Column(
        field.column,
        kind,
        null=field.null,
        is_key=field.primary_key,
        max_length=stored.max_length,
        digits=getattr(stored, "max_digits", None),
        places=getattr(stored, "decimal_places", None),
    )


@cache
def plain_model(table: Table) -> type[models.Model]:
    """A model of the table that does nothing but read and write it; attributes are columns."""
    meta = type(
        "Meta",
        (),
        {"apps": Apps(), "app_label": "plain_rows", "db_table": table.name, "managed": False},
    )
    attributes = {column.name: column.field() for column in table.columns}
    return type("PlainRow", (models.Model,), {**attributes, "Meta": meta, "__module__": __name__})


def read(table: Table, keys: Iterable | None = None, batch: int = 500) -> Iterator[dict]:
    """The rows as JSON would say them, in the order of their keys, a batch at a time.

    All of them, or those with the keys.
    """
    rows = plain_model(table).objects.order_by("pk").values()
    if keys is None:
        yield from _all_rows(rows, table.key.name, batch)
        return
    for some in batches(sorted(keys), batch):
        yield from map(as_json, rows.filter(pk__in=some))


def _all_rows(rows: models.QuerySet, key: str, batch: int) -> Iterator[dict]:
    """By key, so that no cursor has to stay open."""
    found = list(rows[:batch])
    while found:
        yield from map(as_json, found)
        found = list(rows.filter(pk__gt=found[-1][key])[:batch])


def write(table: Table, rows: Iterable[dict], ignore_conflicts: bool = False) -> None:
    """Insert the rows with the keys that they have; raises IntegrityError and DataError.

    With `ignore_conflicts` a row is left out whose place is taken.
    """
    model = plain_model(table)
    objects = [model(**from_json(table, row)) for row in rows]
    model.objects.bulk_create(objects, ignore_conflicts=ignore_conflicts)


def as_json(row: dict) -> dict:
    return {name: _encoded(value) for name, value in row.items()}


def _encoded(value):
    if isinstance(value, datetime.datetime | datetime.date | datetime.time):
        return value.isoformat()
    if isinstance(value, datetime.timedelta):
        return duration_iso_string(value)
    if isinstance(value, decimal.Decimal | uuid.UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    return value


def from_json(table: Table, row: dict) -> dict:
    """The values of the columns that the row tells, as a database takes them."""
    return {
        column.name: _decoded(column, row[column.name])
        for column in table.columns
        if column.name in row
    }


def _decoded(column: Column, value):
    if value is None:
        # A column of JSON that cannot be NULL says "nothing" in JSON.
        is_json_null = column.kind == "JSONField" and not column.null
        return models.Value(None, models.JSONField()) if is_json_null else None
    if column.kind == "BinaryField":
        return base64.b64decode(value)
    return plain_model_field(column).to_python(value)


@cache
def plain_model_field(column: Column) -> models.Field:
    return column.field()
