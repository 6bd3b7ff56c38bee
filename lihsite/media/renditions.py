"""The sizes that have been made of pictures, fetched for all pictures of a page at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.db.models import QuerySet
from wagtail.images.models import Filter

from lihsite.prepared import prepared_rows

from .images import Image, Rendition


@dataclass(frozen=True, slots=True)
class Size:
    """A picture in one size, as a page shows it: the name of its file, its size in pixels."""

    name: str
    width: int
    height: int

    @property
    def url(self) -> str:
        storage = Rendition.file.field.storage
        if isinstance(storage, FileSystemStorage):
            return _local_address(self.name)
        return storage.url(self.name)

    @property
    def full_url(self) -> str:
        """The address with the host, unless a store of media has brought its own."""
        url = self.url
        return f"{settings.WAGTAILADMIN_BASE_URL}{url}" if url.startswith("/") else url

    @property
    def file_size(self) -> int:
        """In bytes."""
        return Rendition.file.field.storage.size(self.name)


@lru_cache(maxsize=512)
def filter_for(spec: str) -> Filter:
    """The parsed operations of a rendition, kept because parsing asks all hooks each time."""
    return Filter(spec=spec)


def fetch_sizes(images: Iterable[Image]) -> None:
    """Let `sizes_of` answer for the pictures without a query each."""
    by_id = {image.pk: image for image in images}
    for image in by_id.values():
        image.fetched_sizes = {}
    for pk, spec, focal_point_key, *file in _sizes(images=list(by_id)):
        by_id[pk].fetched_sizes[spec, focal_point_key] = Size(*file)


@prepared_rows
def _sizes(images: list[int]) -> QuerySet:
    """Plain values: a page has up to a hundred of them, and shows some thirty."""
    renditions = Rendition.objects.filter(image__id__in=images)
    return renditions.values_list(
        "image", "filter_spec", "focal_point_key", "file", "width", "height"
    )


def sizes_of(image: Image, specs: list[str]) -> dict[str, Size]:
    """The picture in each of the sizes, made where they are missing.

    Raises `SourceImageIOError` if the original's file is gone.
    """
    filters = [filter_for(spec) for spec in specs]
    fetched = getattr(image, "fetched_sizes", {})
    sizes = [fetched.get((one.spec, one.get_cache_key(image))) for one in filters]
    if all(sizes):
        return dict(zip(specs, sizes, strict=True))
    renditions = image.get_renditions(*filters)
    return {spec: Size(one.file.name, one.width, one.height) for spec, one in renditions.items()}


@lru_cache(maxsize=4096)
def _local_address(name: str) -> str:
    """Where the application serves the file; a store's addresses may be signed and expire."""
    return Rendition.file.field.storage.url(name)
