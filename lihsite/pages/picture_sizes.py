"""Makes the pictures of what is published in the sizes in which it shows them.

The first visitor would otherwise wait for them: a picture has a dozen sizes and takes a second.
"""

from collections import defaultdict
from collections.abc import Iterator
from contextlib import suppress

from django.apps import apps
from django.db import models
from django.db.models import Q
from django.dispatch import receiver
from django_tasks import task
from wagtail.fields import StreamField
from wagtail.images import get_image_model
from wagtail.images.models import SourceImageIOError
from wagtail.signals import page_published

from lihsite.background.queues import enqueue_with_commit
from lihsite.blocks.references import references_in
from lihsite.media.pictures import make_renditions
from lihsite.media.renditions import fetch_sizes


class PicturesMixin:
    """Knows in which roles an object shows its pictures (see `lihsite/media/pictures.py`)."""

    picture_roles: dict[str, tuple[str, ...]] = {}
    """By the name of a foreign key to a picture, the roles in which the picture is shown."""

    def get_picture_places(self) -> Iterator[tuple[int, str]]:
        """Yield the ids of the pictures that are shown in any language, each with its role."""
        for name, roles in self.picture_roles.items():
            if pk := getattr(self, f"{name}_id"):
                yield from ((pk, role) for role in roles)
        for field in self._meta.concrete_fields:
            if isinstance(field, StreamField):
                for reference in references_in(getattr(self, field.name)):
                    if reference.role:
                        yield reference.pk, reference.role


def make_sizes(instance: PicturesMixin) -> int:
    """Make the sizes that are missing of an object's pictures; returns the number of its places.

    Pictures with text in them are made in all languages. One whose file is gone is passed over.
    """
    places = set(instance.get_picture_places())
    roles = defaultdict(set)
    for pk, role in places:
        roles[pk].add(role)
    keys = list(roles)
    images = list(get_image_model().objects.filter(Q(pk__in=keys) | Q(version_of__in=keys)))
    fetch_sizes(images)
    for image in images:
        with suppress(SourceImageIOError):
            make_renditions([image], *sorted(roles[image.pk] | roles[image.version_of_id]))
    return len(places)


@task()
def make_sizes_of(model: str, pk: int) -> int:
    """The same as a task, for an object by its model's label; nothing if it is gone by now."""
    instance = apps.get_model(model).objects.filter(pk=pk).first()
    return make_sizes(instance) if instance else 0


def make_sizes_after_commit(instance: models.Model) -> None:
    """Make the object's sizes once it is stored: at once, or later where a worker runs the tasks.

    What fails is logged, and made at the first visit as ever.
    """
    enqueue_with_commit(make_sizes_of, instance._meta.label_lower, instance.pk)


@receiver(page_published)
def make_sizes_of_published_page(sender, instance, **kwargs):
    make_sizes_after_commit(instance)
