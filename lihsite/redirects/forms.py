"""The form of a redirect, and that of a file of them."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.redirects.forms import RedirectForm
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lihsite.choosers import PageChooser

from .planning import LARGEST_FILE
from .rules import LONGEST, Rules


class CheckedRedirectForm(RedirectForm):
    """Wagtail's, which also takes paths of this site, and refuses what would lead nowhere."""

    redirect_link = forms.CharField(
        label=_("Or to an address"),
        required=False,
        max_length=LONGEST,
        help_text=_(
            "A path of this site, such as one with its language at the beginning, or the full "
            "address of another."
        ),
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["redirect_page"].widget = PageChooser()

    def clean_old_path(self):
        """Wagtail's form and model take what they look up for an address."""
        address = self.cleaned_data["old_path"]
        try:
            Redirect.normalise_path(address)
        except ValueError as error:
            raise ValidationError(_("This is no address.")) from error
        return address

    def clean(self):
        super().clean()
        data = self.cleaned_data
        page, address = data.get("redirect_page"), data.get("redirect_link")
        if self.errors or "old_path" not in data:
            return data
        if bool(page) == bool(address):
            raise ValidationError(_("Choose a page or give an address, one of the two."))
        rules = Rules(data.get("site"), ignored=self.instance.pk)
        self.check("old_path", lambda: self.check_old(rules))
        if address and not self.errors:
            self.check("redirect_link", lambda: self.check_link(rules))
        return data

    def check(self, name: str, check) -> None:
        try:
            check()
        except ValidationError as error:
            self.add_error(name, error)

    def check_old(self, rules: Rules) -> None:
        self.cleaned_data["old_path"] = rules.old_path(self.cleaned_data["old_path"])
        rules.check_old(self.cleaned_data["old_path"])

    def check_link(self, rules: Rules) -> None:
        address = rules.check_target(self.cleaned_data["redirect_link"])
        rules.end_of(self.cleaned_data["old_path"], address, {})
        self.cleaned_data["redirect_link"] = address

    def _get_validation_exclusions(self):
        """The address was checked above; the model's own rule knows no paths."""
        return {*super()._get_validation_exclusions(), "redirect_link"}


class ChoicesForm(forms.Form):
    """What is chosen for all lines of a file."""

    site = forms.ModelChoiceField(
        label=_("Site"), queryset=Site.objects.all(), required=False, empty_label=_("All sites")
    )
    permanent = forms.BooleanField(
        label=_("Permanent"),
        required=False,
        initial=True,
        help_text=_("Search engines then forget the old addresses."),
    )
    replace = forms.BooleanField(
        label=_("Replace redirects that are there already"), required=False
    )


class ImportForm(ChoicesForm):
    file = forms.FileField(
        label=_("File"),
        help_text=_(
            "CSV in UTF-8 with two columns: the old address and the new one. Each redirect leads "
            "to the language that the new address names."
        ),
        widget=forms.FileInput(attrs={"accept": ".csv,.txt,text/csv"}),
    )
    field_order = ["file"]

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise ValidationError(_("The file is larger than 2 MB."))
        return file


class ConfirmForm(ChoicesForm):
    """The same, with the content of the file that was shown."""

    file = forms.CharField(max_length=LARGEST_FILE, strip=False, widget=forms.HiddenInput)
