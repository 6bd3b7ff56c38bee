"""The menu, the footer's links and the trail of a page, all read from the tree by one query."""

from dataclasses import dataclass

from django.db.models import F, Q

from lihsite.multilingual.languages import column, language_codes


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


def navigation_of(page, site, request) -> dict[str, list[Link]]:
    """The template context of the frame: `navigation`, `footer_links` and `breadcrumbs`.

    The menu and the footer list the pages below the site's home, by whether they show in menus.
    Pages that are live in no language are left out.
    """
    root = site.root_page
    trail_ends = range(len(root.path) + page.steplen, len(page.path), page.steplen)
    trail_paths = {page.path[:end] for end in trail_ends}
    names = [
        column(field, code)
        for field in ("title", "url_path", "live_in")
        for code in language_codes()
    ]
    rows = (
        page.base_page_model.objects.live_in_any()
        .filter(_children_of(root) | Q(path__in=trail_paths))
        .annotate(page_type=F("content_type__model"))
        .only("path", "depth", "source_language", "show_in_menus", "title", "url_path", *names)
        .order_by("path")
    )
    context = {"navigation": [], "footer_links": [], "breadcrumbs": []}
    for row in rows:
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
