"""What somebody chose to export: pages of the explorer, or translations of the desk."""

from django.http import QueryDict
from django.utils.functional import cached_property
from wagtail.permission_policies.pages import PagePermissionPolicy

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import writable_languages
from lihsite.translating.access import visible_states
from lihsite.translating.desk import listed

from .subjects import objects_of_states

MOST = 10_000
DIGITS = 10
"""The most that a key has; Python reads no number of thousands of digits."""
NAMED = 20
"""So many are named before the export; of the others the number is told."""


def selection_of(user, query: QueryDict):
    """`?pages=1,2` and `?states=1,2` are single ones, `?section=1` is a page with those below it.

    `?list=…` is all that the desk lists at that query string.
    """
    if "list" in query or "states" in query:
        return DeskSelection(user, query)
    return PageSelection(user, query)


def numbers(text: str) -> list[int]:
    found = [pk for pk in text.split(",") if pk.isascii() and pk.isdecimal()][:MOST]
    return [int(pk) for pk in found if len(pk) <= DIGITS and int(pk) < 2**31]


class PageSelection:
    """Pages that the user may edit; any language can be exported that they are not written in."""

    def __init__(self, user, query):
        self.user, self.query = user, query
        self.is_section = "section" in query

    @cached_property
    def pages(self):
        wanted = self.query.get("section") or self.query.get("pages", "")
        return self.editable().filter(pk__in=numbers(wanted))

    def editable(self):
        return PagePermissionPolicy().instances_user_has_permission_for(self.user, "change")

    @cached_property
    def count(self) -> int:
        return self.pages.count()

    @cached_property
    def sources(self) -> set[str]:
        return {page.source_language for page in self.pages}

    @cached_property
    def languages(self) -> list[str]:
        """Of a section any: what is below it may be written in another one."""
        [written, *others] = self.sources or {None}
        is_free = self.is_section or others
        return [code for code in language_codes() if is_free or code != written]

    def named(self) -> list[str]:
        pages = self.pages[:NAMED]
        return [page.specific_deferred.get_admin_display_title() for page in pages]

    def first_language(self) -> str | None:
        """The first language that the user writes and the pages are not written in."""
        languages = [code for code in writable_languages(self.user) if code not in self.sources]
        wanted = self.query.get("language")
        return wanted if wanted in languages else next(iter(languages), None)

    def objects(self, language: str, *, include_descendants: bool = False):
        if self.is_section and include_descendants and self.pages:
            return self.editable().descendant_of(self.pages[0], inclusive=True)
        return self.pages

    def chosen(self, language: str) -> list:
        """The pages that were chosen, or two of them, to name the file by."""
        return list(self.pages[:2])


class DeskSelection:
    """Translations of the desk: in each language the objects whose row was chosen."""

    is_section = False

    def __init__(self, user, query):
        self.user, self.query = user, query

    @cached_property
    def states(self):
        if "list" in self.query:
            states = listed(self.user, QueryDict(self.query["list"]))
        else:
            wanted = numbers(self.query["states"])
            states = visible_states(self.user).filter(pk__in=wanted).order_by("title", "pk")
        writable = writable_languages(self.user)
        return states.filter(language__in=writable).prefetch_related(None)

    @cached_property
    def languages(self) -> list[str]:
        chosen = set(self.states.order_by().values_list("language", flat=True).distinct())
        return [code for code in language_codes() if code in chosen]

    @cached_property
    def count(self) -> int:
        return self.states.count()

    def named(self) -> list[str]:
        return [f"{row.title} ({row.language_name})" for row in self.states[:NAMED]]

    def first_language(self) -> str | None:
        return next(iter(self.languages), None)

    def objects(self, language: str, *, include_descendants: bool = False) -> list:
        return objects_of_states(self.states.filter(language=language)[:MOST])

    def chosen(self, language: str) -> list:
        return objects_of_states(self.states.filter(language=language)[:2])
