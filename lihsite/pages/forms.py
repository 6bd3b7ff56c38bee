"""The edit form of a page: only the languages that are open, and only what its user may write."""

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from lihsite.multilingual.languages import column, language_codes, language_name
from lihsite.multilingual.permissions import may_change_shared_fields, writable_languages
from lihsite.multilingual.registration import translated_fields


class MultilingualPageForm(WagtailAdminPageForm):
    """A page form whose languages are loaded on demand.

    Unbound, it has the fields of `languages` (the source language by default); bound, those of the
    languages whose title was posted. The fields of other languages, and those that `for_user` may
    not write, are not in the form: what is posted for them is ignored, and their values stay.
    """

    def __init__(self, data=None, *args, languages=None, **kwargs):
        super().__init__(data, *args, **kwargs)
        if self.for_user is None:
            self.writable_languages, self.writes_shared_fields = language_codes(), True
        else:
            self.writable_languages = writable_languages(self.for_user)
            self.writes_shared_fields = may_change_shared_fields(self.for_user)
        if self.is_bound:
            languages = [
                code for code in language_codes() if self.add_prefix(column("title", code)) in data
            ]
        elif languages is None:
            languages = [self.first_language()]
        self.languages = [code for code in languages if code in self.writable_languages]
        self._remove_fields()
        self._mark_language_of_inputs()

    def first_language(self) -> str | None:
        """The language whose tab is open at first: the source's, else the first one writable."""
        if self.instance.source_language in self.writable_languages:
            return self.instance.source_language
        return next(iter(self.writable_languages), None)

    @property
    def _text_columns(self) -> dict[str, str]:
        """The language of each translated text column; live languages count as shared."""
        return {
            column(name, code): code
            for name in translated_fields(type(self.instance))
            for code in language_codes()
            if name != "live_in"
        }

    def _remove_fields(self):
        language_of = self._text_columns
        for name in list(self.fields):
            language = language_of.get(name)
            if language:
                is_open = language in self.languages
            else:
                is_open = self.writes_shared_fields or name in ALWAYS_WRITABLE
            if not is_open:
                del self.fields[name]
        if not self.writes_shared_fields:
            for name in list(self.formsets):
                if name not in ALWAYS_WRITABLE:
                    del self.formsets[name]

    def _mark_language_of_inputs(self):
        for name, language in self._text_columns.items():
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = language

    def clean(self):
        cleaned_data = super().clean()
        source_title = column("title", self.instance.source_language)
        if source_title in self.fields and not cleaned_data.get(source_title):
            self.add_error(source_title, forms.ValidationError(_("This field is required.")))
        return cleaned_data

    def _post_clean(self):
        super()._post_clean()
        if not self.is_deferred_validation:
            self._check_live_languages()

    def _check_live_languages(self):
        """Name what each language that is about to go live is missing."""
        for code in self.instance.live_languages:
            for name in self.instance.get_missing_to_publish(code):
                field = column(name, code)
                message = _("%(language)s: %(field)s is missing.") % {
                    "language": language_name(code),
                    "field": self.instance._meta.get_field(name).verbose_name,
                }
                if not self.has_error(field):
                    self.add_error(field if field in self.fields else None, message)

    def _update_errors(self, errors):
        """Show the errors of fields that are not in the form beside the form as a whole."""
        if hasattr(errors, "error_dict"):
            known, rest = {}, []
            for name, messages in errors.error_dict.items():
                if name == NON_FIELD_ERRORS or name in self.fields:
                    known[name] = messages
                else:
                    rest.extend(messages)
            if rest:
                known.setdefault(NON_FIELD_ERRORS, []).extend(rest)
            errors = ValidationError(known)
        super()._update_errors(errors)


ALWAYS_WRITABLE = frozenset({"comments", "comment_notifications"})
"""Fields and formsets that are open to everyone who may open the form."""
