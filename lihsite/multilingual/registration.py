"""Registers models for translation so that what is stored never depends on the active language.

django-modeltranslation lets `page.title` read and write the column of the *active* language. In
the admin that is the language of whoever is logged in, and the whole of Wagtail (revisions, copies,
moves, aliases, logs, index) writes through such attributes. Here the plain attribute stands for
the object's *source language* instead, in reading and in writing. Languages are only ever named:
`page.title_fr`, or through `lihsite.multilingual.shown` where a visitor's language decides.
"""

from functools import wraps
from types import MethodType

from django.db import models
from modeltranslation.translator import TranslationOptions, translator

from .languages import DEFAULT_LANGUAGE, column, language_codes


def source_language_of(instance: models.Model) -> str:
    """The language that the object was written in; the default one where its model keeps none."""
    return instance.__dict__.get("source_language") or DEFAULT_LANGUAGE


class SourceLanguageDescriptor:
    """The plain attribute of a translated field: the value in the object's source language."""

    # Read by modeltranslation's query sets: no field ever falls back to another language.
    fallback_languages = {"default": ()}

    def __init__(self, field: models.Field):
        self.field = field

    def __get__(self, instance, owner):
        if instance is None:
            return self
        name = self.field.name
        localized = column(name, source_language_of(instance))
        if localized not in instance.__dict__ and name in instance.__dict__:
            # The language column was deferred, or the instance is still being built.
            return instance.__dict__[name]
        return getattr(instance, localized)

    def __set__(self, instance, value):
        instance.__dict__[self.field.name] = value
        if getattr(instance, "_mt_init", False) or getattr(instance, "_mt_disable", False):
            # While it is built or validated the instance names its language columns itself.
            return
        setattr(instance, column(self.field.name, source_language_of(instance)), value)


def register(model: type[models.Model], *fields: str) -> None:
    """Give `model` a column for each language of each field; call it once a concrete model.

    Text columns are never NULL. Base columns are left out of the reference index, which would
    else count each use twice. Subclasses are registered too, with no field if they add none.
    """
    field_options = {}
    for name in fields:
        field = model._meta.get_field(name)
        field.wagtail_reference_index_ignore = True
        if isinstance(field, (models.CharField, models.TextField)):
            field_options[name] = {"default": {"null": False, "default": ""}}
        elif isinstance(field, models.BooleanField):
            field_options[name] = {"default": {"default": False}}
    options = type(
        f"{model.__name__}TranslationOptions",
        (TranslationOptions,),
        {"fields": fields, "field_options": field_options},
    )
    translator.register(model, options)
    build_in_source_language(model)
    for name in fields:
        field = model._meta.get_field(name)
        setattr(model, name, SourceLanguageDescriptor(field))
        if hasattr(field, "extract_references"):
            field.extract_references = no_references
        for language in language_codes():
            localized = model._meta.get_field(column(name, language))
            localized.wagtail_reference_index_ignore = False
            localized.save_form_data = MethodType(save_form_data, localized)


def no_references(value) -> tuple:
    """What streams and rich text in a base column refer to: the language columns say it.

    Wagtail's reference index leaves ignored relations out, but not what texts refer to.
    """
    return ()


def build_in_source_language(model: type[models.Model]) -> None:
    """Let plain names in a constructor stand for the source language too.

    modeltranslation would take them for the active language's: in what a revision made before a
    language was added says of an object, for example.
    """
    original = model.__init__
    names = translated_fields(model)

    @wraps(original)
    def build(self, *args, **kwargs):
        if kwargs:
            source = kwargs.get("source_language") or DEFAULT_LANGUAGE
            for name in names:
                if name in kwargs:
                    kwargs.setdefault(column(name, source), kwargs[name])
                    del kwargs[name]
        original(self, *args, **kwargs)

    model.__init__ = build


def save_form_data(field: models.Field, instance: models.Model, data) -> None:
    """Take what a form says, an emptied text included.

    modeltranslation keeps an emptied text of the active language where the form has the plain
    name as well, which stands for that language there, but not here.
    """
    setattr(instance, field.name, data)


def translated_fields(model: type[models.Model]) -> list[str]:
    """The names of the model's translated fields, inherited ones included, in a stable order."""
    names = translator.get_options_for_model(model).all_fields
    return [field.name for field in model._meta.fields if field.name in names]


def translated_columns(model: type[models.Model]) -> dict[str, tuple[str, str]]:
    """The field and the language of each language column of the model, by the column's name."""
    return {
        column(name, language): (name, language)
        for name in translated_fields(model)
        for language in language_codes()
    }
