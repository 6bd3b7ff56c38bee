"""The interface speaks each language in full."""

import polib
import pytest
from bs4 import BeautifulSoup
from django.conf import settings

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
