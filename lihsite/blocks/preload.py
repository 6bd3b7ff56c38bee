"""Fetches all that the bodies of a page refer to, each kind of object once.

    with preload(streams=[shown.body], pictures=[(page, "lead_image")]):
        html = render(...)

Before rendering, the raw data of the streams are walked along their block definitions, and the ids
of pictures, documents, pages and other objects collected, those in rich text included. Each model
is then fetched in one query, the renditions of all pictures in one more. While the context
lasts, choosers and rich text links take their objects from there; what was not collected, and
everything outside the context, is fetched as Wagtail does.
"""

from collections import defaultdict
from collections.abc import Iterable
from contextlib import contextmanager
from contextvars import ContextVar

import swapper
from django.db import models
from django.db.models import Q, QuerySet
from wagtail import blocks
from wagtail.documents import get_document_model
from wagtail.images import get_image_model

from lihsite.media.renditions import fetch_sizes
from lihsite.prepared import prepared
from lihsite.privacy import restriction_exists

from .references import references_in

_preloaded: ContextVar[dict | None] = ContextVar("preloaded", default=None)


@contextmanager
def preload(streams: Iterable[blocks.StreamValue] = (), pictures: Iterable[tuple] = ()):
    """Fetch what `streams` refer to, and the pictures of objects, for the length of the context.

    `pictures` are pairs of an object and the name of its foreign key to a picture, which is then
    set on the object. Contexts may be nested; the inner one adds to the outer one.
    """
    outer = _preloaded.get() or {}
    loaded = {model: dict(rows) for model, rows in outer.items()}
    _fetch(_references(streams), list(pictures), loaded)
    token = _preloaded.set(loaded)
    try:
        yield
    finally:
        _preloaded.reset(token)


def preloaded(model: type[models.Model], pks: Iterable) -> list | None:
    """The objects of the ids (None where there is none), or None if any was not asked for."""
    rows = (_preloaded.get() or {}).get(model)
    if rows is None:
        return None
    try:
        return [None if pk is None else rows[int(pk)] for pk in pks]
    except (KeyError, ValueError):
        return None


class PreloadedChooserMixin:
    """A chooser block that takes its objects from `preload`."""

    def bulk_to_python(self, values):
        values = list(values)
        found = preloaded(self.model_class, values)
        return super().bulk_to_python(values) if found is None else found

    def to_python(self, value):
        found = preloaded(self.model_class, [value])
        return super().to_python(value) if found is None else found[0]


def _references(streams) -> dict[type[models.Model], set[int]]:
    references = defaultdict(set)
    for stream in streams:
        if stream:
            for reference in references_in(stream):
                references[reference.model].add(reference.pk)
    return references


def _fetch(references, pictures, loaded) -> None:
    """Add the objects of the references to `loaded`; objects with pictures before the pictures."""
    image_model, document_model = get_image_model(), get_document_model()
    for model in references.keys() - {image_model, document_model}:
        rows = _missing(model, references[model], loaded)
        pictures += [
            (row, field.name)
            for row in rows
            for field in model._meta.concrete_fields
            if field.is_relation and field.related_model is image_model
        ]
    if document_model in references:
        _missing(document_model, references[document_model], loaded)
    chosen = {getattr(owner, f"{name}_id"): None for owner, name in pictures}
    wanted = references.get(image_model, set()) | (chosen.keys() - {None})
    if wanted:
        fetch_sizes(_missing(image_model, wanted, loaded))
    for owner, name in pictures:
        pk = getattr(owner, f"{name}_id")
        setattr(owner, name, None if pk is None else loaded[image_model][pk])


def _missing(model, pks: set[int], loaded) -> list:
    """Fetch the rows that are not in `loaded` yet, and add them; returns those fetched.

    A library entry comes with its versions in other languages, in the same query; a page with
    whether it is private (`is_restricted`).
    """
    rows = loaded.setdefault(model, {})
    pks = pks - rows.keys()
    if not pks:
        return []
    rows.update(dict.fromkeys(pks))
    has_versions = hasattr(model, "version_of")
    is_page = issubclass(model, swapper.load_model("wagtailcore", "Page"))
    fetched = _rows(pks=sorted(pks), model=model, with_versions=has_versions, with_privacy=is_page)
    if has_versions:
        versions = defaultdict(list)
        for row in fetched:
            versions[row.version_of_id].append(row)
        for row in fetched:
            row._prefetched_objects_cache = {"versions": versions.get(row.pk, [])}
    rows.update((row.pk, row) for row in fetched)
    return fetched


@prepared
def _rows(
    pks: list[int], *, model: type[models.Model], with_versions: bool, with_privacy: bool
) -> QuerySet:
    wanted = Q(id__in=pks)
    if with_versions:
        wanted |= Q(version_of__id__in=pks)
    rows = model._default_manager.filter(wanted)
    return rows.annotate(is_restricted=restriction_exists()) if with_privacy else rows
