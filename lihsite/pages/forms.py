"""The edit form of a page: only the languages that are open, and only what its user may write."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.forms.utils import ErrorDict
from django.utils.datastructures import MultiValueDict
from django.utils.translation import gettext as _
from wagtail.admin.forms import WagtailAdminPageForm

from lihsite.multilingual.languages import column, language_codes, language_name
from lihsite.multilingual.permissions import may_change_shared_fields, writable_languages
from lihsite.multilingual.registration import translated_fields


def with_line_feeds(data):
    """A copy of posted data, of the same type, with the line breaks that texts are stored with.

    Browsers send each as CR LF (HTML Standard, "constructing the entry list"): a text that nobody
    touched would be a changed one.
    """
    stored = data.copy()
    for name in data:
        if isinstance(data, MultiValueDict):
            stored.setlist(name, [value.replace("\r\n", "\n") for value in data.getlist(name)])
        elif isinstance(data[name], str):
            stored[name] = data[name].replace("\r\n", "\n")
    return stored


class MultilingualPageForm(WagtailAdminPageForm):
    """A page form whose languages are loaded on demand.

    Unbound, it has the fields of `languages` (the source language by default); bound, those of the
    languages whose title was posted. The fields of other languages, and those that `for_user` may
    not write, are not in the form: what is posted for them is ignored, and their values stay.
    """

    has_shared_fields = True
    """Whether the form is also one of what all languages share."""

    def __init__(self, data=None, *args, languages=None, **kwargs):
        if data is not None:
            data = with_line_feeds(data)
        super().__init__(data, *args, **kwargs)
        self.errors_outside = {}
        self.errors_to_show = {}
        if self.for_user is None:
            self.writable_languages, may_change = language_codes(), True
        else:
            self.writable_languages = writable_languages(self.for_user)
            may_change = may_change_shared_fields(self.for_user)
        self.writes_shared_fields = self.has_shared_fields and may_change
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
        """The language whose tab is open at first."""
        return first_language(self.instance, self.writable_languages)

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
        if "source_language" in self.fields and self.instance.first_published_at:
            self.fields["source_language"].disabled = True
        if not self.instance.pk:
            self.initial[column("live_in", self.instance.source_language)] = True

    def _mark_language_of_inputs(self):
        for name, language in self._text_columns.items():
            if name in self.fields:
                self.fields[name].widget.attrs["lang"] = language

    def clean(self):
        cleaned_data = super().clean()
        self._follow_first_words(cleaned_data)
        source = cleaned_data.get("source_language") or self.instance.source_language
        title = column("title", source)
        if title not in self.fields:
            if not getattr(self.instance, title):
                self._add_error_in(source, title, _("This field is required."))
        elif not cleaned_data.get(title) and not self.has_error(title):
            self.add_error(title, _("This field is required."))
        if not self.is_deferred_validation:
            self._check_some_language_is_chosen(cleaned_data, source)
        return cleaned_data

    def _follow_first_words(self, cleaned_data):
        """The language that a page is first written in is its source, unless another was chosen.

        It goes live in the place of the other one, which has no title. Once a page was published,
        its source stays.
        """
        field, source = self.fields.get("source_language"), cleaned_data.get("source_language")
        if not (field and source) or field.disabled or "source_language" in self.changed_data:
            return
        if self.has_error(column("title", source)):
            return

        def has_title(code):
            name = column("title", code)
            return cleaned_data.get(name) if name in self.fields else getattr(self.instance, name)

        written = next((code for code in language_codes() if has_title(code)), source)
        if has_title(source) or written == source:
            return
        followed = {
            "source_language": written,
            column("live_in", source): False,
            column("live_in", written): True,
        }
        cleaned_data.update(followed)
        self.changed_data.extend(followed.keys() - {*self.changed_data})

    def _check_some_language_is_chosen(self, cleaned_data, source):
        choices = [column("live_in", code) for code in language_codes()]
        offered = [name for name in choices if name in self.fields]
        if offered and not any(cleaned_data.get(name) for name in offered):
            message = _("Choose at least one language in which the page is to be published.")
            self.add_error(column("live_in", source), message)

    def _post_clean(self):
        super()._post_clean()
        if not self.is_deferred_validation:
            self._check_live_languages()

    def _check_live_languages(self):
        """Name what each language that is about to go live is missing."""
        for code in self.instance.live_languages:
            for name in self.instance.get_missing_to_publish(code):
                field = column(name, code)
                known = self.errors_outside.keys() | self.errors_to_show.keys()
                if not self.has_error(field) and field not in known:
                    self._add_error_in(code, field, _("Missing: the page cannot be published."))

    def _add_error_in(self, language, name, message):
        """Name the language and the field above the form, and keep the error for the field."""
        if name in self.fields:
            self.errors_to_show[name] = message
        else:
            self.errors_outside[name] = [message]
        summary = _("%(language)s: “%(field)s” is missing.") % {
            "language": language_name(language),
            "field": self.instance._meta.get_field(name).translated_field.verbose_name,
        }
        self.add_error(None, summary)

    def show_errors_at_fields(self):
        """Mark the fields that the list above the form has named.

        Called once that list has been made: Wagtail names all fields with errors in it, and these
        would be named twice.
        """
        for name, message in self.errors_to_show.items():
            self.add_error(name, message)
        self.errors_to_show = {}

    def _update_errors(self, errors):
        """Show the errors of fields that are not in the form beside the form as a whole."""
        if hasattr(errors, "error_dict"):
            known, rest = {}, []
            for name, messages in errors.error_dict.items():
                if name == NON_FIELD_ERRORS or name in self.fields:
                    known[name] = messages
                else:
                    rest.extend(messages)
                    self.errors_outside[name] = ValidationError(messages).messages
            if rest:
                known.setdefault(NON_FIELD_ERRORS, []).extend(rest)
            errors = ValidationError(known)
        super()._update_errors(errors)

    def open_for_errors(self, language: str) -> "MultilingualPageForm | None":
        """A form of a language that was not posted, if the page has errors in it; else None.

        Its fields hold what is stored, each with its errors.
        """
        errors = {
            name: messages
            for name, messages in self.errors_outside.items()
            if self._text_columns.get(name) == language
        }
        if not errors or language not in self.writable_languages:
            return None
        form = type(self)(
            instance=self.instance,
            parent_page=self.parent_page,
            for_user=self.for_user,
            languages=[language],
        )
        form._errors = ErrorDict(
            {
                name: form.error_class(messages, field_id=form[name].auto_id)
                for name, messages in errors.items()
            }
        )
        return form

    join = None
    """Puts into the page what others have saved since the form was loaded, as it is saved."""

    def save(self, commit=True):
        if self.join is None:
            return super().save(commit=commit)
        page = super().save(commit=False)
        self.join(page)
        if commit:
            page.save()
            self.save_m2m()
        return page

    def get_field_updates_for_resave(self):
        """Also the slugs that the save has given to titles that were typed just now."""
        slugs = {
            column("slug", language): getattr(self.instance, column("slug", language))
            for language in self.languages
        }
        return [
            *super().get_field_updates_for_resave(),
            *(
                (self.add_prefix(name), slug)
                for name, slug in slugs.items()
                if self.cleaned_data.get(name) and self.cleaned_data[name] != slug
            ),
        ]


ALWAYS_WRITABLE = frozenset({"comments", "comment_notifications"})
"""Fields and formsets that are open to everyone who may open the form."""


def first_language(page, writable: list[str]) -> str | None:
    """The language that a form is opened in: the source's, else the first one writable."""
    return page.source_language if page.source_language in writable else next(iter(writable), None)
