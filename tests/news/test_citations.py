"""How publications are cited: the line, the files, and what cannot be cited."""

import pytest
from django.core.exceptions import ValidationError

from news.citation_files import bibtex, ris
from news.citations import Author, Citation, author_of, read_authors, validate_authors
from tests import factories


def citation(**fields):
    given = {
        "title": "Findings",
        "authors": (Author("Curie", "Marie"),),
        "journal": "Journal",
        "year": 2026,
        "doi": "10.5555/1",
        "url": "https://doi.org/10.5555/1",
    }
    return Citation(**{**given, **fields})


def test_the_line_names_authors_title_journal_year_and_doi():
    authors = (Author("Curie", "Marie Salomea"), Author("Joliot", "Jean-Pierre"), Author("WHO"))
    assert citation(authors=authors, title="Why?").text == (
        "Curie MS, Joliot JP, WHO. Why? Journal. 2026. https://doi.org/10.5555/1"
    )


def test_of_many_authors_six_are_named():
    authors = tuple(Author(f"Name{number}", "A") for number in range(8))
    assert "Name5 A, et al. Findings." in citation(authors=authors).text


def test_what_is_missing_leaves_no_trace():
    bare = citation(authors=(), journal="", year=None, doi="", url="https://example.org/")
    assert bare.text == "Findings. https://example.org/"
    assert bibtex(bare).startswith("@misc{findings,")
    assert ris(bare).startswith("TY  - GEN\r\nTI  - Findings\r\nUR")


def test_bibtex_escapes_what_tex_takes_for_orders():
    odd = citation(title=r"50% of {A} & B_1 #2 $x^2$ ~ \end", authors=(Author("Salt and Pepper"),))
    entry = bibtex(odd)
    assert r"title = {{50\% of \textbraceleft{}A\textbraceright{} \& B\_1 \#2 \$x" in entry
    assert r"\textasciitilde{} \textbackslash{}end}}" in entry
    assert "author = {{Salt and Pepper}}," in entry
    assert entry.count("{") == entry.count("}")


def test_bibtex_parts_authors_and_names_the_entry():
    entry = bibtex(citation(authors=(Author("Müller", "Jörg"), Author("And", "Ada"))))
    assert entry.startswith("@article{muller2026findings,\n")
    assert "author = {Müller, Jörg and {And}, Ada}," in entry


def test_ris_is_a_tag_a_line():
    lines = ris(citation(title="Two\nlines")).split("\r\n")
    assert lines == [
        *("TY  - JOUR", "AU  - Curie, Marie", "TI  - Two lines", "JO  - Journal", "PY  - 2026"),
        *("DO  - 10.5555/1", "UR  - https://doi.org/10.5555/1", "ER  - ", ""),
    ]


def test_addresses_hold_no_sign_that_tex_takes_for_a_comment():
    entry = bibtex(citation(doi=r"10.1000/a{b}\c", url="https://example.org/%20"))
    assert r"doi = {10.1000/a\%7Bb\%7D\%5Cc}," in entry
    assert r"url = {https://example.org/\%20}," in entry


@pytest.mark.parametrize("write", [bibtex, ris])
def test_no_control_character_gets_into_a_file(write):
    odd = citation(
        title="Two\x0blines\rof\x08 text\x7f",
        authors=(Author("Cu\x1brie", "Ma\x08rie"),),
        journal="Jour\x00nal",
    )
    assert write(odd) == write(citation(title="Two lines of text"))


@pytest.mark.parametrize(
    ("name", "family", "author"),
    [
        ("Prof. Clara Wennmacher", "Wennmacher", Author("Wennmacher", "Clara")),
        ("Prof. Dr. med. Anne-Marie De Smet", "De Smet", Author("De Smet", "Anne-Marie")),
        ("PD Dr Ada Lovelace", "Somebody", Author("Lovelace", "Ada")),
        ("Plato", "Plato", Author("Plato")),
        ("Dr Phil Example", "Example", Author("Example", "Phil")),
        ("Nat Example", "Example", Author("Example", "Nat")),
        ("dr med Ada Example", "Example", Author("Example", "Ada")),
        ("Dr. Phil. Ada Example", "Example", Author("Example", "Ada")),
        ("Dr. rer. nat. h. c. mult. Ada Example", "Example", Author("Example", "Ada")),
        ("Univ.-Prof. Dr. sc. hum. Ada Example", "Example", Author("Example", "Ada")),
        ("Assoc Prof Ada Example", "Example", Author("Example", "Ada")),
        ("Prof. Dr.-Ing. Ada Example", "Example", Author("Example", "Ada")),
        ("Dr J.-P. Example", "Example", Author("Example", "J.-P.")),
        ("Dr Ada Example, PhD", "Example", Author("Example", "Ada")),
        ("Dr Ada Example, PhD", "PhD", Author("Example", "Ada")),
        ("Ada van der Berg PhD, MPH", "van der Berg", Author("van der Berg", "Ada")),
    ],
)
def test_people_are_authors_without_their_titles(name, family, author):
    assert author_of(name, family) == author


def test_authors_are_written_one_a_line():
    text = "Curie, Marie\r\n\n  Joliot ,  Irène \nA Consortium"
    validate_authors(text)
    assert read_authors(text) == (
        Author("Curie", "Marie"),
        Author("Joliot", "Irène"),
        Author("A Consortium"),
    )


@pytest.mark.parametrize("text", ["A, B, C", "A, B; C, D", ", Marie", "x" * 301])
def test_what_is_no_author_is_refused(text):
    with pytest.raises(ValidationError):
        validate_authors(f"Curie, Marie\n{text}")


@pytest.mark.django_db
class TestOnThePage:
    @pytest.fixture
    def publication(self):
        factories.home()
        return factories.news(
            title_en="Study: “A & B”",
            title_fr="Étude",
            kind="publication",
            journal="Journal",
            year=2026,
            doi="10.5555/12345678",
            publication_authors="Curie, Marie",
        )

    def test_the_citation_and_its_files_are_there_in_each_language(self, client, publication):
        for code, title in (("en", "A &amp; B"), ("fr", "Étude")):
            url = publication.get_url_for_language(code)
            page = client.get(url).text
            assert "Curie M." in page
            assert title in page
            for name, content_type in (
                ("bibtex", "application/x-bibtex; charset=utf-8"),
                ("ris", "application/x-research-info-systems; charset=utf-8"),
            ):
                assert f'href="{url}{name}/"' in page
                file = client.get(f"{url}{name}/")
                assert file["Content-Type"] == content_type
                assert file["Content-Disposition"].startswith("attachment; filename=")
                assert "Curie, Marie" in file.text

    def test_what_is_no_publication_has_none(self, client):
        factories.home()
        story = factories.news(kind="story")
        for name in ("bibtex", "ris"):
            assert client.get(f"{story.get_url()}{name}/").status_code == 404
        assert "citation-text" not in client.get(story.get_url()).text

    def test_the_title_of_the_publication_goes_before_the_pages(self, client, publication):
        publication.publication_title = "The real title"
        publication.save()
        assert "Curie M. The real title. Journal. 2026." in client.get(publication.get_url()).text
