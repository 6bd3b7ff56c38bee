"""The form that copies a page: it asks for one slug, the other languages' number themselves."""

from django.utils.translation import gettext as _
from wagtail.admin.forms.pages import CopyForm

from lihsite.multilingual.addresses import slug_is_available
from lihsite.multilingual.languages import language_name


class MultilingualCopyForm(CopyForm):
    """Also refuses a slug that a page written in another language has in this one's.

    Wagtail compares the pages' plain slugs, each in the page's own source language.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        source = self.page.source_language
        title, slug = self.fields["new_title"], self.fields["new_slug"]
        title.widget.attrs["lang"] = slug.widget.attrs["lang"] = source
        values = {"language": language_name(source)}
        title.help_text = _("In the source language: %(language)s.") % values
        slug.help_text = _("The other languages keep their slugs, with a number if need be.")

    def clean(self):
        cleaned_data = super().clean()
        slug = cleaned_data.get("new_slug")
        parent = cleaned_data.get("new_parent_page") or self.page.get_parent()
        language = self.page.source_language
        if slug and not slug_is_available(slug, language, parent):
            message = _(
                "The slug “%(slug)s” is already in use in %(language)s within the parent page."
            )
            values = {"slug": slug, "language": language_name(language)}
            self.add_error("new_slug", message % values)
        return cleaned_data
