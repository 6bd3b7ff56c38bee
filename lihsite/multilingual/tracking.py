"""Keeps track of the texts of translated objects that are no pages: people, pictures, settings."""

from django.apps import apps
from django.contrib.contenttypes.fields import GenericRelation
from django.db import models, transaction

from .languages import column, language_codes
from .registration import translated_fields
from .segments import instance_values
from .states import record_sources
from .stored_states import store_states


class TrackedTexts(models.Model):
    """A model whose translations have states, as those of a page have.

    `translation_sources` is kept beside the texts, and in the revisions of a model that has some:
    an object that was read from a revision is compared with that revision when it is saved.
    """

    translation_sources = models.JSONField(default=dict, editable=False, blank=True)
    """For each language, the hash of the source text that each segment was translated from."""

    translation_states = GenericRelation("lihsite.TranslationState")

    revision_content: dict | None = None
    """What the revision says from which this object was read, until it is saved."""

    class Meta:
        abstract = True

    def with_content_json(self, content):
        instance = super().with_content_json(content)
        instance.revision_content = content
        return instance

    @transaction.atomic
    def save(self, *args, **kwargs):
        names = kwargs.get("update_fields")
        if names is not None:
            if not text_columns(type(self)).intersection(names):
                return super().save(*args, **kwargs)
            kwargs["update_fields"] = {*names, "translation_sources"}
        record_sources(self, self.revision_content or self._stored_texts())
        super().save(*args, **kwargs)
        self.revision_content = None
        store_states(self)

    def _stored_texts(self) -> dict | None:
        """The texts of the object's row as it is in the database; None for a new object."""
        stored = type(self)._base_manager.filter(pk=self.pk).first() if self.pk else None
        return instance_values(stored, language_codes()) if stored else None


def text_columns(model) -> set[str]:
    """The columns of the model's translated fields, by plain name and by language."""
    names = translated_fields(model)
    return {*names, *(column(name, code) for name in names for code in language_codes())}


def tracked_models() -> list[type[TrackedTexts]]:
    """The models besides pages whose translations have states."""
    return [model for model in apps.get_models() if issubclass(model, TrackedTexts)]
