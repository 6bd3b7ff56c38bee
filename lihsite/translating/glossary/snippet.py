"""The glossary as a snippet."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from lihsite.multilingual.forms import TranslatedModelForm
from lihsite.multilingual.glossary import Term
from lihsite.multilingual.languages import (
    DEFAULT_LANGUAGE,
    column,
    language_codes,
    language_name,
)
from lihsite.pages.columns import YesNoColumn


class TermViewSet(SnippetViewSet):
    model = Term
    icon = "openquote"
    menu_label = _("Glossary")
    menu_name = "glossary"
    menu_order = 820
    add_to_settings_menu = True
    list_filter = ["do_not_translate"]
    search_fields = [column("term", code) for code in language_codes()]
    list_per_page = 100
    ordering = [column("term", DEFAULT_LANGUAGE)]

    @property
    def list_display(self):
        names = [column("term", code) for code in language_codes()]
        kept = "do_not_translate"
        label = capfirst(Term._meta.get_field(kept).verbose_name)
        return [*names, YesNoColumn(kept, label=label, sort_key=kept)]

    def get_edit_handler(self):
        names = [
            FieldPanel(column("term", code), heading=language_name(code))
            for code in language_codes()
        ]
        handler = ObjectList(
            [FieldRowPanel(names), FieldPanel("do_not_translate"), FieldPanel("note")],
            base_form_class=TranslatedModelForm,
        )
        return handler.bind_to_model(self.model)
