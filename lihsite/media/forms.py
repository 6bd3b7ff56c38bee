"""The admin's forms of pictures and documents: fields grouped by language, uploads checked."""

from contextlib import contextmanager

from django.conf import settings
from django.core.exceptions import ValidationError
from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.documents.forms import BaseDocumentForm
from wagtail.images.fields import WagtailImageField
from wagtail.images.forms import BaseImageForm

from lihsite.choosers import DocumentChooser, ImageChooser
from lihsite.multilingual.forms import leave_to_translators
from lihsite.multilingual.languages import language_codes, language_name

from .hidden_data import without_hidden_data
from .signatures import extension_of, matches_its_extension
from .translated_fields import form_field_name


class LanguagesInFormMixin:
    """Labels each language's fields with it, and tells the browser what is typed in them.

    The original of a version is chosen in the full edit form alone: the forms of an upload open
    inside a chooser, which cannot open another.
    """

    translated_names: tuple[str, ...] = ()
    version_chooser: type

    def __init__(self, *args, user=None, **kwargs):
        super().__init__(*args, user=user, **kwargs)
        leave_to_translators(self, user)
        for language in language_codes():
            for name in self.translated_names:
                field_name = form_field_name(name, language)
                if field_name in self.fields:
                    label = capfirst(self._meta.model._meta.get_field(name).verbose_name)
                    self[field_name].label = f"{label} ({language_name(language)})"
                    self.fields[field_name].widget.attrs["lang"] = language
        if "version_of" in self.fields:
            if self.instance.pk and "file" in self.fields:
                field = self.fields["version_of"]
                field.widget = self.version_chooser()
                field.queryset = field.queryset.filter(version_of=None).exclude(pk=self.instance.pk)
            else:
                del self.fields["version_of"]


class PictureFileField(WagtailImageField):
    """Wagtail's, which checks format, size and number of pixels, and takes the rest for granted."""

    def check_image_pixel_size(self, f):
        """Decodes the picture. Raises ValidationError for one whose end is missing or broken."""
        with self.broken_pictures_refused():
            super().check_image_pixel_size(f)

    def to_python(self, data):
        """The picture without hidden data, so that what is known of the file is of what is kept.

        Raises ValidationError for what cannot be decoded whole.
        """
        upload = super().to_python(data)
        if upload is None:
            return None
        with self.broken_pictures_refused():
            picture = without_hidden_data(upload)
        picture.image, picture.content_type = upload.image, upload.content_type
        return picture

    @contextmanager
    def broken_pictures_refused(self):
        try:
            yield
        except (OSError, SyntaxError, ValueError) as error:
            message = self.error_messages["invalid_image"]
            raise ValidationError(message, code="invalid_image") from error


class ImageForm(LanguagesInFormMixin, BaseImageForm):
    translated_names = ("title", "description", "credit")
    version_chooser = ImageChooser

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        if file := self.fields.get("file"):
            self.fields["file"] = PictureFileField(
                label=file.label,
                widget=file.widget,
                required=file.required,
                max_length=file.max_length,
            )

    class Meta(BaseImageForm.Meta):
        pass


class DocumentForm(LanguagesInFormMixin, BaseDocumentForm):
    """Documents; Wagtail checks extension and size, this form what the file really is."""

    translated_names = ("title",)
    version_chooser = DocumentChooser

    class Meta(BaseDocumentForm.Meta):
        pass

    def clean_file(self):
        upload = self.cleaned_data["file"]
        is_new = "file" in self.changed_data and upload
        # Wagtail refuses other extensions, and says which ones it takes.
        is_allowed = is_new and extension_of(upload) in settings.WAGTAILDOCS_EXTENSIONS
        if is_allowed and not matches_its_extension(upload):
            raise ValidationError(
                _("The content of this file does not match its extension."),
                code="invalid_content",
            )
        return upload

    def _update_errors(self, errors):
        """Leave out what the model says of a file that was refused: it sees none."""
        if self.has_error("file") and hasattr(errors, "error_dict"):
            errors.error_dict.pop("file", None)
        super()._update_errors(errors)
