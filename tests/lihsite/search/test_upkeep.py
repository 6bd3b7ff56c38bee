"""The index is right at once, whatever happens to what it holds."""

import io
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from django.core.files.base import ContentFile
from django.core.management import call_command
from django.urls import reverse
from django_tasks_db.models import DBTaskResult
from fpdf import FPDF
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from lihsite.models import BasePage
from lihsite.search import index
from lihsite.search.document_texts import read_text
from lihsite.search.models import SearchEntry, SearchText, SearchWord
from lihsite.search.queries import Search, find
from lihsite.search.sources import sources
from lihsite.settings import base
from tests import factories
from tests.lihsite.media.library import bodies_with, document, shown
from tests.lihsite.search.published import content, published

pytestmark = pytest.mark.django_db


def count(query, language="en"):
    return find(Search(query, language)).total


def test_unpublishing_a_page_removes_it_in_every_language():
    page = content(title_en="Kidney", title_fr="Rein")
    assert (count("kidney"), count("rein", "fr")) == (1, 1)
    page.unpublish()
    assert (count("kidney"), count("rein", "fr")) == (0, 0)
    assert not SearchText.objects.filter(entry__title="Kidney").exists()


def test_a_draft_changes_nothing():
    page = content(title_en="Kidney")
    page.title_en = "Liver"
    page.save_revision()
    assert (count("kidney"), count("liver")) == (1, 0)


def test_publishing_again_replaces_what_was_there():
    page = content(title_en="Kidney")
    page.title_en = "Liver"
    page.save_revision().publish()
    assert (count("kidney"), count("liver")) == (0, 1)


def test_a_language_that_is_taken_down_is_removed_and_the_others_stay():
    page = content(title_en="Kidney", title_fr="Rein")
    page.live_in_fr = False
    page.save_revision().publish()
    assert (count("kidney"), count("rein", "fr")) == (1, 0)


def test_deleting_a_page_removes_it_and_those_below():
    page = content(title_en="Organs")
    content(parent=page, title_en="Kidney")
    BasePage.objects.get(pk=page.pk).delete()
    assert (count("organs"), count("kidney")) == (0, 0)


def test_a_move_leaves_the_page_to_be_found_at_its_new_address():
    home = factories.home()
    new_parent = content(parent=home, title_en="Body", live_in=("en",))
    page = content(parent=home, title_en="Kidney", live_in=("en",))
    page.move(new_parent, "last-child")
    (hit,) = find(Search("kidney", "en")).hits
    assert hit.url == "/en/body/kidney/"


def test_a_new_name_finds_the_pages_of_a_person():
    published(factories.people_index)
    person = factories.person("Dr Ada Example")
    published(factories.news, title_en="Findings", authors=[person], live_in=("en",))
    person.name = "Dr Ada Renamed"
    person.save()
    assert {hit.kind for hit in find(Search("renamed", "en")).hits} == {"person", "news"}


def pdf(text):
    file = FPDF()
    file.add_page()
    file.set_font("Helvetica", size=12)
    file.write(text=text)
    return bytes(file.output())


def test_the_text_of_a_document_is_found_in_its_language():
    original = document(language="en", title_en="Report", content=pdf("Mitochondria"))
    document(
        "rapport.pdf",
        language="fr",
        title_fr="Rapport",
        version_of=original,
        content=pdf("Chloroplaste"),
    )
    shown(original)
    assert (count("mitochondria"), count("chloroplaste", "fr")) == (1, 1)
    assert (count("mitochondria", "fr"), count("mitochondria", "de")) == (0, 0)


def test_a_document_is_found_by_its_title_at_once_and_by_its_text_once_workers_have_read_it(
    settings,
):
    settings.TASKS = base.TASKS
    report = document(language="en", title_en="Report", content=pdf("Mitochondria"))
    shown(report)
    assert (count("report"), count("mitochondria")) == (1, 0)
    assert DBTaskResult.objects.filter(task_path=read_text.module_path).exists()
    read_text.call(report.pk)
    assert (count("report"), count("mitochondria")) == (1, 1)
    report.title_en = "Annual results"
    report.save()
    assert (count("annual"), count("mitochondria")) == (1, 1)


def test_a_file_that_took_anothers_place_is_read_anew():
    report = document(language="en", title_en="Report", content=pdf("Mitochondria"))
    shown(report)
    report.file = ContentFile(pdf("Ribosomes"), "later.pdf")
    report.save()
    assert (count("mitochondria"), count("ribosomes")) == (0, 1)


def test_a_document_is_read_later_where_the_store_is_away(monkeypatch):
    report = document("notes.txt", language="en", title_en="Report", content=b"Ribosomes")
    shown(report)

    def away(self):
        raise ConnectionError("the store is away")

    monkeypatch.setattr(type(report), "open_file", away)
    report.file = ContentFile(pdf("Ribosomes"), "later.pdf")
    report.save()
    assert (count("report"), count("ribosomes")) == (1, 0)
    monkeypatch.undo()
    read_text.call(report.pk)
    assert count("ribosomes") == 1


def pdf_of(characters: bytes, shown: bytes) -> bytes:
    """A PDF file with a font that says which characters its letters are (ToUnicode)."""
    names = b"begincmap 1 begincodespacerange <00> <FF> endcodespacerange " + characters
    names += b" endcmap"
    words = b"BT /F1 12 Tf 10 100 Td (%s) Tj ET" % shown
    font = b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>"
    page = b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 300 300] /Contents 4 0 R "
    page += b"/Resources << /Font << /F1 5 0 R >> >> >>"
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        page,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(words), words),
        font,
        b"<< /Length %d >>\nstream\n%s\nendstream" % (len(names), names),
    ]
    numbered = [b"%d 0 obj\n%s\nendobj\n" % one for one in enumerate(objects, start=1)]
    return (
        b"%PDF-1.4\n"
        + b"".join(numbered)
        + b"trailer << /Size 7 /Root 1 0 R >>\nstartxref\n0\n%%EOF"
    )


def test_a_document_that_names_half_a_character_is_found_by_its_other_words():
    half = b"1 beginbfchar <41> <D83D> endbfchar"
    report = document(language="en", title_en="Report", content=pdf_of(half, b"A ribosomes"))
    shown(report)
    assert (count("report"), count("ribosomes")) == (1, 1)


def test_a_broken_document_is_found_by_its_title():
    shown(document(title_en="Report", content=b"%PDF-1.7 and nothing else"))
    assert count("report") == 1


def test_documents_of_a_private_collection_are_not_found():
    private = document(title_en="Report")
    shown(private)
    assert count("report") == 1
    restriction = CollectionViewRestriction.objects.create(
        collection=private.collection, restriction_type="login"
    )
    assert count("report") == 0
    restriction.delete()
    assert count("report") == 1


@pytest.fixture
def collections():
    """A private collection, and a public one."""
    root = Collection.get_first_root_node()
    private, public = root.add_child(name="Private"), root.add_child(name="Public")
    CollectionViewRestriction.objects.create(collection=private, restriction_type="login")
    return private, public


def entries_of(one) -> int:
    return SearchEntry.objects.filter(content_type__model="document", object_id=one.pk).count()


def test_documents_that_are_put_into_a_private_collection_in_bulk_are_not_found(
    admin_client, collections
):
    report = document(title_en="Report")
    shown(report)
    for collection, found in zip([*collections, collections[0]], (0, 1, 0), strict=True):
        address = reverse("wagtail_bulk_action", args=["lihsite", "document", "add_to_collection"])
        response = admin_client.post(
            f"{address}?id={report.pk}&next=/admin/", {"collection": collection.pk}
        )
        assert response.status_code == 302
        assert (count("report"), bool(entries_of(report))) == (found, bool(found))


def test_documents_in_a_collection_that_moves_below_a_private_one_are_not_found(
    admin_client, collections, django_capture_on_commit_callbacks
):
    private, public = collections
    original = document(title_en="Report", collection=public, language="en")
    version = document(title_fr="Rapport", collection=public, language="fr", version_of=original)
    shown(original)
    shown(version)
    for parent, found in ((private, 0), (Collection.get_first_root_node(), 1)):
        address = reverse("wagtailadmin_collections:edit", args=[public.pk])
        with django_capture_on_commit_callbacks(execute=True):
            response = admin_client.post(address, {"name": "Public", "parent": parent.pk})
        assert response.status_code == 302
        assert (count("report"), count("rapport", "fr")) == (found, found)
        assert bool(entries_of(original)) == bool(found)


def test_the_versions_in_a_collection_that_becomes_private_are_not_found(collections):
    _private, public = collections
    original = document(title_en="Report", language="en")
    document(title_fr="Rapport", collection=public, language="fr", version_of=original)
    shown(original)
    assert (count("report"), count("rapport", "fr")) == (1, 1)
    CollectionViewRestriction.objects.create(collection=public, restriction_type="login")
    assert (count("report"), count("rapport", "fr")) == (1, 0)


def test_rebuilding_changes_nothing_and_forgets_what_has_gone():
    content(title_en="Kidney", title_fr="Rein")
    call_command("rebuild_search", verbosity=0)
    before = set(SearchEntry.objects.values_list("language", "title"))
    words = set(SearchWord.objects.values_list("language", "word"))
    SearchWord.objects.create(language="en", word="spleen")
    entry = SearchEntry.objects.filter(title="Kidney").get()
    entry.pk, entry.object_id = 1, 999_999
    entry.save(force_insert=True)
    output = io.StringIO()
    call_command("rebuild_search", stdout=output)
    assert set(SearchEntry.objects.values_list("language", "title")) == before
    assert not SearchEntry.objects.filter(object_id=999_999).exists()
    assert set(SearchWord.objects.values_list("language", "word")) == words
    assert "in the search index" in output.getvalue()


@pytest.fixture
def while_rebuilding(monkeypatch):
    """Rebuild the index, and do something once the objects are read and nothing is written yet."""

    def rebuild(do):
        waiting = [do]

        def interrupted(source):
            def findables(obj):
                found = list(source.findables(obj))
                while waiting:
                    waiting.pop()()
                return found

            return replace(source, findables=findables)

        monkeypatch.setattr(index, "sources", lambda: [interrupted(one) for one in sources()])
        index.rebuild()

    return rebuild


def test_what_is_published_while_the_index_is_rebuilt_stays_as_published(while_rebuilding):
    pages = [content(title_en="Kidney", title_fr="Rein") for _number in range(2)]

    def publish():
        changed, gone = (BasePage.objects.get(pk=page.pk).specific for page in pages)
        changed.title_en, changed.live_in_fr = "Liver", False
        changed.save_revision().publish()
        gone.delete()
        content(title_en="Spleen")

    while_rebuilding(publish)
    assert (count("kidney"), count("rein", "fr")) == (0, 0)
    assert (count("liver"), count("spleen")) == (1, 1)
    assert set(SearchEntry.objects.filter(kind="page").values_list("title", flat=True)) >= {
        "Liver",
        "Spleen",
    }
    assert not SearchEntry.objects.filter(title__in=["Kidney", "Rein"]).exists()


def test_people_are_found_in_the_languages_in_which_their_list_is_live():
    factories.person("Ada Lovisa")
    people = published(factories.people_index, live_in=("en", "fr"))
    assert [count("lovisa", code) for code in ("en", "fr", "de")] == [1, 1, 0]
    people.live_in_fr, people.live_in_de = False, True
    people.save_revision().publish()
    assert [count("lovisa", code) for code in ("en", "fr", "de")] == [1, 0, 1]
    restriction = PageViewRestriction.objects.create(page=people, restriction_type="login")
    assert count("lovisa") == 0
    restriction.delete()
    assert count("lovisa") == 1
    BasePage.objects.get(pk=people.pk).delete()
    assert count("lovisa") == 0


def test_a_document_is_found_once_a_page_that_everybody_gets_shows_it():
    report = document(title_en="Report", content=pdf("Mitochondria"))
    assert (count("report"), count("mitochondria")) == (0, 0)
    page = shown(report, live_in=("en",))
    assert (count("report"), count("mitochondria")) == (1, 1)
    page.unpublish()
    assert count("report") == 0
    page.save_revision().publish()
    assert count("report") == 1
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert count("report") == 0
    restriction.delete()
    assert count("report") == 1
    page.body_en = "[]"
    page.save_revision().publish()
    assert count("report") == 0


def test_a_document_of_a_draft_or_of_a_language_that_is_not_live_is_not_found():
    drafted, german = document(title_en="Drafted"), document(title_en="German")
    factories.content_page(live_in=(), **bodies_with(drafted)).save_revision()
    page = shown(german, live_in=("en", "fr"), body_en="[]", body_fr="[]")
    assert (count("drafted"), count("german")) == (0, 0)
    page.live_in_de, page.title_de = True, "Deutsch"
    page.save_revision().publish()
    assert (count("drafted"), count("german")) == (0, 1)


def test_deleting_the_page_of_a_document_hides_it():
    report = document(title_en="Report")
    page = shown(report)
    assert count("report") == 1
    BasePage.objects.get(pk=page.pk).delete()
    assert count("report") == 0


def test_a_version_in_a_private_collection_is_not_read():
    closed = Collection.get_first_root_node().add_child(name="Closed")
    CollectionViewRestriction.objects.create(collection=closed, restriction_type="login")
    original = document(language="en", title_en="Report", content=pdf("Mitochondria"))
    document(
        "rapport.pdf",
        language="fr",
        title_fr="Rapport",
        version_of=original,
        content=pdf("Chloroplaste"),
        collection=closed,
    )
    shown(original)
    assert (count("mitochondria"), count("chloroplaste", "fr")) == (1, 0)


def test_a_document_follows_the_embargo_of_the_page_that_shows_it():
    report = document(title_en="Report")
    first, later = datetime(2090, 1, 1, tzinfo=UTC), datetime(2091, 1, 1, tzinfo=UTC)
    page = shown(report, live_in=("en",), embargo=first)
    page.save_revision().publish()
    hours = SearchEntry.objects.filter(kind="document").values_list("hidden_until", flat=True)
    assert set(hours.all()) == {first}
    page.embargo = later
    page.save_revision().publish()
    assert set(hours.all()) == {later}
