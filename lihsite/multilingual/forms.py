"""Forms of translated objects that are no pages: people, settings."""

from wagtail.admin.forms import WagtailAdminModelForm

from .languages import column, language_codes
from .permissions import own_languages
from .registration import source_language_of, translated_columns, translated_fields


def leave_to_translators(form, user) -> None:
    """Take out of the form of a stored object what a translator may not write: all but texts.

    Who has a language's permission and not the one for shared fields is a translator; for others
    Wagtail's own permissions decide.
    """
    languages = own_languages(user) if user and form.instance.pk else []
    if not languages:
        return
    model, source = type(form.instance), source_language_of(form.instance)
    language_of = {name: language for name, (_, language) in translated_columns(model).items()}
    language_of |= dict.fromkeys(translated_fields(model), source)
    for name in list(form.fields):
        if language_of.get(name) not in languages:
            del form.fields[name]
    getattr(form, "formsets", {}).clear()


class TranslatedModelForm(WagtailAdminModelForm):
    """A form whose inputs carry the language of what is typed in them, for spell-checking."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        leave_to_translators(self, self.for_user)
        for name in translated_fields(type(self.instance)):
            for language in language_codes():
                field = self.fields.get(column(name, language))
                if field:
                    field.widget.attrs["lang"] = language
