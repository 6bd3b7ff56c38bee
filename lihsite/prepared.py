"""Queries whose SQL is built once a process.

    @prepared
    def newest_about(topic: int, *, language: str) -> QuerySet:
        return NewsPage.objects.live_in(language).about(topic).order_by("-date")

    newest_about(topic=7, language="fr")

Django takes several times as long to build the SQL of a list as the database to answer it, and it
would build the same SQL at each visit. A prepared query is written as a query set like any other,
with parameters in the place of values. What is kept is the SQL, never an answer.
"""

from collections.abc import Callable
from contextvars import ContextVar
from datetime import date, datetime
from functools import lru_cache, update_wrapper
from inspect import signature
from typing import get_args

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connection, models
from django.db.models import Expression, Func, QuerySet
from django.utils import timezone

MAX_KEPT = 128
"""How many statements one prepared query keeps; those not used for longest are built again."""

FIELDS = {
    int: models.BigIntegerField,
    str: models.CharField,
    date: models.DateField,
    datetime: models.DateTimeField,
}
"""What a parameter can be; `list[int]` and so on stand for any number of values."""


class Parameter(Expression):
    """Stands in a query set for a value that each run brings."""

    def __init__(self, name: str, place: int | None, output_field: models.Field):
        super().__init__(output_field=output_field)
        self.name = name
        self.place = place

    def as_sql(self, compiler, connection):
        return "%s", [self]

    def value_in(self, arguments: dict):
        """The value that stands here, as the database takes it."""
        value = arguments[self.name]
        if self.place is not None:
            value = value[self.place]
        return self.output_field.get_db_prep_value(value, connection)


_is_kept: ContextVar[bool] = ContextVar("is_kept", default=False)


class Now(Parameter):
    """The moment at which a query runs, in any query set: a prepared one has it anew at each run.

    No function of the database, so that every condition of a visit goes by the one clock.
    """

    def __init__(self):
        super().__init__("now", None, models.DateTimeField())

    def as_sql(self, compiler, connection):
        return "%s", [self if _is_kept.get() else self.value_in({})]

    def value_in(self, arguments: dict):
        return super().value_in({self.name: timezone.now()})


class Statement:
    """The SQL of a query set, and what is to be done with the rows of its answer.

    It takes the steps that Django's own iteration takes, those that are the same each time once.
    """

    def __init__(self, query_set: QuerySet):
        compiler = query_set.query.get_compiler(DEFAULT_DB_ALIAS)
        token = _is_kept.set(True)
        try:
            self.sql, self.parameters = compiler.as_sql()
        except EmptyResultSet:
            self.sql = ""
            return
        finally:
            _is_kept.reset(token)
        columns = [column for column, *_sql in compiler.select]
        self.converters = [
            (place, converters, column)
            for place, (converters, column) in compiler.get_converters(columns).items()
        ]
        if compiler.klass_info:
            places = compiler.klass_info["select_fields"]
            self.model = compiler.klass_info["model"]
            self.fields = slice(places[0], places[-1] + 1)
            # In their order, and quickly looked up.
            self.names = dict.fromkeys(column.target.attname for column in columns[self.fields])
            self.annotations = compiler.annotation_col_map or {}

    def rows(self, arguments: dict, limits: str = "") -> list[list]:
        if not self.sql:
            return []
        values = [
            one.value_in(arguments) if isinstance(one, Parameter) else one
            for one in self.parameters
        ]
        with connection.cursor() as cursor:
            cursor.execute(f"{self.sql}{limits}", values)
            rows = [list(row) for row in cursor.fetchall()]
        for place, converters, column in self.converters:
            for row in rows:
                for convert in converters:
                    row[place] = convert(row[place], column, connection)
        return rows

    def objects(self, arguments: dict, limits: str = "") -> list[models.Model]:
        objects = []
        for row in self.rows(arguments, limits):
            one = self.model.from_db(DEFAULT_DB_ALIAS, self.names, row[self.fields])
            for name, place in self.annotations.items():
                setattr(one, name, row[place])
            objects.append(one)
        return objects


class prepared:
    """Let a function that builds a query set of objects run it instead, and give the objects.

    All arguments are given by name. Those before the asterisk are values of the annotated types.
    Those after it decide what the query set is, as do the lengths of lists: for each combination
    the function is called once. `select_related` and `prefetch_related` have no effect.
    """

    def __init__(self, build: Callable[..., QuerySet]):
        update_wrapper(self, build)
        parameters = signature(build).parameters.values()
        self.build = build
        self.shape = [one.name for one in parameters if one.kind is one.KEYWORD_ONLY]
        self.types = {one.name: one.annotation for one in parameters if one.name not in self.shape}
        self.lists = [name for name, kind in self.types.items() if get_args(kind)]
        self.statement = lru_cache(MAX_KEPT)(self._statement)
        self.counting = lru_cache(MAX_KEPT)(self._counting)

    def __call__(self, **arguments) -> list:
        return self.statement(*self.key(arguments)).objects(arguments)

    def sliceable(self, **arguments) -> "SliceableList":
        """The objects as a paginator wants them: counted, and fetched page by page."""
        return SliceableList(self, arguments)

    def key(self, arguments: dict) -> tuple:
        """What decides on the SQL: the lengths of lists, and the keyword-only arguments."""
        lengths = [len(arguments[name]) for name in self.lists]
        return (*lengths,), *[arguments[name] for name in self.shape]

    def _statement(self, *key) -> Statement:
        return Statement(self._query_set(*key))

    def _counting(self, *key) -> Statement:
        """How many rows there are, in one row of one column."""
        number = Func(template="COUNT(*)", output_field=models.BigIntegerField())
        return Statement(self._query_set(*key).order_by().values_list(number))

    def _query_set(self, lengths: tuple[int, ...], *shape) -> QuerySet:
        sizes = dict(zip(self.lists, lengths, strict=True))
        values = {name: _stand_in(name, kind, sizes) for name, kind in self.types.items()}
        return self.build(**values, **dict(zip(self.shape, shape, strict=True)))


class prepared_rows(prepared):
    """The same for a query set of `values_list`, of whose rows it makes lists."""

    def __call__(self, **arguments) -> list[list]:
        return self.statement(*self.key(arguments)).rows(arguments)


class SliceableList:
    """The answer to a prepared query, counted and fetched only as far as it is asked for."""

    def __init__(self, query: prepared, arguments: dict):
        self.query = query
        self.arguments = arguments
        self.key = query.key(arguments)

    def count(self) -> int:
        rows = self.query.counting(*self.key).rows(self.arguments)
        return rows[0][0] if rows else 0

    def __getitem__(self, part: slice) -> list[models.Model]:
        limits = connection.ops.limit_offset_sql(part.start, part.stop)
        return self.query.statement(*self.key).objects(self.arguments, f" {limits}")


def _stand_in(name: str, kind: type, sizes: dict[str, int]) -> Parameter | list[Parameter]:
    if name not in sizes:
        return Parameter(name, None, FIELDS[kind]())
    (kind,) = get_args(kind)
    return [Parameter(name, place, FIELDS[kind]()) for place in range(sizes[name])]
