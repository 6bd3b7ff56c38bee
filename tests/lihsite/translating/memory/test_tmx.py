"""The memory goes out as TMX and comes in again; what comes from elsewhere brings no harm."""

import re

import pytest
from django.contrib.auth import get_user_model
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import resolve, reverse
from django.utils.translation import override
from hypothesis import given
from hypothesis import strategies as st
from translate.storage.tmx import tmxfile

from lihsite.models import TranslationUnit
from lihsite.translating.exchange.documents import Unreadable
from lihsite.translating.markup import UNWRITABLE
from lihsite.translating.memory import matches, tmx
from lihsite.translating.memory.units import compared, keep, unit_of
from tests import factories
from tests.lihsite.multilingual.test_permissions import user as member
from tests.lihsite.translating.rich_texts import plain_texts, rich_texts

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def fresh_indexes(monkeypatch):
    monkeypatch.setattr(matches, "_indexes", {})


def file_of(*units):
    return b"".join(tmx.write(units))


def units(data):
    return [(one.source, one.target) for one in tmx.read(data)]


def portable(text):
    """The text without what no file can hold, and without tags that belong to this site alone."""
    text = UNWRITABLE.sub("", text)
    return re.sub(r'<embed [^>]*>| data-block-key="[^"]*"', "", text)


@given(st.lists(st.tuples(plain_texts, plain_texts), min_size=1, max_size=3))
def test_plain_texts_come_back_as_they_went_out(pairs):
    pairs = [
        pair
        for pair in pairs
        if not any(UNWRITABLE.search(text) or not compared(text, is_rich=False) for text in pair)
    ]
    made = [unit_of("en", "fr", *pair, is_rich=False) for pair in pairs]
    if made:
        assert units(file_of(*made)) == pairs


@given(rich_texts.map(portable).filter(lambda text: compared(text, is_rich=True)))
def test_rich_texts_come_back_as_they_went_out(text):
    assert units(file_of(unit_of("en", "fr", text, text, is_rich=True))) == [(text, text)]


def test_markup_comes_back_as_it_went_out():
    source = '<p>Ask <b>the ward</b><br/>or <a linktype="page" id="3">us</a> &amp; them</p>'
    target = '<ul><li>Demandez <i>à</i> <a href="https://example.org/?a=1">nous</a></li></ul>'
    made = unit_of("en", "fr", source, target, is_rich=True)
    assert units(file_of(made)) == [(source, target)]


def test_the_toolkit_that_translators_use_reads_the_file():
    made = unit_of("en", "fr", "<p>Ask <b>us</b></p>", "<p>Demandez</p>", is_rich=True)
    other = unit_of("en", "fr", "R&D", "R-D", is_rich=False)
    store = tmxfile.parsestring(file_of(made, other))
    assert [(unit.source, unit.target) for unit in store.units][1] == ("R&D", "R-D")


FOREIGN = """<?xml version="1.0"?>
<tmx version="1.4"><header srclang="EN-US"/><body><tu>
<tuv xml:lang="EN-US">
<seg>Ask <bpt i="1">&lt;b onclick="x()"&gt;</bpt>us<ept i="1">&lt;/b&gt;</ept>
<ph>&lt;script&gt;alert(1)&lt;/script&gt;</ph><hi>now</hi></seg>
</tuv>
<tuv xml:lang="fr_LU">
<seg>Demandez <bpt i="1">{\\b </bpt>nous<ept i="1">}</ept></seg>
</tuv>
<tuv xml:lang="it"><seg>Chiedete</seg></tuv>
<tuv xml:lang="de"><seg>Fragt <bpt i="1">&lt;b&gt;</bpt>uns</seg></tuv>
</tu></body></tmx>"""


def test_markup_from_elsewhere_stays_outside():
    pairs = set(units(FOREIGN.encode()))
    assert all("<" not in text for pair in pairs for text in pair)
    assert ("Demandez nous", "Fragt uns") in {tuple(map(str.strip, pair)) for pair in pairs}
    assert len(pairs) == 3


BOMB = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><tmx><tu><tuv xml:lang="en"><seg>&a;'


@pytest.mark.parametrize("data", [b"", b"<tmx/>", b"<tmx><tu>", b"PK\x03", b"\0", BOMB.encode()])
def test_what_cannot_be_read_is_refused(data):
    with pytest.raises(Unreadable):
        units(data)


def test_what_cannot_be_read_is_refused_with_the_place_of_the_error():
    with override("en"), pytest.raises(Unreadable) as refused:
        units(b"<tmx>\n<tu a=b/></tmx>")
    expected = "This is no well-formed XML: there is an error at line 2, column 7."
    assert str(refused.value) == expected


@given(st.one_of(st.binary(), st.binary().map(lambda data: b"<tmx><tu>" + data + b"</tu></tmx>")))
def test_nothing_that_is_sent_breaks_the_reader(data):
    try:
        units(data)
    except Unreadable:
        return


def upload(client, data):
    file = SimpleUploadedFile("memory.tmx", data)
    return client.post(reverse("translating:memory"), {"file": file}, follow=True)


def numbered(count):
    texts = [(f"Text {number}", f"Texte {number}") for number in range(count)]
    return [unit_of("en", "fr", *pair, is_rich=False) for pair in texts]


def test_a_file_is_taken_into_the_memory_and_taken_out_again(client):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    data = file_of(*numbered(3))
    assert "3 translations were taken" in upload(client, data).content.decode()
    upload(client, data)
    assert TranslationUnit.objects.count() == 3
    answer = client.get(reverse("translating:memory_export", args=["en", "fr"]))
    assert b"Texte 2" in b"".join(answer.streaming_content)


def test_a_variant_of_a_language_has_its_own_file():
    address = reverse("translating:memory_export", args=["en", "pt-br"])
    assert resolve(address).kwargs == {"source": "en", "target": "pt-br"}


def test_nothing_of_a_broken_file_is_taken(client):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    data = file_of(*numbered(900))
    answer = upload(client, data[:-200])
    assert answer.context["form"].errors["file"]
    assert not TranslationUnit.objects.exists()


def test_what_others_translate_is_left_out(client):
    factories.home()
    client.force_login(member("french", "translate_fr"))
    pairs = [unit_of("en", "fr", "One", "Un", is_rich=False)]
    pairs.append(unit_of("en", "de", "One", "Eins", is_rich=False))
    answer = upload(client, file_of(*pairs))
    assert "1 was left out" in answer.content.decode()
    assert [unit.target for unit in TranslationUnit.objects.all()] == ["Un"]


# Suggestions for a segment


@pytest.fixture
def page():
    page = factories.content_page(live_in=("en",), title_en="Careers")
    keep([unit_of("en", "fr", "Careers", "Carrières", is_rich=False)])
    return page


def suggestions(client, page, language="fr", **query):
    return client.get(reverse("translating:suggestions", args=[page.pk, language]), query)


def test_the_memory_suggests_translations_of_a_segment(client, page):
    client.force_login(member("french", "translate_fr"))
    [one] = suggestions(client, page, segment="title").json()["suggestions"]
    assert one == {
        "source": "Careers",
        "target": "Carrières",
        "value": "Carrières",
        "match": 100,
        "origin": "memory",
    }
    assert suggestions(client, page, text="Career").json()["suggestions"] == []
    back = suggestions(client, page, text="Carrières", **{"from": "fr"})
    assert back.json()["suggestions"] == []


def test_suggestions_are_for_those_who_translate_the_page(client, page):
    client.force_login(member("french", "translate_fr"))
    assert suggestions(client, page, "de", segment="title").status_code == 302
    client.force_login(member("outsider", "translate_fr", pages=()))
    assert suggestions(client, page, segment="title").status_code == 302


@pytest.mark.parametrize(
    ("language", "query"),
    [("it", {"segment": "title"}), ("fr", {"segment": "x"}), ("fr", {"from": "it"}), ("fr", {})],
)
def test_suggestions_for_nothing_are_not_found(client, page, language, query):
    client.force_login(get_user_model().objects.create_superuser("admin"))
    assert suggestions(client, page, language, **query).status_code == 404
