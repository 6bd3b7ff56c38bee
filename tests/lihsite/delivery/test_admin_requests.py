"""What holds for every request to the admin."""

import pytest

from tests import factories
from tests.lihsite.pages.admin import accounts, client_of

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("language", "words"), [("fr", "Désolé"), ("de", "leider keinen Zugang")])
def test_what_is_refused_is_refused_in_the_language_of_the_account(language, words):
    home = factories.home()
    accounts(home)
    client = client_of("french", language)
    response = client.get("/admin/redirects/", headers={"Accept-Language": "en"}, follow=True)
    assert words in response.content.decode()


def test_the_login_speaks_the_language_of_the_browser(client):
    response = client.get("/admin/login/", headers={"Accept-Language": "de"})
    assert '<html lang="de"' in response.content.decode()


@pytest.mark.parametrize("query", ["id=abc", "id=1&id=", "id=all&childOf=abc"])
def test_a_bulk_action_on_what_is_no_row_is_a_bad_request(admin_client, query):
    for action in ("publish", "delete"):
        response = admin_client.get(f"/admin/bulk/lihsite/basepage/{action}/?{query}")
        assert response.status_code == 400


def test_a_bulk_action_asks_before_it_acts(admin_client):
    page = factories.content_page(title_en="Careers")
    address = f"/admin/bulk/lihsite/basepage/delete/?next=/admin/&id={page.pk}"
    assert "Careers" in admin_client.get(address).content.decode()
