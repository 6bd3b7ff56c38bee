"""The glossary as a snippet."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, ObjectList
from wagtail.snippets.views.snippets import SnippetViewSet

from lihsite.multilingual.forms import TranslatedModelForm
from lihsite.multilingual.glossary import Term
from lihsite.multilingual.languages import column, language_codes, language_name


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

    @property
    def list_display(self):
        return [*(column("term", code) for code in language_codes()), "do_not_translate"]

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
