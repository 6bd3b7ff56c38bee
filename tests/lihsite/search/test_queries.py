"""What a query finds, and in which order."""

from datetime import UTC, date, datetime

import pytest
from freezegun import freeze_time
from wagtail.models import PageViewRestriction

from lihsite.search.queries import Search, find, find_elsewhere, suggest
from tests import factories
from tests.lihsite.search.published import content, published

pytestmark = pytest.mark.django_db


def titles(query, language="en", **asked):
    hits = find(Search(query, language, **asked)).hits
    return [str(hit.title).replace("<mark>", "").replace("</mark>", "") for hit in hits]


def test_the_title_counts_more_than_the_summary_and_that_more_than_the_text():
    text = [("paragraph", "<p>A visit to the biobank.</p>")]
    content(title_en="In the text", body_en=text, live_in=("en",))
    content(title_en="In the summary", summary_en="The biobank.", live_in=("en",))
    content(title_en="Biobank", live_in=("en",))
    assert titles("biobank") == ["Biobank", "In the summary", "In the text"]


def test_every_word_is_required():
    content(title_en="Pollen allergy", live_in=("en",))
    content(title_en="Pollen", live_in=("en",))
    assert titles("allergy pollen") == ["Pollen allergy"]


def test_words_that_stand_everywhere_are_not_required():
    content(title_en="Pollen", live_in=("en",))
    assert titles("what is the pollen") == ["Pollen"]


def test_equal_hits_stand_newest_first():
    published(factories.news, title_en="Older cohort", date=date(2026, 1, 1), live_in=("en",))
    published(factories.news, title_en="Newer cohort", date=date(2026, 2, 1), live_in=("en",))
    assert titles("cohort") == ["Newer cohort", "Older cohort"]


def test_sorted_by_date_the_title_counts_for_nothing():
    published(factories.news, title_en="Cohort", date=date(2026, 1, 1), live_in=("en",))
    published(
        factories.news,
        title_en="Plain",
        summary_en="A cohort.",
        date=date(2026, 2, 1),
        live_in=("en",),
    )
    assert titles("cohort", by_date=True) == ["Plain", "Cohort"]


def test_german_compounds_are_found_by_their_beginning():
    content(title_de="Immunsystem", live_in=("de",))
    assert titles("immun", "de") == ["Immunsystem"]


def test_a_language_does_not_find_the_text_of_another():
    content(title_en="Chat", title_fr="Félin", live_in=("en", "fr"))
    assert titles("chat", "fr") == []
    assert titles("félin", "fr") == ["Félin"]


def test_a_language_that_is_not_live_is_not_found():
    content(title_en="Kidney", title_fr="Rein", live_in=("en",))
    assert titles("rein", "fr") == []


def test_what_is_live_in_another_language_only_is_found_there_when_asked_for():
    content(title_en="Kidney", live_in=("en",))
    content(title_en="Kidney stones", title_fr="Calculs", live_in=("en", "fr"))
    hits = find_elsewhere(Search("kidney", "fr"), ["en", "de"])
    assert [(hit.lang, str(hit.title)) for hit in hits] == [("en", "<mark>Kidney</mark>")]
    assert hits[0].url.startswith("/fr/")


def test_a_hit_in_another_language_leads_to_the_text_that_was_found():
    """At the visitor's own address the English would stand in."""
    page = content(title_en="Kidney", title_de="Niere", slug_de="niere", live_in=("en", "de"))
    (hit,) = find_elsewhere(Search("niere", "fr"), ["en", "de"])
    assert (hit.lang, hit.url) == ("de", "/de/niere/")
    (hit,) = find_elsewhere(Search("kidney", "fr"), ["en", "de"])
    assert (hit.lang, hit.url) == ("en", page.get_url_for_language("fr"))


def test_what_several_other_languages_find_is_listed_once():
    content(title_en="Biobank", title_de="Biobank", live_in=("en", "de"))
    hits = find_elsewhere(Search("biobank", "fr"), ["en", "de"])
    assert [hit.lang for hit in hits] == ["en"]


def test_private_pages_are_not_found():
    page = content(title_en="Kidney")
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="login")
    assert titles("kidney") == []
    restriction.delete()
    assert titles("kidney") == ["Kidney"]


def test_authors_speakers_and_places_find_their_pages():
    ada = factories.person("Dr Ada Lovisa")
    published(factories.news, title_en="Findings", authors=[ada], live_in=("en",))
    published(
        factories.event,
        title_en="Talk",
        speakers=[ada],
        venue_name="House of Numbers",
        live_in=("en",),
    )
    assert set(titles("lovisa")) >= {"Findings", "Talk"}
    assert titles("house of numbers") == ["Talk"]


def test_results_are_filtered_by_kind_year_and_topic():
    lung = published(factories.topic, title_en="Lungs", live_in=("en",))
    published(
        factories.news,
        title_en="Asthma news",
        date=date(2025, 5, 1),
        topics=[lung],
        live_in=("en",),
    )
    published(factories.news, title_en="Asthma later", date=date(2026, 5, 1), live_in=("en",))
    published(factories.event, title_en="Asthma day", live_in=("en",))
    assert titles("asthma", kind="event") == ["Asthma day"]
    assert titles("asthma", year=2025) == ["Asthma news"]
    assert titles("asthma", topic=lung.pk) == ["Asthma news"]


@freeze_time("2026-06-03 09:00")
def test_coming_events_are_those_that_are_not_over():
    for title, hour in [("Over forum", 5), ("Running forum", 8), ("Later forum", 20)]:
        published(
            factories.event,
            title_en=title,
            start=datetime(2026, 6, 3, hour, tzinfo=UTC),
            live_in=("en",),
        )
    assert set(titles("forum", coming=True)) == {"Running forum", "Later forum"}


def test_a_typing_error_is_recovered_from():
    content(title_en="Immunity", live_in=("en",))
    results = find(Search("imunnity", "en"))
    assert results.corrected == "immunity"
    assert results.total == 1


def test_no_correction_is_offered_that_finds_nothing():
    """Each word occurs, and no page has both."""
    content(title_en="Immunity", live_in=("en",))
    content(title_en="Microbes", live_in=("en",))
    results = find(Search("imunity micobes", "en"))
    assert (results.total, results.corrected) == (0, "")
    assert find(Search("imunity", "en")).corrected == "immunity"


@pytest.mark.parametrize(
    ("typed", "corrected"),
    [
        ("Imunsystem", "Immunsystem"),
        ("imunsystem", "immunsystem"),
        ("IMUNSYSTEM", "IMMUNSYSTEM"),
        ("Das Imunsystem, Zellen", "Das Immunsystem, Zellen"),
        ("qqqqqqq Imunsystem", "Immunsystem"),
    ],
)
def test_a_correction_is_written_like_the_query(typed, corrected):
    content(title_de="Immunsystem und Zellen", live_in=("de",))
    assert find(Search(typed, "de")).corrected == corrected


def test_accents_are_no_typing_errors():
    content(title_fr="Études", live_in=("fr",))
    results = find(Search("etude", "fr"))
    assert (results.total, results.corrected) == (1, "")


def test_nonsense_finds_nothing():
    content(title_en="Immunity", live_in=("en",))
    results = find(Search("qqqqqqq", "en"))
    assert (results.total, results.corrected) == (0, "")


def test_titles_are_suggested_by_the_beginning_of_a_word():
    content(title_en="Immune system", live_in=("en",))
    content(title_en="Immigration", live_in=("en",))
    assert [str(hit.title) for hit in suggest("immun", "en")] == ["<mark>Immune</mark> system"]
    assert len(suggest("imm", "en")) == 2
    assert suggest("i", "en") == []


def test_a_title_is_marked_and_escaped():
    content(title_en="Cells <b> & co", live_in=("en",))
    (hit,) = find(Search("cells", "en")).hits
    assert str(hit.title) == "<mark>Cells</mark> &lt;b&gt; &amp; co"


def test_an_excerpt_parts_a_heading_from_the_text_below_it():
    body = [
        ("heading", {"text": "Blood samples", "level": "h2"}),
        ("paragraph", "<p>They are kept frozen.</p>"),
        ("paragraph", "<p>For decades.</p>"),
    ]
    content(title_en="Biobank", body_en=body, live_in=("en",))
    (hit,) = find(Search("frozen", "en")).hits
    assert hit.excerpt == "Blood samples · They are kept <mark>frozen</mark>. For decades."
