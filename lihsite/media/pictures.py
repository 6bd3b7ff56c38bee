"""Responsive pictures: the widths and formats in which a picture stands in a place on a page."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache
from html import escape

from django.utils.safestring import SafeString, mark_safe
from wagtail.images.models import SourceImageIOError

from .images import Image
from .renditions import Size, sizes_of

MODERN_FORMATS = {"avif": "image/avif", "webp": "image/webp"}
LOSSLESS_SUFFIXES = (".png", ".gif", ".webp")
LONGEST_SIDE = 16_383
"""In pixels: what WebP holds (RFC 6386, 9.1), which is less than the other formats do."""


@dataclass(frozen=True)
class Role:
    """What a picture is for: its widths in pixels and how wide it is shown (`sizes`).

    With a ratio the picture is cropped to it around its focal point. A role with a `height` shows
    the picture whole in that many CSS pixels, up to `widths[0]` wide, in two densities.
    """

    widths: tuple[int, ...]
    sizes: str = ""
    ratio: tuple[int, int] | None = None
    height: int = 0
    is_eager: bool = False

    def operations(self, image_width: int, image_height: int) -> list[str]:
        """The resizing operations of a picture's candidates, the smallest first.

        Nothing is enlarged: a small picture has fewer candidates.
        """
        if self.height:
            return [f"max-{self.widths[0] * n}x{self.height * n}" for n in (1, 2)]
        if self.ratio is None:
            fitting = [width for width in self.widths if width <= image_width] or self.widths[:1]
            if max(image_width, image_height) > LONGEST_SIDE:
                return [f"max-{width}x{LONGEST_SIDE}" for width in fitting]
            return [f"width-{width}" for width in fitting]
        across, down = self.ratio
        available = min(image_width, image_height * across // down)
        fitting = [width for width in self.widths if width <= available]
        return [f"fill-{width}x{width * down // across}" for width in fitting or self.widths[:1]]


ROLES = {
    "hero": Role((480, 768, 1080, 1440, 1920), "(min-width: 64rem) 50vw, 100vw", is_eager=True),
    "lead": Role((400, 640, 800, 1200, 1520), "(min-width: 48rem) min(58vw, 760px), 100vw"),
    "article": Role(
        (480, 768, 1080, 1280, 1920), "(min-width: 48rem) min(92vw, 1280px), 100vw", is_eager=True
    ),
    "body": Role((400, 640, 960, 1440, 2080), "(min-width: 64rem) min(76vw, 65rem), 92vw"),
    "card": Role((240, 400, 640, 960), "(min-width: 48rem) 24rem, 100vw", ratio=(3, 2)),
    "gallery": Role((320, 480, 720, 960), "(min-width: 48rem) 23rem, 92vw", ratio=(3, 2)),
    "poster": Role(
        (400, 640, 960, 1440, 2080), "(min-width: 64rem) min(76vw, 65rem), 92vw", ratio=(16, 9)
    ),
    "portrait": Role((96, 192, 288), "96px", ratio=(1, 1)),
    "portrait-large": Role((240, 400, 800), "(min-width: 48rem) 400px, 60vw", ratio=(1, 1)),
    "logo": Role((240,), height=64),
}

SOCIAL_ROLE = "social"
SOCIAL = "fill-1200x630|format-jpeg"
"""The one size that social networks show; 1200 by 630 is what Open Graph consumers ask for."""


def plain_format(image: Image) -> str:
    """The format that every browser shows: PNG where the original may be transparent."""
    is_lossless = image.file.name.lower().endswith(LOSSLESS_SUFFIXES)
    return "png" if is_lossless else "jpeg"


def specs_of(image: Image, role: Role) -> dict[str, list[str]]:
    """The rendition specs of a picture by format; the plain format has one size alone."""
    return _specs(role, image.width, image.height, plain_format(image))


@lru_cache(maxsize=1024)
def _specs(role: Role, width: int, height: int, plain: str) -> dict[str, list[str]]:
    operations = role.operations(width, height)
    specs = {
        name: [f"{operation}|format-{name}" for operation in operations] for name in MODERN_FORMATS
    }
    specs[plain] = [f"{operations[len(operations) // 2]}|format-{plain}"]
    return specs


def make_renditions(images: Iterable[Image], *roles: str) -> None:
    """Make the pictures of the roles ahead of the first visit that would otherwise wait for it.

    Raises `SourceImageIOError` if an original's file is gone.
    """
    for image in images:
        for role in roles:
            if role == SOCIAL_ROLE:
                sizes_of(image, [SOCIAL])
            else:
                sizes_by_format(image, ROLES[role])


def sizes_by_format(image: Image, role: Role) -> dict[str, list[Size]]:
    """The candidates of a picture by format, made where they are missing.

    Raises `SourceImageIOError` if the original's file is gone.
    """
    specs = specs_of(image, role)
    found = sizes_of(image, [spec for names in specs.values() for spec in names])
    return {name: [found[spec] for spec in names] for name, names in specs.items()}


def social_size(image: Image) -> Size | None:
    """The picture for social networks, or None if the original's file is gone."""
    try:
        return sizes_of(image.in_language(), [SOCIAL])[SOCIAL]
    except SourceImageIOError:
        return None


def plain_url(image: Image | None, role_name: str) -> str:
    """The address of the picture in the plain format; "" if there is none or its file is gone."""
    if image is None:
        return ""
    try:
        candidates = sizes_by_format(image.in_language(), ROLES[role_name])
    except SourceImageIOError:
        return ""
    return list(candidates.values())[-1][0].url


def picture(
    image: Image | None,
    role_name: str,
    *,
    alt: str | None = None,
    css_class: str = "",
    is_eager: bool | None = None,
    is_important: bool = False,
) -> SafeString:
    """A `<picture>` in AVIF, WebP and a plain format, with its size, so that nothing shifts.

    The file is the one for the active language; the alternative text is the library's unless
    `alt` is given, with its `lang` if it is in another language than the active one. An empty `alt`
    says that the picture is decorative. Nothing is shown of a picture whose file is gone.
    """
    if image is None:
        return mark_safe("")
    role = ROLES[role_name]
    attributes = {}
    if alt is None:
        text = image.alternative_text
        alt = text.description
        if alt and text.lang:
            attributes["lang"] = text.lang
    try:
        sizes = sizes_by_format(image.in_language(), role)
    except SourceImageIOError:
        return mark_safe("")
    *modern, plain = sizes.values()
    # With a fixed height the smallest candidate is what one CSS pixel a pixel looks like.
    sized = modern[-1][0 if role.height else -1]
    attributes = {
        "src": plain[0].url,
        "width": sized.width,
        "height": sized.height,
        "alt": alt,
        **attributes,
        "decoding": "async",
    }
    if is_important:
        attributes["fetchpriority"] = "high"
    if not (role.is_eager if is_eager is None else is_eager):
        attributes["loading"] = "lazy"
    if css_class:
        attributes["class"] = css_class
    sources = "".join(
        tag("source", type=MODERN_FORMATS[name], srcset=srcset(candidates, role), sizes=role.sizes)
        for name, candidates in sizes.items()
        if name in MODERN_FORMATS
    )
    return mark_safe(f"<picture>{sources}{tag('img', **attributes)}</picture>")  # noqa: S308


def tag(name: str, **attributes) -> str:
    """An HTML tag with escaped values; written by hand since a page has hundreds of them.

    An empty attribute is left out, except `alt`, whose emptiness says something.
    """
    written = "".join(
        f' {key}="{escape(str(value))}"'
        for key, value in attributes.items()
        if value != "" or key == "alt"
    )
    return f"<{name}{written}>"


def srcset(candidates: list[Size], role: Role) -> str:
    """The candidates with their widths, or with their densities where the height is fixed.

    A picture that is turned upright is as wide as its original is high, and nothing is enlarged:
    some of its candidates can be the same.
    """
    if role.height:
        described = zip(candidates, ("1x", "2x"), strict=True)
    else:
        by_width = {one.width: one for one in candidates}
        described = ((one, f"{width}w") for width, one in by_width.items())
    return ", ".join(f"{one.url} {descriptor}" for one, descriptor in described)
