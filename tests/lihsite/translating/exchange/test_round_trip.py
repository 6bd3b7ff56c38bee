"""From a page into a file and back: what changes, what conflicts, what is refused."""

import re
from xml.sax.saxutils import escape

import pytest
from django.contrib.auth import get_user_model
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from home.models import ContentPage
from lihsite.models import Export
from lihsite.multilingual.segment_writing import set_segments
from lihsite.multilingual.segments import instance_values, segments_of
from lihsite.multilingual.states import State, progress_of
from lihsite.translating.exchange import formats
from lihsite.translating.exchange.documents import Unreadable
from lihsite.translating.exchange.exports import NothingToExport, export
from lihsite.translating.exchange.formats import FORMATS
from lihsite.translating.exchange.imports import Refused, apply, plan_import
from lihsite.translating.markup import code
from tests import factories
from tests.lihsite.blocks.vocabulary import every_block
from tests.lihsite.multilingual.test_permissions import user as member
from tests.lihsite.translating.rich_texts import rich_texts

pytestmark = pytest.mark.django_db

SOURCE = '<p data-block-key="k">Ask <b>the ward</b> or <a linktype="page" id="3">us</a>.</p>'
TARGET = (
    '<p data-block-key="k">Demandez à <b>la salle</b> ou <a linktype="page" id="3">nous</a>.</p>'
)
TEXT = "b0000000-0000-4000-8000-000000000001"
NAME = f"body.{TEXT}"
every_format = pytest.mark.parametrize("format", FORMATS.values(), ids=FORMATS)
XLIFF = FORMATS["xliff-1.2"]


def paragraph(text):
    return {"type": "paragraph", "id": TEXT, "value": text}


@pytest.fixture
def admin():
    return get_user_model().objects.create_superuser("admin")


@pytest.fixture
def careers():
    """A page whose French is up to date."""
    return factories.content_page(
        live_in=("en", "fr"),
        title_en="Careers",
        title_fr="Carrières",
        body_en=[paragraph(SOURCE)],
        body_fr=[paragraph(TARGET)],
    )


def draft_of(page):
    return ContentPage.objects.get(pk=page.pk).get_latest_revision_as_object()


def draft(page, **values):
    """Save a draft with the values."""
    page = draft_of(page)
    for name, value in values.items():
        setattr(page, name, value)
    page.save_revision()


def texts(page, language):
    page = draft_of(page)
    return segments_of(type(page), instance_values(page, [language]), language)


def tags(text: str) -> set[str]:
    return set(re.findall("<[^>]*>", text))


def exported(page, user, format=XLIFF, language="fr", **options):
    data, _record = export([page], language, format, user=user, **options)
    return data


def imported(data, user, taken=()):
    plan = plan_import(data, user)
    return apply(data, user, digest=plan.digest, taken=set(taken))


def revisions(page):
    return ContentPage.objects.get(pk=page.pk).revisions.count()


@every_format
def test_what_comes_back_unchanged_changes_nothing(careers, admin, format):
    careers.body_en = [paragraph(SOURCE), *every_block()]
    names = segments_of(ContentPage, instance_values(careers, ["en"]), "en")
    for name, text in names.items():
        set_segments(careers, "fr", {name: text.replace(">", "> ").replace("e", "é")})
    careers.save_revision()
    data = exported(careers, admin, format)
    before, count = draft_of(careers).serializable_data(), revisions(careers)
    plan = imported(data, admin)
    assert (plan.changes, plan.problems, plan.removed, plan.untranslated) == ([], [], [], 0)
    assert plan.unchanged == len(names)
    assert draft_of(careers).serializable_data() == before
    assert revisions(careers) == count


@every_format
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(source=rich_texts, target=rich_texts)
def test_no_markup_comes_back_otherwise_than_it_went_out(db, format, source, target):
    user, _new = get_user_model().objects.get_or_create(username="root", is_superuser=True)
    page = factories.content_page(
        live_in=("en",), title_en="Any", body_en=[paragraph(f"<p>a</p>{source}")]
    )
    set_segments(page, "fr", {NAME: f"<p>b</p>{target}"})
    page.save_revision()
    data = exported(page, user, format)
    plan = plan_import(data, user)
    assert (plan.changes, plan.problems) == ([], [])


@every_format
def test_a_translated_text_is_taken_with_the_markup_of_the_source(admin, format):
    page = factories.content_page(live_in=("en",), title_en="R&D", body_en=[paragraph(SOURCE)])
    data = exported(page, admin, format)
    filled = translated(data, format, {"R&D": "R&D (fr)", SOURCE: TARGET})
    plan = imported(filled, admin)
    assert texts(page, "fr") == {"title": "R&D (fr)", NAME: TARGET}
    assert plan.pages == 1
    assert progress_of(draft_of(page), "fr").state == State.UP_TO_DATE


def translated(data, format, wanted):
    """The file as a translator gives it back, through the classes that read and write it."""
    pages = formats.read(data)
    for unit in (unit for page in pages for unit in page.units):
        for source, target in wanted.items():
            coded = code(source, is_rich=source.startswith("<p"))
            if unit.source == coded.pieces:
                coded_target = code(target, is_rich=source.startswith("<p"))
                unit.target, unit.tags = coded_target.numbered_like(coded).pieces, coded.tags
    return format.write(pages)


@every_format
@pytest.mark.parametrize("blank", ["  ", "\n", "\xa0"])
def test_white_space_and_tags_alone_are_no_translation(careers, admin, format, blank):
    tags_alone = re.sub(">[^<]+<", f">{blank}<", TARGET)
    data = exported(careers, admin, format)
    data = translated(data, format, {"Careers": blank, SOURCE: tags_alone})
    plan = imported(data, admin)
    assert (plan.changes, plan.problems, plan.untranslated) == ([], [], 2)
    assert texts(careers, "fr") == {"title": "Carrières", NAME: TARGET}


@every_format
def test_what_a_tool_has_broken_into_lines_is_one_line_where_a_field_has_one(
    careers, admin, format
):
    quote = {"type": "paragraph", "id": TEXT, "value": TARGET.replace(" ou ", "\nou ")}
    data = exported(careers, admin, format)
    wanted = {"Careers": "Travailler\r\n  au LIH\n", SOURCE: quote["value"]}
    imported(translated(data, format, wanted), admin)
    assert texts(careers, "fr") == {"title": "Travailler au LIH", NAME: quote["value"]}


@every_format
def test_a_title_of_two_lines_comes_back_as_it_went_out(careers, admin, format):
    draft(careers, title_fr="Travailler\nau LIH")
    assert plan_import(exported(careers, admin, format), admin).changes == []


def test_only_the_named_segments_change(careers, admin):
    data = exported(careers, admin).replace("Carrières".encode(), b"Travailler au LIH")
    draft(careers, summary_fr="Un résumé", title_de="Karriere")
    imported(data, admin)
    assert texts(careers, "fr") == {
        "title": "Travailler au LIH",
        "summary": "Un résumé",
        NAME: TARGET,
    }
    assert draft_of(careers).title_de == "Karriere"
    assert draft_of(careers).title_en == "Careers"


def test_only_what_is_open_goes_out_if_that_is_asked_for(careers, admin):
    with pytest.raises(NothingToExport):
        exported(careers, admin, only_open=True)
    draft(careers, title_en="Work here")
    data = exported(careers, admin, only_open=True)
    assert b"Work here" in data
    assert b"the ward" not in data
    assert b"needs-review-translation" in data


def test_pages_written_in_the_language_and_aliases_are_left_out(careers, admin):
    french = factories.content_page(live_in=("fr",), title_fr="Ici")
    alias = careers.create_alias(update_slug="alias")
    data, record = export([careers, french, alias], "fr", XLIFF, user=admin)
    assert list(record.texts) == [str(careers.pk)]
    assert b"Ici" not in data


def test_a_file_of_one_source_is_not_made_of_two(careers, admin):
    french = factories.content_page(live_in=("fr",), title_fr="Ici")
    with pytest.raises(NothingToExport):
        export([careers, french], "de", FORMATS["po"], user=admin)
    assert Export.objects.count() == 0
    data, _record = export([careers, french], "de", XLIFF, user=admin)
    assert b'source-language="fr"' in data


# What conflicts


def test_a_source_that_moved_on_is_a_conflict_and_its_translation_stays_outdated(careers, admin):
    data = exported(careers, admin).replace("Carrières".encode(), b"Travailler ici")
    draft(careers, title_en="Work at the institute")
    plan = plan_import(data, admin)
    [change] = plan.conflicts
    assert change.source_moved_on
    assert not change.target_was_changed
    assert (change.source_then, change.source_now) == ("Careers", "Work at the institute")
    apply(data, admin, digest=plan.digest, taken=set())
    assert texts(careers, "fr")["title"] == "Carrières"
    apply(data, admin, digest=plan.digest, taken={change.key})
    assert texts(careers, "fr")["title"] == "Travailler ici"
    assert progress_of(draft_of(careers), "fr").outdated == 1


def test_a_translation_that_was_changed_here_since_is_a_conflict(careers, admin):
    data = exported(careers, admin).replace("Carrières".encode(), b"Travailler ici")
    draft(careers, title_fr="Emplois")
    plan = plan_import(data, admin)
    [change] = plan.conflicts
    assert change.target_was_changed
    assert change.before == "Emplois"
    apply(data, admin, digest=plan.digest, taken=set())
    assert texts(careers, "fr")["title"] == "Emplois"


def test_a_link_that_leads_elsewhere_by_now_is_no_conflict(careers, admin):
    data = exported(careers, admin).replace(b"ou ", b"et ")
    new_link = '<a linktype="page" id="4">'
    draft(
        careers,
        body_en=[paragraph(SOURCE.replace('<a linktype="page" id="3">', new_link))],
        body_fr=[paragraph(TARGET.replace('<a linktype="page" id="3">', new_link))],
    )
    plan = plan_import(data, admin)
    assert not plan.problems
    [change] = plan.changes
    assert not change.source_moved_on


def test_links_keep_their_places_when_those_of_the_source_lead_elsewhere(admin):
    """The translation names them in another order."""
    source = '<p><a href="{0}://a.org/">here</a> and <a href="{0}://b.org/">there</a></p>'
    target = '<p><a href="http://b.org/">là</a> et <a href="http://a.org/">ici</a></p>'
    page = factories.content_page(
        live_in=("en", "fr"),
        body_en=[paragraph(source.format("http"))],
        body_fr=[paragraph(target)],
    )
    data = exported(page, admin)
    draft(page, body_en=[paragraph(source.format("https"))])
    assert plan_import(data, admin).changes == []
    [change] = plan_import(data.replace(b" et ", b" ou "), admin).changes
    assert change.after == target.replace(" et ", " ou ")


def test_a_text_that_the_source_has_no_more_is_told_and_left_out(careers, admin):
    data = exported(careers, admin).replace(b"ou ", b"et ")
    draft(careers, body_en=[])
    plan = plan_import(data, admin)
    assert [problem.message for problem in plan.removed] == [SOURCE]
    assert not plan.problems


def test_an_outdated_translation_marked_as_finished_is_confirmed(careers, admin):
    draft(careers, title_en="Work here")
    assert progress_of(draft_of(careers), "fr").outdated == 1
    data = exported(careers, admin)
    assert not plan_import(data, admin).changes
    finished = data.replace(b"needs-review-translation", b"final")
    [change] = imported(finished, admin).changes
    assert change.is_confirmation
    assert progress_of(draft_of(careers), "fr").state == State.UP_TO_DATE
    assert texts(careers, "fr")["title"] == "Carrières"


# What is refused


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ('target-language="fr"', 'target-language="it"'),
        ('target-language="fr"', 'target-language="en"'),
        ('source-language="en"', 'source-language="de"'),
        ('original="page:', 'original="page:9'),
        ('original="page:', 'original="'),
        ('id="title"', 'id="colour"'),
        ('id="title"', 'id="summary"'),
        ("Carrières", "C" * 256),
        ('<g id="3" ctype="link">nous</g>', "nous"),
        ('<g id="3" ctype="link">nous</g>', '<g id="7" ctype="link">nous</g>'),
        ("Carrières", 'Carrières<x id="1"/>'),
        ("Carrières", "<sub>Carrières</sub>"),
    ],
)
def test_a_file_with_anything_malformed_is_refused_as_a_whole(careers, admin, before, after):
    data = exported(careers, admin).decode()
    assert before in data
    spoilt = data.replace(before, after).replace("Demandez", "Adressez-vous")
    plan = plan_import(spoilt.encode(), admin)
    assert plan.problems
    with pytest.raises(Refused):
        apply(spoilt.encode(), admin, digest=plan.digest, taken=set())
    assert texts(careers, "fr") == {"title": "Carrières", NAME: TARGET}


def table(columns: dict, cells: list):
    """A table of one row; the columns by heading, with the type of their cells."""
    headings = [{"type": kind, "heading": heading} for heading, kind in columns.items()]
    rows = {"columns": headings, "rows": [{"values": cells}], "caption": ""}
    return {"type": "table", "id": TEXT, "value": {"caption": "", "table": rows}}


def test_a_cell_that_the_table_of_the_translation_has_no_place_for_is_refused(admin):
    page = factories.content_page(
        live_in=("en", "fr"),
        body_en=[table({"Group": "text", "Before": "text"}, ["Treated", "about 11"])],
        body_fr=[table({"Groupe": "text", "Avant": "number"}, ["Traités", 11])],
    )
    data = translated(exported(page, admin), XLIFF, {"about 11": "environ 11"})
    plan = plan_import(data, admin)
    [problem] = plan.problems
    assert "rows or columns" in problem.message
    assert plan.changes == []


def test_nothing_of_one_page_is_imported_if_another_cannot_be_saved(careers, admin):
    other = factories.content_page(live_in=("en", "fr"), title_en="Other", title_fr="Autre")
    data, _record = export([careers, other], "fr", XLIFF, user=admin)
    data = data.replace("Carrières".encode(), b"Emplois").replace(b"Autre", b"Bien autre")
    plan = plan_import(data, admin)
    digest, count = plan.digest, revisions(careers)
    ContentPage.objects.filter(pk=other.pk).update(slug_en=careers.slug_en)
    with pytest.raises(Refused):
        apply(data, admin, digest=digest, taken=set())
    assert revisions(careers) == count
    assert texts(careers, "fr")["title"] == "Carrières"


def test_what_changed_since_the_preview_is_previewed_again(careers, admin):
    data = exported(careers, admin).replace("Carrières".encode(), b"Emplois")
    plan = plan_import(data, admin)
    draft(careers, title_fr="Travail")
    with pytest.raises(Refused):
        apply(data, admin, digest=plan.digest, taken=set())
    assert texts(careers, "fr")["title"] == "Travail"


def test_markup_that_was_never_in_the_text_does_not_get_in(careers, admin):
    data = exported(careers, admin).decode()
    sent = data.replace("la salle", "&lt;script&gt;alert(1)&lt;/script&gt;")
    imported(sent.encode(), admin)
    assert "&lt;script&gt;" in texts(careers, "fr")[NAME]
    assert "<script" not in texts(careers, "fr")[NAME]


def test_a_translator_imports_their_language_only(careers, admin):
    french = member("french", "translate_fr")
    data = exported(careers, admin).replace("Carrières".encode(), b"Emplois")
    imported(data, french)
    assert texts(careers, "fr")["title"] == "Emplois"
    german = exported(careers, admin, language="de")
    assert plan_import(german, french).problems
    nobody = member("nobody", "translate_fr", pages=())
    assert plan_import(data, nobody).problems


def test_a_file_that_went_out_for_another_language_is_refused_in_a_word(careers, admin):
    """Nothing of it would be in its place, and each text a conflict."""
    draft(careers, title_de="Karriere")
    data = exported(careers, admin).replace(b'target-language="fr"', b'target-language="de"')
    plan = plan_import(data, admin)
    [problem] = plan.problems
    assert "exported for French, but says German" in problem.message
    assert plan.changes == []


def test_a_locked_page_is_left_alone(careers, admin):
    data = exported(careers, admin).replace("Carrières".encode(), b"Emplois")
    careers.locked = True
    careers.locked_by = admin
    careers.save(update_fields=["locked", "locked_by"])
    assert plan_import(data, member("french", "translate_fr")).problems


def test_without_the_record_of_the_export_the_file_is_compared_with_what_is_here(careers, admin):
    data = exported(careers, admin).replace("Carrières".encode(), b"Emplois")
    Export.objects.all().delete()
    plan = plan_import(data, admin)
    [change] = plan.changes
    assert (change.before, change.after, change.conflicts) == ("Carrières", "Emplois", ())
    draft(careers, title_en="Work here")
    [change] = plan_import(data, admin).changes
    assert change.source_moved_on


@pytest.mark.parametrize("name", ["title", NAME])
def test_without_the_record_what_translates_an_older_source_stays_outdated(careers, admin, name):
    data = (
        exported(careers, admin).replace("Carrières".encode(), b"Emplois").replace(b"ou ", b"et ")
    )
    Export.objects.all().delete()
    draft(careers, title_en="Work here", body_en=[paragraph("<p>Ask nobody.</p>")])
    plan = plan_import(data, admin)
    [change] = [change for change in plan.conflicts if change.name == name]
    apply(data, admin, digest=plan.digest, taken={change.key})
    assert texts(careers, "fr")[name] == change.after
    assert progress_of(draft_of(careers), "fr").outdated == 2


def test_an_import_is_in_the_history_under_the_name_of_who_did_it(careers, admin):
    imported(exported(careers, admin).replace("Carrières".encode(), b"Emplois"), admin)
    assert draft_of(careers).latest_revision.user == admin


def translated_page():
    """Somebody who may import everything, and a page for it."""
    user, _new = get_user_model().objects.get_or_create(username="root", is_superuser=True)
    page = factories.content_page(live_in=("en",), title_en="Any", body_en=[paragraph(SOURCE)])
    set_segments(page, "fr", {NAME: TARGET, "title": "Tout"})
    page.save_revision()
    return user, page


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.text("<>&;/=\"' abp1", max_size=30))
def test_whatever_is_written_into_a_text_is_no_markup(db, words):
    user, page = translated_page()
    data = exported(page, user).replace(b"la salle", escape(words).encode())
    imported(data, user)
    assert texts(page, "fr")[NAME] == TARGET.replace("la salle", escape(words))


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noise=st.lists(st.tuples(st.integers(0, 3000), st.binary(max_size=3)), max_size=3))
def test_a_damaged_file_is_refused_or_harmless(db, noise):
    user, page = translated_page()
    data = bytearray(exported(page, user))
    for place, garbage in noise:
        data[place : place + len(garbage)] = garbage
    try:
        plan = plan_import(bytes(data), user)
    except Unreadable:
        return
    if not plan.problems:
        apply(bytes(data), user, digest=plan.digest, taken=set())
        assert tags(texts(page, "fr")[NAME]) <= tags(TARGET)
