"""The files of the media store that rows name, and the deletion of those that none names."""

from django.apps import apps
from django.core.files.storage import default_storage
from django.db.models import FileField
from django_tasks import task
from wagtail.tasks import delete_file_from_storage_task


def file_fields() -> list[FileField]:
    """Those whose values are names of files in the media store."""
    return [
        field
        for model in apps.get_models()
        for field in model._meta.local_fields
        if isinstance(field, FileField) and field.storage == default_storage
    ]


def is_named(name: str) -> bool:
    return any(
        field.model._base_manager.filter(**{field.name: name}).exists() for field in file_fields()
    )


@task()
def delete_file(storage: tuple, name: str) -> None:
    """In the place of Wagtail's (`delete_file_from_storage_task`), whose second run may delete what
    somebody has uploaded since: a document gets the name that has become free. A task runs once
    more where its worker was killed before it could say that it was done.
    """
    if not is_named(name):
        delete_file_from_storage_task.call(storage, name)
