"""The site of a request is the one that Wagtail would find."""

import pytest
from wagtail.models import Site
from wagtail.models.sites import get_site_for_hostname

from lihsite.pages.sites import find_site
from tests import factories

pytestmark = pytest.mark.django_db

SETS = {
    "none": [],
    "only a default one": [("a.example", 80, True)],
    "only one that is not the default": [("a.example", 80, False)],
    "a default one and another": [("a.example", 80, True), ("b.example", 80, False)],
    "two ports of a host, one of them the default": [
        ("a.example", 80, True),
        ("a.example", 8000, False),
    ],
    "two ports of a host beside the default": [
        ("a.example", 80, True),
        ("b.example", 80, False),
        ("b.example", 8000, False),
    ],
    "two ports of a host and no default": [("b.example", 80, False), ("b.example", 8000, False)],
}
ASKED = [
    (host, port)
    for host in ("a.example", "b.example", "c.example")
    for port in ("80", "8000", "443")
]


@pytest.mark.parametrize("sites", SETS.values(), ids=SETS)
def test_every_host_and_port_gets_the_site_that_wagtail_finds(rf, sites):
    home = factories.home()
    Site.objects.all().delete()
    for hostname, port, is_default in sites:
        Site.objects.create(
            hostname=hostname, port=port, is_default_site=is_default, root_page=home
        )
    for host, port in ASKED:
        request = rf.get("/", SERVER_NAME=host, SERVER_PORT=port)
        try:
            expected = get_site_for_hostname(host, port)
        except Site.DoesNotExist:
            expected = None
        assert find_site(request) == expected, (host, port)


def test_wagtail_takes_over_what_was_found(rf, django_assert_num_queries):
    home = factories.home()
    request = rf.get("/")
    with django_assert_num_queries(1):
        found = find_site(request)
        assert Site.find_for_request(request) is found
        assert find_site(request) is found
        assert found.root_page.path == home.path
        assert found.root_page.live_languages == ["en", "fr", "de"]
    assert found.root_page.title == home.title
