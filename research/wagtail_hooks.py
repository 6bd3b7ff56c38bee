"""People in the admin."""

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    FieldPanel,
    FieldRowPanel,
    ObjectList,
    TabbedInterface,
    TitleFieldPanel,
)
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from lihsite.multilingual.forms import TranslatedModelForm
from lihsite.multilingual.languages import language_codes
from lihsite.pages.columns import YesNoColumn
from lihsite.pages.panels import LanguageTexts, translated_panel
from lihsite.pages.snippet_reverting import TranslatedSnippetViewSetMixin
from research.models import Person


class PersonViewSet(TranslatedSnippetViewSetMixin, SnippetViewSet):
    model = Person
    icon = "user"
    add_to_admin_menu = True
    menu_order = 250
    menu_label = _("People")
    list_display = [
        "name",
        "email",
        YesNoColumn("is_fictional", label=capfirst(_("fictional")), sort_key="is_fictional"),
    ]
    list_filter = ["is_fictional"]
    ordering = ["sort_name"]

    def get_edit_handler(self):
        person = ObjectList(
            [
                TitleFieldPanel("name", targets=["slug"]),
                FieldRowPanel([FieldPanel("sort_name"), FieldPanel("slug")]),
                FieldPanel("photo"),
                FieldRowPanel([FieldPanel("email"), FieldPanel("orcid")]),
                FieldPanel("is_fictional"),
            ],
            heading=_("All languages"),
        )
        texts = [
            LanguageTexts(
                [translated_panel(Person, name, language) for name in ("role", "biography")],
                language=language,
            )
            for language in language_codes()
        ]
        handler = TabbedInterface([person, *texts], base_form_class=TranslatedModelForm)
        return handler.bind_to_model(self.model)


register_snippet(PersonViewSet)
