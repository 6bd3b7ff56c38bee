"""Makes the pictures in the sizes in which pages show them.

Without this the first visitor of each page would wait for its pictures, seconds each.
"""

from collections import defaultdict
from collections.abc import Iterator

from django.db.models import Q
from wagtail.images import get_image_model

from home.models import HomePage
from lihsite.media.pictures import make_renditions
from lihsite.models import BasePage
from news.models import NewsPage
from research.models import Person, ResearchTopicPage

ROLES_OF_FIELDS = [
    (HomePage, "hero_image", ["hero"]),
    (ResearchTopicPage, "image", ["hero"]),
    (NewsPage, "lead_image", ["article"]),
    (Person, "photo", ["portrait", "portrait-large"]),
]
ROLES_IN_BLOCKS = {"image": "body", "poster": "poster", "logo": "logo"}
"""By the name under which a block refers to a picture; those of galleries have their own."""


def make_sizes() -> int:
    """Make each picture for the places that show it; returns the number of places."""
    roles = defaultdict(set)
    for model, field, names in ROLES_OF_FIELDS:
        for key in model.objects.values_list(field, flat=True):
            roles[key].update(names)
    roles[NewsPage.objects.latest("date").lead_image_id].add("lead")
    for page in BasePage.objects.filter(depth__gt=1).specific():
        for name in page.get_streamfield_names():
            for block in getattr(page, name).raw_data:
                for key, role in pictures_in(block["value"], block["type"]):
                    roles[key].add(role)
    for key, names in roles.items():
        versions = get_image_model().objects.filter(Q(pk=key) | Q(version_of=key))
        make_renditions(versions, *sorted(names))
    return sum(map(len, roles.values()))


def pictures_in(value, block_type: str) -> Iterator[tuple[int, str]]:
    """The ids of the pictures in a block's raw value, each with its role."""
    if isinstance(value, list):
        for item in value:
            yield from pictures_in(item, block_type)
    elif isinstance(value, dict):
        for name, inner in value.items():
            if name in ROLES_IN_BLOCKS and isinstance(inner, int):
                yield inner, "gallery" if block_type == "gallery" else ROLES_IN_BLOCKS[name]
            else:
                yield from pictures_in(inner, block_type)
