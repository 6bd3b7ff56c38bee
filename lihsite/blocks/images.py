"""Single pictures and galleries."""

from django.utils.translation import gettext_lazy as _
from wagtail import blocks

from lihsite.multilingual.languages import column, language_codes

from .choosers import ImageChooserBlock, LibraryPreviewMixin
from .completeness import CompleteStructBlock
from .groups import MEDIA


class PictureValue(blocks.StructValue):
    """A picture with its text; `alt` is "" for a decorative one, None for the library's text."""

    @property
    def alt(self) -> str | None:
        if self["decorative"]:
            return ""
        return self["alternative_text"] or None


class PictureBlock(LibraryPreviewMixin, CompleteStructBlock):
    """A picture that says in words what it shows, or that it only decorates (WCAG 2.2, 1.1.1)."""

    image = ImageChooserBlock(role="gallery", label=_("Image"))
    caption = blocks.CharBlock(label=_("Caption"), max_length=500, required=False)
    alternative_text = blocks.CharBlock(
        label=_("Alternative text"),
        max_length=255,
        required=False,
        help_text=_(
            "What the picture shows, for those who do not see it. Left empty, the text that the "
            "picture has in the library is used."
        ),
    )
    decorative = blocks.BooleanBlock(
        label=_("The picture only decorates"),
        required=False,
        help_text=_("It says nothing that the text does not; screen readers leave it out."),
    )

    def find_errors(self, value):
        if value["decorative"] and value["alternative_text"]:
            return {"decorative": _("A picture with a text is not decorative.")}
        if value.alt is None and not has_alternative_text(value["image"]):
            return {"alternative_text": _("Say what the picture shows, or mark it as decorative.")}
        return {}

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        value_class = PictureValue
        # A translation cannot do without it where its source has one (WCAG 2.2, 1.1.1).
        needed_texts = ("alternative_text",)


def has_alternative_text(image) -> bool:
    """Whether the library has a text for the picture in some language."""
    return image is not None and any(
        getattr(image, column("description", language)) for language in language_codes()
    )


class ImageBlock(PictureBlock):
    image = ImageChooserBlock(role="body", label=_("Image"))
    credit = blocks.CharBlock(
        label=_("Credit"),
        max_length=255,
        required=False,
        help_text=_("Left empty, the credit that the picture has in the library is shown."),
    )

    class Meta:
        icon = "image"
        label = _("Image")
        label_format = "{caption}"
        group = MEDIA
        description = _("A picture with caption and credit.")
        template = "blocks/image.html"
        form_layout = ["image", "alternative_text", "decorative", "caption", "credit"]
        preview_value = {
            "caption": _("Immune cells in a lymph node, each kind in a colour of its own."),
            "alternative_text": _("Cells under a microscope"),
        }


class GalleryBlock(LibraryPreviewMixin, blocks.StructBlock):
    title = blocks.CharBlock(label=_("Title"), max_length=255, required=False)
    images = blocks.ListBlock(
        PictureBlock(form_layout=["image", "alternative_text", "decorative", "caption"]),
        label=_("Images"),
        min_num=2,
    )

    class Meta:
        icon = "image"
        label = _("Gallery")
        label_format = "{title}"
        group = MEDIA
        description = _("Two or more pictures side by side.")
        template = "blocks/gallery.html"
        preview_value = {
            "title": _("From the laboratory"),
            "images": [
                {"caption": _("The freezers of the biobank"), "alternative_text": _("A freezer")},
                {"caption": _("A slide is read"), "alternative_text": _("A microscope")},
            ],
        }
