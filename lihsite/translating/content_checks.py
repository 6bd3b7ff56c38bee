"""Checks of a translation in Wagtail's panel of checks: untranslated text, and the glossary.

What is found is listed in the panel. The preview says in which languages there is something, and
Wagtail's content checker (since 7.3) counts that among the issues of the page.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy
from wagtail.admin.userbar import ContentCheckerItem

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.segments import instance_values, walk_segments
from lihsite.multilingual.states import segments_to_do
from lihsite.pages.showing import preview_marks
from lihsite.pages.side_panels import StatusItem, check_items
from lihsite.translating.glossary.checks import LackingTerm, lacking_terms


@dataclass(frozen=True)
class Findings:
    """What a language of a page lacks: texts, by where they stand, and terms of the glossary."""

    language: str
    untranslated: list[str]
    lacking: list[LackingTerm]

    @property
    def language_name(self) -> str:
        return language_name(self.language)


def findings(page, language: str) -> Findings:
    """Of the page as it is in memory; nothing is untranslated in a language without any text."""
    values = instance_values(page, {page.source_language, language})
    if not any(walk_segments(type(page), values, language)):
        return Findings(language, [], [])
    untranslated, _outdated = segments_to_do(page, language)
    labels = [
        segment.label
        for segment in walk_segments(type(page), values, page.source_language)
        if segment.name in untranslated
    ]
    return Findings(language, labels, lacking_terms(page, language))


def findings_for(page, user) -> list[Findings]:
    """Of the languages that the user may write, those that lack something."""
    languages = [code for code in writable_languages(user) if code != page.source_language]
    found = [findings(page, language) for language in languages]
    return [one for one in found if one.untranslated or one.lacking]


def checks_context(page, user) -> dict:
    return {"translation_findings": findings_for(page, user)}


UNTRANSLATED, LACKING = "untranslated", "lacking-terms"
"""What a preview is marked with, each time with the languages that it is said of."""


def marks_of_preview(page, user) -> dict[str, str]:
    """The languages of all that the panel lists, whichever the page is previewed in."""
    found = findings_for(page, user)
    marks = {
        UNTRANSLATED: [one.language for one in found if one.untranslated],
        LACKING: [one.language for one in found if one.lacking],
    }
    return {name: " ".join(languages) for name, languages in marks.items() if languages}


check_items.append(StatusItem("lihsite/admin/translation_checks.html", checks_context))
preview_marks.append(marks_of_preview)

MESSAGES = {
    UNTRANSLATED: (
        gettext_lazy("Some texts are not translated: %(language)s"),
        gettext_lazy("They are listed above, under “Translations”"),
    ),
    LACKING: (
        gettext_lazy("The glossary is not followed: %(language)s"),
        gettext_lazy("The terms are listed above, under “Translations”"),
    ),
}


def rule_id(mark: str, language: str) -> str:
    return f"{mark}-{language}"


def rule(mark: str, language: str) -> dict:
    """A rule that a page with the mark breaks; its heading stands for the page as a whole."""
    return {
        "id": rule_id(mark, language),
        "impact": "serious",
        "selector": f'body[data-{mark}~="{language}"] h1',
        "tags": ["best-practice"],
        # A heading has none, so that each breaks the rule.
        "any": [{"id": "non-empty-alt", "options": {"attribute": "alt"}}],
        "enabled": True,
    }


class TranslationCheckerItem(ContentCheckerItem):
    """Wagtail's content checker with two rules for each language.

    So its count of issues is as high as what the panel lists of them, and what it finds itself.
    """

    @property
    def translation_rules(self) -> list[tuple[str, str]]:
        return [(mark, language) for mark in MESSAGES for language in language_codes()]

    def get_axe_custom_rules(self, request):
        own = [rule(mark, language) for mark, language in self.translation_rules]
        return [*super().get_axe_custom_rules(request), *own]

    def get_axe_run_only(self, request):
        own = [rule_id(mark, language) for mark, language in self.translation_rules]
        return [*super().get_axe_run_only(request), *own]

    def get_axe_messages(self, request):
        own = {}
        for mark, language in self.translation_rules:
            name, help_text = MESSAGES[mark]
            own[rule_id(mark, language)] = {
                "error_name": name % {"language": language_name(language)},
                "help_text": help_text,
            }
        return {**super().get_axe_messages(request), **own}


def check_translations(request, items, page) -> None:
    """Put our checker in the place of Wagtail's."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = TranslationCheckerItem(in_editor=item.in_editor)
