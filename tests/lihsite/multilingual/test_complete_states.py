"""After a migration every translated object has a state in every language."""

import pytest
from django.apps import apps
from django.utils.translation import gettext_lazy as _
from freezegun import freeze_time

from lihsite.models import TranslationState
from lihsite.multilingual.complete_states import complete_states
from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.states import State
from lihsite.multilingual.stored_states import states_of
from tests import factories
from tests.lihsite.media import library

pytestmark = pytest.mark.django_db

FOUR = [("en", _("English")), ("fr", _("French")), ("de", _("German")), ("lb", "Luxembourgish")]


def complete():
    complete_states(sender=apps.get_app_config("lihsite"))


def test_objects_without_states_get_them_from_their_newest_draft():
    page, person, image = factories.content_page(), factories.person(), library.image()
    page.title_fr = ""
    page.save_revision()
    before = TranslationState.objects.count()
    TranslationState.objects.all().delete()
    complete()
    assert TranslationState.objects.count() == before
    assert states_of(page)["fr"].state == State.MISSING
    assert states_of(person).keys() == states_of(image).keys() == set(language_codes())


def test_states_from_before_the_published_source_was_compared_keep_their_dates():
    with freeze_time("2026-03-01 08:00"):
        page = factories.content_page(title_en="Careers", title_fr="Carrières")
        page.title_en = "Jobs"
        page.save_revision().publish()
    TranslationState.objects.update(published_state="", published_outdated_since=None)
    complete()
    row = states_of(page)["fr"]
    assert row.published_state == State.OUTDATED
    assert row.published_outdated_since == row.outdated_since
    assert row.published_outdated_since.month == 3


def test_complete_states_stay_as_they_are():
    factories.content_page()
    before = list(TranslationState.objects.order_by("pk").values())
    complete()
    assert list(TranslationState.objects.order_by("pk").values()) == before


def test_a_new_language_is_missing_everywhere(settings):
    page = factories.content_page(title_en="Careers and jobs")
    person = factories.person(role_en="Biologist")
    settings.LANGUAGES = FOUR
    complete()
    row = states_of(page)["lb"]
    assert (row.state, row.segments, row.translated) == (State.MISSING, 1, 0)
    assert (row.words, row.words_to_do, row.page_id) == (3, 3, page.pk)
    assert states_of(person)["lb"].words_to_do == 1
    count = TranslationState.objects.count()
    complete()
    assert TranslationState.objects.count() == count


def test_nothing_is_done_before_the_last_migration():
    factories.content_page()
    TranslationState.objects.all().delete()

    class Earlier:
        """The models as they were before any of them existed."""

        def get_model(self, label):
            raise LookupError

    complete_states(sender=None, apps=Earlier())
    assert not TranslationState.objects.exists()
