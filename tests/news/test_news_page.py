"""A news item and what it is linked to."""

import pytest
from django.core.exceptions import ValidationError

from news.models import NewsPage, RelatedItem
from news.publications import validate_doi
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def home():
    return factories.home()


def test_authors_stand_in_their_order(client):
    authors = [factories.person("Zoe Z"), factories.person("Al A")]
    item = factories.news(authors=authors)
    assert client.get(item.get_url()).context_data["authors"] == authors


def test_only_what_visitors_get_is_linked(client):
    shown, hidden = factories.topic(), factories.topic(live_in=())
    item = factories.news(topics=[shown, hidden])
    for related in (factories.news(title_en="Live"), factories.news(live_in=())):
        RelatedItem.objects.create(page=item, item=related)
    context = client.get(item.get_url()).context_data
    assert context["topics"] == [shown]
    assert [one.title_en for one in context["related"]] == ["Live"]


@pytest.mark.parametrize(
    "value", ["https://doi.org/10.5555/1", "10.55/1", "10.5555/", "10.5555/a b", "10.5555/<a>"]
)
def test_a_doi_is_written_alone(value):
    with pytest.raises(ValidationError):
        validate_doi(value)


def test_a_doi_leads_to_its_resolver():
    validate_doi("10.5555/lih.demo.2026.014")
    assert NewsPage(doi="10.5555/1").doi_url == "https://doi.org/10.5555/1"
    assert NewsPage().doi_url == ""
