"""What is due goes by what is stored at its turn, not when the list of it was made."""

from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import call_command
from django.utils import timezone
from wagtail.signals import page_published, page_unpublished

from home.models import ContentPage
from lihsite.models import BasePage
from tests import factories

pytestmark = pytest.mark.django_db


@pytest.fixture
def due():
    return timezone.now() - timedelta(minutes=2)


@pytest.fixture
def run():
    """Runs the command; once it has carried out the first, something else is done."""

    def run_with(signal, meanwhile):
        done = []

        def once(**sent):
            if not done:
                done.append(meanwhile())

        signal.connect(once, weak=False)
        try:
            call_command("publish_scheduled", stdout=StringIO())
        finally:
            signal.disconnect(once)
        assert done

    return run_with


@pytest.fixture
def expired(due):
    """Two live pages that should no longer be; the second one's turn comes last."""
    pages = [factories.content_page(title_en=title) for title in ("First", "Second")]
    for minutes, page in zip((1, 0), pages, strict=True):
        page.save_revision().publish()
        BasePage.objects.filter(pk=page.pk).update(expire_at=due - timedelta(minutes=minutes))
    return pages


def stored(page) -> ContentPage:
    return ContentPage.objects.get(pk=page.pk)


def test_what_is_saved_while_other_pages_expire_is_kept(expired, run):
    def save():
        draft = expired[1].get_latest_revision_as_object()
        draft.title_en = "Edited meanwhile"
        draft.save_revision()

    run(page_unpublished, save)
    assert [stored(page).live for page in expired] == [False, False]
    assert stored(expired[1]).get_latest_revision_as_object().title_en == "Edited meanwhile"


def test_a_page_whose_end_is_put_off_meanwhile_stays(expired, run):
    later = timezone.now() + timedelta(days=1)
    rows = BasePage.objects.filter(pk=expired[1].pk)
    run(page_unpublished, lambda: rows.update(expire_at=later))
    assert [stored(page).live for page in expired] == [False, True]
    assert stored(expired[1]).expire_at == later


def test_what_is_cancelled_meanwhile_is_not_published(due, run):
    pages = [factories.content_page(title_en=f"Page {number}", live_in=()) for number in range(2)]
    for number, page in enumerate(pages):
        page.live_in_en, page.go_live_at = True, due
        revision = page.save_revision()
        revision.approved_go_live_at = due + timedelta(seconds=number)
        revision.save()
    run(page_published, lambda: pages[1].revisions.update(approved_go_live_at=None))
    assert [stored(page).live for page in pages] == [True, False]
