"""Where a page is found: the routes to it, and its addresses in every language."""

from collections.abc import Iterable
from datetime import datetime
from functools import lru_cache

from django.db import models
from django.db.models import QuerySet
from django.http import Http404
from django.urls import Resolver404, get_script_prefix, reverse
from django.utils import translation
from wagtail.models import PageViewRestriction
from wagtail.url_routing import RouteResult

from lihsite.multilingual import addresses
from lihsite.multilingual.languages import (
    active_language,
    address_language,
    addresses_in,
    column,
    language_codes,
)
from lihsite.multilingual.registration import translated_fields
from lihsite.multilingual.shown import first_language
from lihsite.pages.navigation import rows_to_address
from lihsite.pages.sites import find_site
from lihsite.prepared import prepared


class RoutingMixin:
    """Routes by the address in the active language, and names the address in each language."""

    model_below: type[models.Model] | None = None
    """The model whose objects are shown at addresses below the page's own."""

    @staticmethod
    def route_for_request(request, path):
        """Like Wagtail's, without fetching the whole home page for an address below it."""
        if not hasattr(request, "_wagtail_route_for_request"):
            site = find_site(request)
            components = [component for component in path.split("/") if component]
            try:
                request._wagtail_route_for_request = (
                    site.root_page.find_and_route(request, components) if site else None
                )
            except Http404:
                request._wagtail_route_for_request = None
        return request._wagtail_route_for_request

    def find_and_route(self, request, path_components):
        """Route to this page or to one below, found by its address in the active language.

        One query finds the page at any depth, and the rows of the frame around it; what is left
        of the path is for the page to route.
        """
        language = active_language()
        request.frame_rows = rows_to_address(self, language, path_components)
        path = column("url_path", language)
        address = getattr(self, path)
        found = {address: 0}
        for number, component in enumerate(path_components, start=1):
            address += f"{component}/"
            found[address] = number
        page = max(
            (row for row in request.frame_rows if getattr(row, path) in found),
            key=lambda row: row.depth,
        )
        specific = page.for_visitors()
        return specific.route(request, path_components[found[getattr(page, path)] :])

    def for_visitors(self):
        """The page as its own type, without the texts of languages that it is not shown in."""
        model, language = self.specific_class, self.shown.language
        rows = _page_of_type(pk=self.pk, model=model, language=language) if model else []
        page = rows[0] if rows else self
        page.is_restricted = self.is_restricted
        return page

    def route(self, request, path_components):
        """The page itself, if visitors get it; types with addresses of their own extend this."""
        if path_components or not (self.live and self.shown_language):
            raise Http404
        return RouteResult(self)

    def get_routes_below(self) -> list[str]:
        """The paths that `route` takes below the page's address, such as `a-person/`."""
        return []

    def get_addresses_below(self) -> list[tuple[str, list[str], datetime | None]]:
        """What the sitemap names below the page, in an order that new ones only add to.

        Routes, the languages that each exists in, and when what is there changed, if it is known.
        """
        return []

    def get_objects_below(self) -> Iterable[models.Model]:
        """The objects without a page whose texts visitors read below this one."""
        model = self.model_below
        return model.objects.order_by("pk").iterator() if model else ()

    def resolve_subpage(self, path: str):
        """Wagtail's redirects ask whether the page answers at `/a-person/` below its address."""
        if path.lstrip("/") not in self.get_routes_below():
            raise Resolver404(path)

    def get_view_restrictions(self):
        """The restrictions of the page and its ancestors, by no query where routing found none."""
        if getattr(self, "is_restricted", None) is False:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_url_parts(self, request=None):
        """Like Wagtail's, with the address in the language that addresses lead to now."""
        roots = self._get_relevant_site_root_paths(request)
        if not roots:
            return None
        site = find_site(request) if request else None
        root = next((root for root in roots if site and root.site_id == site.pk), roots[0])
        language = address_language() or self.shown_language or self.source_language
        own_path = addresses.column_value(self, "url_path", language)[len(root.root_path) :]
        return root.site_id, root.root_url, serve_root(language, get_script_prefix()) + own_path

    def get_url_for_language(self, language: str, request=None) -> str | None:
        """The address of this page, or of what it shows at this request, in a language."""
        if self.reviewer_link:
            with translation.override(language):
                return reverse("reviewed_page", args=[self.reviewer_link.token])
        with addresses_in(language):
            return self.get_url(request)

    def get_alternates(self, request) -> list[tuple[str, str]]:
        """Pairs for `hreflang`: the live languages with absolute addresses, then `x-default`."""
        alternates = [
            (code, request.build_absolute_uri(self.get_url_for_language(code, request)))
            for code in self.live_languages
        ]
        default = first_language(self.live_languages, self.source_language, self.source_language)
        if default:
            is_home = self.depth == addresses.HOME_DEPTH
            url = "/" if is_home else self.get_url_for_language(default, request)
            alternates.append(("x-default", request.build_absolute_uri(url)))
        return alternates

    def get_canonical_url(self, request) -> str:
        """The absolute address of the content that is shown: its own language's."""
        language = self.shown_language or self.source_language
        return request.build_absolute_uri(self.get_url_for_language(language, request))


@prepared
def _page_of_type(pk: int, *, model, language: str) -> QuerySet:
    """The page with the texts of its own in one language alone; the others are fetched if asked."""
    shared = {field.name for field in model.base_page_model._meta.concrete_fields}
    other_texts = [
        name
        for field in translated_fields(model)
        if field not in shared
        for name in (field, *(column(field, code) for code in language_codes()))
        if name != column(field, language)
    ]
    page = model._default_manager.filter(pk=pk)
    # modeltranslation's own `defer` would leave out all languages of a field.
    return QuerySet.defer(page, *other_texts)


@lru_cache
def serve_root(language: str, script_prefix: str) -> str:
    """The address below which pages are served in a language; a page has dozens of links."""
    with translation.override(language):
        return reverse("wagtail_serve", args=("",))
