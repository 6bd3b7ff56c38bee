"""The interface speaks each language in full."""

import re

import polib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings
from django.utils.translation import override

from lihsite.accounts.audit import AccountEvent
from lihsite.accounts.report import AccountEventsReport
from lihsite.guide.texts import FOLDER
from lihsite.translating.bulk_actions import AssignmentForm
from tests import visitor_pages

SOURCE = settings.LANGUAGE_CODE
TRANSLATED = [code for code, _name in settings.LANGUAGES if code != SOURCE]


def catalogue(language) -> polib.POFile:
    return polib.pofile(str(settings.LOCALE_PATHS[0] / language / "LC_MESSAGES" / "django.po"))


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_text_of_the_interface_is_translated(language):
    entries = [entry for entry in catalogue(language) if not entry.obsolete]
    assert len(entries) > 100
    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_what_stands_between_signs_stands_in_the_translation_too(language):
    for entry in catalogue(language):
        for variable in [word for word in entry.msgid.split() if word.startswith("%(")]:
            name = variable.split(")")[0]
            assert name in "".join([entry.msgstr, *entry.msgstr_plural.values()]), entry.msgid


def test_words_of_two_senses_are_told_apart():
    with override("de"):
        assert AccountEvent._meta.get_field("kind").verbose_name == "Ereignis"
        assert AccountEventsReport.columns[0].label == "Zeitpunkt"
    with override("fr"):
        assert AssignmentForm.base_fields["note"].label == "Remarque"


def test_french_has_a_narrow_space_that_does_not_break_beside_its_signs():
    texts = [(FOLDER / "fr.md").read_text()]
    for entry in catalogue("fr"):
        texts += [entry.msgstr, *entry.msgstr_plural.values()]
    other_spaces = re.compile(r"[ \u00a0\u2009][;:!?»]|«[ \u00a0\u2009]")
    assert [text for text in texts if other_spaces.search(text)] == []


@pytest.mark.parametrize("language", TRANSLATED)
def test_no_page_for_visitors_speaks_english_without_saying_so(client, demo, language):
    english = {
        entry.msgid
        for entry in catalogue(language)
        if entry.msgstr and entry.msgstr.casefold() != entry.msgid.casefold()
    }
    left = set()
    for languages in visitor_pages.all_addresses().values():
        html = BeautifulSoup(client.get(languages[language]).content, "html.parser")
        for foreign in html.body.select(f"[lang]:not([lang={language}])"):
            foreign.decompose()
        left |= english.intersection(html.body.stripped_strings)
        for element in html.body.select("[aria-label], [title], [alt]"):
            attributes = (element.get(name) for name in ("aria-label", "title", "alt"))
            left |= english.intersection(attributes)
    assert left == set()
