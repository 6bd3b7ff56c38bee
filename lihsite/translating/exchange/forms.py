"""What to export, and the file to import."""

from django import forms
from django.utils.translation import gettext_lazy as _

from lihsite.multilingual.languages import language_name

from .formats import FORMATS

LARGEST_FILE = 20 * 1024 * 1024


class ExportForm(forms.Form):
    language = forms.ChoiceField(label=_("Into"), widget=forms.RadioSelect)
    format = forms.ChoiceField(
        label=_("Format"),
        choices=[(format.name, format.label) for format in FORMATS.values()],
        widget=forms.RadioSelect,
        help_text=_("Agencies’ tools read XLIFF; ask for the version. PO is for gettext’s tools."),
    )
    only_open = forms.BooleanField(
        label=_("Only what is untranslated or outdated"), required=False, initial=True
    )
    include_descendants = forms.BooleanField(
        label=_("With all pages below"), required=False, initial=True
    )

    def __init__(self, *args, is_section: bool, languages: list[str], **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["language"].choices = [(code, language_name(code)) for code in languages]
        self.initial.setdefault("format", next(iter(FORMATS)))
        if not is_section:
            del self.fields["include_descendants"]


class ImportForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("XLIFF 1.2, XLIFF 2.0 or PO, as it was exported here and then translated."),
        widget=forms.FileInput(attrs={"accept": ".xlf,.xliff,.po,.xml"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file
