"""The edit form of a page type: a tab for each language, shared fields, promotion and settings."""

import re

from django import forms
from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import capfirst
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
from wagtail.admin.widgets import AdminAutoHeightTextInput, SlugInput

from lihsite.multilingual.languages import (
    column,
    language_codes,
    language_name,
    language_name_local,
)
from lihsite.multilingual.states import State


def translated_panel(model, name: str, language: str, **options) -> FieldPanel:
    """The panel of a translated field in one language, labelled with the field's own name."""
    field = model._meta.get_field(name)
    if type(field) is models.TextField:
        # Wagtail gives this input to plain text fields, but not to the columns made of them.
        options.setdefault("widget", AdminAutoHeightTextInput(attrs={"rows": 2}))
    return FieldPanel(
        column(name, language),
        heading=capfirst(field.verbose_name),
        help_text=field.help_text,
        **options,
    )


def title_text() -> forms.TextInput:
    """The large input of a title, whose label is for screen readers alone."""
    return forms.TextInput(attrs={"placeholder": _("Title")})


def slug_text(language: str) -> SlugInput:
    """The input of a slug, which spells what is typed as a slug made from the title would be.

    Wagtail's own drops the letters that are not ASCII as the field is left: “santé” becomes “sant”.
    """
    return SlugInput(
        attrs={"data-action": SlugInput().attrs["data-action"].replace("#slugify", "#urlify")},
        formatters=[
            (re.compile(letter, re.IGNORECASE), spelling)
            for letter, spelling in settings.SLUG_SPELLINGS.get(language, {}).items()
        ],
        locale=language,
    )


class LanguageTexts(ObjectList):
    """A tab with the texts of one language, headed by the language's own name."""

    def __init__(self, children=(), *args, language=None, **kwargs):
        kwargs.setdefault("heading", language_name_local(language))
        super().__init__(children, *args, **kwargs)
        self.language = language

    def clone_kwargs(self):
        return {**super().clone_kwargs(), "language": self.language}

    @property
    def clean_name(self):
        return f"language_{self.language.replace('-', '_')}"

    class BoundPanel(ObjectList.BoundPanel):
        template_name = "lihsite/admin/language_tab.html"
        is_loaded = True

        @property
        def language(self):
            return self.panel.language


class LanguageTab(LanguageTexts):
    """The texts of a page in one language; they are fetched when the tab is first opened."""

    class BoundPanel(LanguageTexts.BoundPanel):
        def __init__(self, **kwargs):
            super().__init__(**kwargs)
            if self.form is not None and not self.is_loaded:
                self.form = self.form.open_for_errors(self.language) or self.form

        @property
        def is_loaded(self):
            return self.language in self.form.languages

        @property
        def translate_url(self):
            """The address at which the language stands beside its source; None for the source."""
            if self.language == self.instance.source_language or not self.instance.pk:
                return None
            return reverse("translating:translate", args=[self.instance.pk, self.language])

        @property
        def source_to_read(self):
            """The name and the preview of the text to translate, for those who have no tab of it.

            None if the reader writes the source language too, or if nothing is stored yet.
            """
            source = self.instance.source_language
            if source in self.form.writable_languages or not self.instance.pk:
                return None
            url = reverse("wagtailadmin_pages:view_draft", args=[self.instance.pk])
            return {"name": language_name(source), "url": f"{url}?mode={source}"}

        def is_shown(self):
            return self.form is None or self.language in self.form.writable_languages

        def show_panel_furniture(self):
            return self.is_shown()


class LanguageTabs(TabbedInterface):
    """The tabs of the form; the language that the editor starts in comes first."""

    class BoundPanel(TabbedInterface.BoundPanel):
        @cached_property
        def visible_children_with_identifiers(self):
            tabs = super().visible_children_with_identifiers
            first = self.form.first_language()
            return sorted(tabs, key=lambda tab: getattr(tab[0], "language", None) != first)


class SharedTab(ObjectList):
    """What has one value for all languages; translators do not get to see it."""

    class BoundPanel(ObjectList.BoundPanel):
        def is_shown(self):
            return self.form is None or (self.form.writes_shared_fields and super().is_shown())


class LiveLanguagesPanel(MultiFieldPanel):
    """A choice of the languages that go live at the next publication, each with its state."""

    class BoundPanel(MultiFieldPanel.BoundPanel):
        template_name = "lihsite/admin/live_languages.html"

        @cached_property
        def choices(self):
            states = self._stored_states()
            return [
                {
                    "field": self.form[column("live_in", code)],
                    "name": language_name_local(code),
                    "language": code,
                    "state": State(states.get(code, State.MISSING)),
                }
                for code in language_codes()
                if column("live_in", code) in self.form.fields
            ]

        def _stored_states(self) -> dict:
            if not self.instance.pk:
                return {self.instance.source_language: State.SOURCE}
            return dict(self.instance.translation_states.values_list("language", "state"))

        @property
        def errors(self):
            return [error for choice in self.choices for error in choice["field"].errors]

        def is_shown(self):
            return self.form is None or self.form.writes_shared_fields


class PageForm(PanelGroup):
    """The whole form: what goes live above the tabs."""

    class BoundPanel(PanelGroup.BoundPanel):
        template_name = "lihsite/admin/page_form.html"


def text_panels(model, language: str, *, folded: bool = True) -> list:
    """The panels of a page type's texts in a language; those for search engines may be folded."""
    own = [translated_panel(model, name, language) for name in model.translated_panels]
    address = MultiFieldPanel(
        [
            translated_panel(model, "slug", language, widget=slug_text(language)),
            translated_panel(model, "seo_title", language),
            translated_panel(model, "search_description", language),
        ],
        heading=_("Address and search engines"),
        classname="collapsed" if folded else "",
    )
    return [
        translated_panel(model, "title", language, classname="title", widget=title_text()),
        translated_panel(model, "summary", language),
        *own,
        address,
    ]


def language_tab(model, language: str) -> LanguageTab:
    return LanguageTab(text_panels(model, language), language=language)


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
PROMOTE_PANELS = [FieldPanel("social_image"), FieldPanel("show_in_menus")]
