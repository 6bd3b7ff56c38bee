"""Where a deleted page is to come back, and under which slugs if its own are taken."""

from django import forms
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lihsite.choosers import PageChooser
from lihsite.multilingual.addresses import slug_is_available
from lihsite.multilingual.languages import column, language_name
from lihsite.pages.base_page import BasePage

from .restoring import check_parent, taken_slugs


class RestoreForm(forms.Form):
    """Asks for a slug in each language in which another page has it by now."""

    parent = forms.ModelChoiceField(
        label=gettext_lazy("Below the page"),
        queryset=BasePage.objects.filter(depth__gt=1),
        widget=PageChooser(),
        help_text=gettext_lazy("Where it stood, unless you choose another page."),
    )

    def __init__(self, *args, entry, user, **kwargs):
        kwargs.setdefault("initial", {"parent": entry.parent_id})
        super().__init__(*args, **kwargs)
        self.entry, self.user = entry, user
        if self.parent_page:
            for code, free in taken_slugs(entry, self.parent_page).items():
                self.fields[column("slug", code)] = forms.SlugField(
                    label=_("Slug (%(language)s)") % {"language": language_name(code)},
                    max_length=255,
                    initial=free,
                    help_text=_("Another page has “%(slug)s” now; this one needs another slug.")
                    % {"slug": entry.slugs[code]},
                )

    @cached_property
    def parent_page(self):
        """The page that is chosen, or stands there at first; None if there is none."""
        key = self.data.get("parent") if self.is_bound else self.initial.get("parent")
        is_number = str(key or "").isdecimal()
        return BasePage.objects.filter(pk=key).first() if is_number else None

    @property
    def slugs(self) -> dict[str, str]:
        """The slugs that were asked for, by language."""
        names = {column("slug", code): code for code in self.entry.slugs}
        return {names[name]: slug for name, slug in self.cleaned_data.items() if name in names}

    def clean_parent(self):
        parent = self.cleaned_data["parent"].specific
        try:
            check_parent(self.entry, parent, self.user)
        except PermissionDenied as error:
            raise ValidationError(str(error)) from error
        return parent

    def clean(self):
        for code, slug in self.slugs.items():
            if self.parent_page and not slug_is_available(slug, code, self.parent_page):
                self.add_error(column("slug", code), _("Another page has this slug, too."))
        return self.cleaned_data
