"""How a publication is cited: its authors, and the line that is copied.

The line follows the recommendations of the ICMJE (https://www.nlm.nih.gov/bsd/uniform_requirements.html),
which medical journals go by; it reads alike in every language.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

MOST_NAMED = 6
"""Where there are more authors, so many are named in the line, and the others meant by "et al."."""

LONGEST_NAME = 300

ACADEMIC_TITLES = re.compile(
    r"""^(?:(?:
        (?i:Prof|Pr|Dre?|PD)(?=[\s.-])
        | (?:Univ|Assoc|Assist|Ass)(?=\s+Prof\b)
        # What can be a name too, such as Phil, is a title with a point or in small letters.
        | (?i:Univ|Priv|Doz|Ass|Assoc|Assist|Dipl|Ing|Med|Rer|Nat|Phil|Habil)(?=\.)
        | (?:med|rer|nat|phil|habil)(?=\s)
        | [a-z]+(?=\.)
    )[\s.-]+)+""",
    re.VERBOSE,
)
DEGREES = re.compile(r"(?:\s+(?:Ph\.?\s?D|M\.?D|DPhil|M\.?Sc|MPH)\.?)*(?:,.*)?$", re.DOTALL)
"""What stands after a name."""


@dataclass(frozen=True)
class Author:
    """A person by family name and given names, or an organisation by its name alone."""

    family: str
    given: str = ""

    @property
    def inverted(self) -> str:
        """ "Family, Given", as data for reference managers have it."""
        return f"{self.family}, {self.given}" if self.given else self.family

    @property
    def plain(self) -> str:
        return f"{self.given} {self.family}".strip()

    @property
    def short(self) -> str:
        """The family name and initials without dots."""
        initials = "".join(part[0].upper() for part in re.split(r"[\s.-]+", self.given) if part)
        return f"{self.family} {initials}".strip()


@dataclass(frozen=True)
class Citation:
    """A publication as it is cited; `url` is where it is found if it has no DOI."""

    title: str
    authors: tuple[Author, ...]
    journal: str
    year: int | None
    doi: str
    url: str

    @property
    def text(self) -> str:
        """The whole citation in one line."""
        names = [author.short for author in self.authors[:MOST_NAMED]]
        if len(self.authors) > MOST_NAMED:
            names.append("et al.")
        parts = [", ".join(names), self.title, self.journal, str(self.year or "")]
        sentences = [
            part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part
        ]
        return " ".join([*sentences, self.url])


def read_authors(text: str) -> tuple[Author, ...]:
    """The authors that are written one a line: family name, given names."""
    lines = (" ".join(line.split()) for line in text.splitlines())
    return tuple(
        Author(family.strip(), given.strip())
        for family, _comma, given in (line.partition(",") for line in lines if line)
    )


def validate_authors(text: str) -> None:
    """Raise ValidationError for a line that cannot be one author."""
    for number, line in enumerate(text.splitlines(), start=1):
        too_many = line.count(",") > 1 or ";" in line or len(line) > LONGEST_NAME
        if too_many or line.strip().startswith(","):
            raise ValidationError(
                _("Line %(number)s: write one author a line, the family name first: Curie, Marie."),
                params={"number": number},
            )


def author_of(name: str, family: str) -> Author:
    """Somebody as an author, from a name with academic titles and the family name within it."""
    bare = DEGREES.sub("", ACADEMIC_TITLES.sub("", name.strip())).strip()
    if not bare.endswith(family):
        family = bare.rpartition(" ")[2]
    return Author(family, bare[: len(bare) - len(family)].strip())


def authors_of(written: str, people: Iterable) -> tuple[Author, ...]:
    """Those that are written, else the people, each with `name` and `sort_name`."""
    return read_authors(written) or tuple(author_of(one.name, one.sort_name) for one in people)
