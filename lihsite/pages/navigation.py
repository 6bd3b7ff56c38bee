"""The menu, the footer's links and the trail of a page, all read from the tree by one query."""

from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from lihsite.multilingual.languages import column, language_codes
from lihsite.pages.privacy import restriction_exists


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


def frame_rows(root, below: Q) -> QuerySet:
    """The rows of a site's root page, of its children and of what `below` finds, in tree order.

    They have what links and routing need. Whether visitors get the pages is left to look at.
    """
    names = [
        column(field, code)
        for field in ("title", "url_path", "live_in")
        for code in language_codes()
    ]
    return (
        root.base_page_model.objects.filter(Q(pk=root.pk) | _children_of(root) | below)
        .annotate(page_type=F("content_type__model"), is_restricted=restriction_exists())
        .only("path", "depth", "content_type", "live", "source_language", "show_in_menus", *names)
        .order_by("path")
    )


def navigation_of(page, site, request) -> dict[str, list[Link]]:
    """The template context of the frame: `navigation`, `footer_links` and `breadcrumbs`.

    The menu and the footer list the pages below the site's home, by whether they show in menus.
    Pages that are live in no language and private ones are left out. Routing has fetched the rows
    already (`request.frame_rows`), unless the page was not found by its address.
    """
    root = site.root_page
    trail_ends = range(len(root.path) + page.steplen, len(page.path), page.steplen)
    trail_paths = {page.path[:end] for end in trail_ends}
    rows = getattr(request, "frame_rows", ())
    if not trail_paths | {root.path} <= {row.path for row in rows}:
        rows = frame_rows(root, Q(path__in=trail_paths))
    context = {"navigation": [], "footer_links": [], "breadcrumbs": []}
    for row in rows:
        if not (row.live and row.live_languages) or (row.is_restricted and row.path != page.path):
            continue
        link = _link(row, page, request)
        if row.depth == root.depth + 1:
            context["navigation" if row.show_in_menus else "footer_links"].append(link)
        if row.path in trail_paths:
            context["breadcrumbs"].append(link)
    return context


def _children_of(page) -> Q:
    """The children of a page by a range of paths, which an index can answer on every database."""
    alphabet, length = page.alphabet, page.steplen
    first, last = (page.path + character * length for character in (alphabet[0], alphabet[-1]))
    return Q(depth=page.depth + 1, path__gte=first, path__lte=last)


def _link(row, page, request) -> Link:
    current = ""
    if row.path == page.path:
        current = "page"
    elif page.path.startswith(row.path):
        current = "true"
    shown = row.shown
    return Link(shown.title, row.get_url(request), shown.lang, current, row.page_type)
