"""Each request counts as one of a few kinds."""

import pytest
from django.urls import resolve

from lihsite.metrics.kinds import kind_of


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/en/about/", "page"),
        ("/en/search/", "search"),
        ("/documents/12/a.pdf", "document"),
        ("/media/images/a.avif", "media"),
        ("/static/site.css", "static"),
        ("/api/v2/pages/", "api"),
        ("/admin/login/", "admin"),
        ("/robots.txt", "other"),
    ],
)
def test_the_address_says_the_kind(rf, path, kind):
    request = rf.get(path)
    # What is known by its prefix may be answered before any route is looked for.
    request.resolver_match = resolve(path) if kind in ("page", "search", "other") else None
    assert kind_of(request) == kind
