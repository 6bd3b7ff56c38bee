"""The menu, the footer's links and the trail of a page, all read from the tree by one query."""

from dataclasses import dataclass

import swapper
from django.db.models import F, Q, QuerySet

from lihsite.blocks.links import is_for_visitors
from lihsite.multilingual.languages import column, language_codes
from lihsite.prepared import prepared
from lihsite.privacy import restriction_exists


@dataclass(frozen=True)
class Link:
    """A link to a page as a visitor of the active language sees it.

    `lang` is the title's language where it is another one, else ""; `current` is the value for
    `aria-current`: "page" on the page itself, "true" below it, else ""; `page_type` is the name of
    the page's model in small letters, as content types have it.
    """

    title: str
    url: str
    lang: str
    current: str
    page_type: str


def rows_to_address(root, language: str, components: list[str]) -> list:
    """The rows of the frame, and of the pages that an address below the root leads along.

    The rows are in tree order and have what links and routing need. Whether visitors get the pages
    is left to look at.
    """
    url_paths = [getattr(root, column("url_path", language))]
    for component in components:
        url_paths.append(f"{url_paths[-1]}{component}/")
    return _rows_to_address(
        **_place_of(root), url_paths=url_paths[1:], slugs=components, language=language
    )


def rows_to_page(root, page) -> list:
    """The rows of the frame, and of the pages between the root and the page."""
    return _rows_to_page(**_place_of(root), paths=_trail(root, page))


def _trail(root, page) -> list[str]:
    """The paths in the tree of the pages between the root and the page."""
    ends = range(len(root.path) + page.steplen, len(page.path), page.steplen)
    return [page.path[:end] for end in ends]


def _place_of(root) -> dict:
    """Where the children of a page are: in a range of paths, for an index on every database."""
    first, last = (character * root.steplen for character in (root.alphabet[0], root.alphabet[-1]))
    return {
        "root": root.pk,
        "depth": root.depth + 1,
        "first": root.path + first,
        "last": root.path + last,
    }


@prepared
def _rows_to_address(
    root: int,
    depth: int,
    first: str,
    last: str,
    url_paths: list[str],
    slugs: list[str],
    *,
    language: str,
) -> QuerySet:
    path, slug = column("url_path", language), column("slug", language)
    children = Q(depth=depth, path__gte=first, path__lte=last)
    below = Q(**{f"{path}__in": url_paths, f"{slug}__in": slugs})
    return _frame_rows(Q(pk=root) | children | below)


@prepared
def _rows_to_page(root: int, depth: int, first: str, last: str, paths: list[str]) -> QuerySet:
    children = Q(depth=depth, path__gte=first, path__lte=last)
    return _frame_rows(Q(pk=root) | children | Q(path__in=paths))


_FRAME_COLUMNS = (
    *("path", "depth", "content_type", "live", "embargo"),
    *("source_language", "show_in_menus"),
)


def _frame_rows(wanted: Q) -> QuerySet:
    names = [
        column(field, code)
        for field in ("title", "url_path", "live_in")
        for code in language_codes()
    ]
    return (
        swapper.load_model("wagtailcore", "Page")
        .objects.filter(wanted)
        .annotate(page_type=F("content_type__model"), is_restricted=restriction_exists())
        .only(*_FRAME_COLUMNS, *names)
        .order_by("path")
    )


def navigation_of(page, site, request) -> dict[str, list[Link]]:
    """The template context of the frame: `navigation`, `footer_links` and `breadcrumbs`.

    The menu and the footer list the pages below the site's home, by whether they show in menus.
    Pages that are live in no language and private ones are left out. Routing has fetched the rows
    already (`request.frame_rows`), unless the page was not found by its address.
    """
    root = site.root_page
    trail = _trail(root, page)
    rows = getattr(request, "frame_rows", ())
    if not {root.path, *trail} <= {row.path for row in rows}:
        rows = request.frame_rows = rows_to_page(root, page)
    context = {"navigation": [], "footer_links": [], "breadcrumbs": []}
    for row in rows:
        if not is_for_visitors(row) or (row.is_restricted and row.path != page.path):
            continue
        link = _link(row, page, request)
        if row.depth == root.depth + 1:
            context["navigation" if row.show_in_menus else "footer_links"].append(link)
        if row.path in trail:
            context["breadcrumbs"].append(link)
    return context


def visible_rows(request) -> list:
    """Those rows of the frame that a list for everybody may show."""
    rows = getattr(request, "frame_rows", ())
    return [row for row in rows if is_for_visitors(row) and not row.is_restricted]


def _link(row, page, request) -> Link:
    current = ""
    if row.path == page.path:
        current = "page"
    elif page.path.startswith(row.path):
        current = "true"
    shown = row.shown
    return Link(shown.title, row.get_url(request), shown.lang, current, row.page_type)
