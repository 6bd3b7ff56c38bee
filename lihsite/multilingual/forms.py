"""Forms of translated objects that are no pages: people, settings."""

from wagtail.admin.forms import WagtailAdminModelForm

from .languages import column, language_codes
from .registration import translated_fields


class TranslatedModelForm(WagtailAdminModelForm):
    """A form whose inputs carry the language of what is typed in them, for spell-checking."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in translated_fields(type(self.instance)):
            for language in language_codes():
                field = self.fields.get(column(name, language))
                if field:
                    field.widget.attrs["lang"] = language
