"""What Wagtail knows of who refers to what: each use once, in the language where it is."""

import pytest
from wagtail.models import ReferenceIndex

from tests import factories

pytestmark = pytest.mark.django_db


def paths_to(instance) -> set[str]:
    references = ReferenceIndex.get_references_to(instance)
    return {reference.model_path.partition(".")[0] for reference in references}


@pytest.mark.parametrize("source", ["en", "fr"])
def test_a_stream_refers_to_a_page_in_its_own_language_alone(
    source, django_capture_on_commit_callbacks
):
    about = factories.content_page()
    with django_capture_on_commit_callbacks(execute=True):
        related = {"type": "related_pages", "value": {"pages": [about.pk]}}
        factories.content_page(live_in=(source,), **{f"body_{source}": [related]})
    assert paths_to(about) == {f"body_{source}"}


def test_rich_text_refers_to_a_page_in_its_own_language_alone(django_capture_on_commit_callbacks):
    about = factories.content_page()
    with django_capture_on_commit_callbacks(execute=True):
        factories.person(biography_en=f'<p><a linktype="page" id="{about.pk}">About</a></p>')
    assert paths_to(about) == {"biography_en"}
