"""Checks of a translation in Wagtail's panel of checks: untranslated text, and the glossary.

What is found is listed in the panel. The preview says how much there is, and Wagtail's content
checker (since 7.3) counts that among the issues of the page.
"""

from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _
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


def checks_context(page, user) -> dict:
    """What the translations lack that the user may write."""
    found = [
        findings(page, language)
        for language in language_codes()
        if language in writable_languages(user) and language != page.source_language
    ]
    return {"translation_findings": [one for one in found if one.untranslated or one.lacking]}


def marks_of_preview(page, language: str) -> dict[str, int]:
    found = findings(page, language)
    counts = {"untranslated": len(found.untranslated), "lacking-terms": len(found.lacking)}
    return {name: count for name, count in counts.items() if count}


check_items.append(StatusItem("lihsite/admin/translation_checks.html", checks_context))
preview_marks.append(marks_of_preview)


def rule(name: str, mark: str) -> dict:
    """A rule that every page with the mark breaks; its heading stands for the page as a whole."""
    return {
        "id": name,
        "impact": "serious",
        "selector": f"body[data-{mark}] h1",
        "tags": ["best-practice"],
        # A heading has none, so that each breaks the rule.
        "any": [{"id": "non-empty-alt", "options": {"attribute": "alt"}}],
        "enabled": True,
    }


class TranslationCheckerItem(ContentCheckerItem):
    """Wagtail's content checker with two rules for translations."""

    axe_custom_rules = [
        *ContentCheckerItem.axe_custom_rules,
        rule("untranslated-text", "untranslated"),
        rule("glossary-not-followed", "lacking-terms"),
    ]
    axe_run_only = [*ContentCheckerItem.axe_run_only, "untranslated-text", "glossary-not-followed"]
    axe_messages = {
        **ContentCheckerItem.axe_messages,
        "untranslated-text": {
            "error_name": _("Some texts are not translated"),
            "help_text": _("They are listed above, under “Translations”"),
        },
        "glossary-not-followed": {
            "error_name": _("The glossary is not followed"),
            "help_text": _("The terms are listed above, under “Translations”"),
        },
    }


def check_translations(request, items, page) -> None:
    """Put our checker in the place of Wagtail's."""
    for place, item in enumerate(items):
        if isinstance(item, ContentCheckerItem):
            items[place] = TranslationCheckerItem(in_editor=item.in_editor)
