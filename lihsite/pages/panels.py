"""The edit form of a page type: a tab for each language, shared fields, promotion and settings."""

from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import (
    CommentPanel,
    FieldPanel,
    FieldRowPanel,
    MultiFieldPanel,
    ObjectList,
    PanelGroup,
    PublishingPanel,
    TabbedInterface,
)
from wagtail.admin.widgets import AdminAutoHeightTextInput

from lihsite.multilingual.languages import column, language_codes, language_name_local


def translated_panel(model, name: str, language: str, **options) -> FieldPanel:
    """The panel of a translated field in one language, labelled with the field's own name."""
    field = model._meta.get_field(name)
    return FieldPanel(
        column(name, language),
        heading=field.verbose_name[:1].upper() + field.verbose_name[1:],
        help_text=field.help_text,
        **options,
    )


def short_text() -> AdminAutoHeightTextInput:
    """The input of a text of a sentence or two; it grows with what is typed."""
    return AdminAutoHeightTextInput(attrs={"rows": 2})


class LanguageTab(ObjectList):
    """The texts of one language; their fields are fetched when the tab is first opened."""

    def __init__(self, children=(), *args, language=None, **kwargs):
        super().__init__(children, *args, **kwargs)
        self.language = language

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "language": self.language}

    @property
    def clean_name(self):
        return f"language_{self.language.replace('-', '_')}"

    class BoundPanel(ObjectList.BoundPanel):
        template_name = "lihsite/admin/language_tab.html"

        @property
        def language(self):
            return self.panel.language

        @property
        def is_loaded(self):
            return self.language in self.form.languages

        def is_shown(self):
            return self.form is None or self.language in self.form.writable_languages

        def show_panel_furniture(self):
            return self.is_shown()


class LanguageTabs(TabbedInterface):
    """The tabs of the form; the language that is open at first comes first."""

    class BoundPanel(TabbedInterface.BoundPanel):
        @cached_property
        def visible_children_with_identifiers(self):
            tabs = super().visible_children_with_identifiers
            return sorted(tabs, key=lambda tab: not getattr(tab[0], "is_loaded", False))


class SharedTab(ObjectList):
    """What has one value for all languages; translators do not get to see it."""

    class BoundPanel(ObjectList.BoundPanel):
        def is_shown(self):
            return self.form is None or (self.form.writes_shared_fields and super().is_shown())


class LiveLanguagesPanel(MultiFieldPanel):
    """A choice of the languages that go live at the next publication, each with its state."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "lihsite/admin/live_languages.html"

        @property
        def choices(self):
            states = self.instance.get_translation_states()
            for code in language_codes():
                name = column("live_in", code)
                if name in self.form.fields:
                    yield {
                        "field": self.form[name],
                        "name": language_name_local(code),
                        "language": code,
                        "state": states[code],
                    }

        def is_shown(self):
            return self.form is None or self.form.writes_shared_fields


class PageForm(PanelGroup):
    """The whole form: what goes live above the tabs."""

    class BoundPanel(PanelGroup.BoundPanel):
        template_name = "lihsite/admin/page_form.html"


def language_tab(model, language: str) -> LanguageTab:
    own = [translated_panel(model, name, language) for name in model.translated_panels]
    address = MultiFieldPanel(
        [
            translated_panel(model, "slug", language),
            translated_panel(model, "seo_title", language),
            translated_panel(model, "search_description", language, widget=short_text()),
        ],
        heading=_("Address and search engines"),
        classname="collapsed",
    )
    children = [
        translated_panel(model, "title", language, classname="title"),
        translated_panel(model, "summary", language, widget=short_text()),
        *own,
        address,
    ]
    return LanguageTab(children, heading=language_name_local(language), language=language)


def page_edit_handler(model) -> PageForm:
    """The edit handler of a page type, from its `translated_panels` and `shared_panels`."""
    tabs = [language_tab(model, language) for language in language_codes()]
    if model.shared_panels:
        tabs.append(SharedTab(model.shared_panels, heading=_("All languages")))
    tabs += [
        SharedTab(model.promote_panels, heading=_("Promotion")),
        SharedTab([*model.settings_panels], heading=_("Settings")),
    ]
    live_languages = LiveLanguagesPanel(
        [FieldPanel(column("live_in", language)) for language in language_codes()],
        heading=_("Publish in"),
    )
    return PageForm(
        [live_languages, LanguageTabs(tabs), CommentPanel()],
        base_form_class=model.page_form_class,
    )


SETTINGS_PANELS = [FieldRowPanel([FieldPanel("source_language")]), PublishingPanel()]
PROMOTE_PANELS = [FieldPanel("show_in_menus")]
