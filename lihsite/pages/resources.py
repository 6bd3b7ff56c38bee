"""What a page offers below its address beside itself: feeds and calendars, each a file."""

from wagtail.url_routing import RouteResult

from lihsite.multilingual.languages import active_language, address_language


class ResourcesMixin:
    """Answers `atom/` and the like below the page's own address, in each language.

    Wagtail's addresses have no dots.
    """

    resources: dict[str, str] = {}
    """The names of the files, and for each the name of the method that answers a request for it."""

    def route(self, request, path_components):
        if len(path_components) == 1 and self.live and self.shown_language:
            name = path_components[0]
            if name in self.resources:
                return RouteResult(self, kwargs={"resource": name})
        return super().route(request, path_components)

    def get_routes_below(self):
        return [*super().get_routes_below(), *(f"{name}/" for name in self.resources)]

    def serve(self, request, *args, resource: str | None = None, **kwargs):
        if resource is None:
            return super().serve(request, *args, **kwargs)
        return getattr(self, self.resources[resource])(request)

    def get_resource_url(self, name: str, request=None) -> str:
        """The address of one of the page's files in the language that addresses lead to."""
        if self.reviewer_link:
            language = address_language() or active_language()
            return f"{self.get_url_for_language(language, request)}{name}/"
        return f"{self.get_url(request)}{name}/"


def feed_links(page, request, query: str) -> list[tuple[str, str]]:
    """Pairs of a media type and an address: the page's list as it is filtered, to follow."""
    suffix = f"?{query}" if query else ""
    return [
        (f"application/{kind}+xml", page.get_resource_url(kind, request) + suffix)
        for kind in ("atom", "rss")
    ]
