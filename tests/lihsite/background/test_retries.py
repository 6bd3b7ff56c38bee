"""A task that fails is tried again, after longer and longer pauses, and not for ever."""

from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import transaction
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.models import ReferenceIndex

from lihsite.background.queues import enqueue_with_commit
from lihsite.background.retries import MOST_TRIES, PAUSES, try_now
from lihsite.media.documents import Document
from news.models import NewsPage
from tests import factories
from tests.lihsite.background.tasks import fail, fail_by_the_clock, fail_until_there, write_line

pytestmark = pytest.mark.django_db


def test_a_task_is_done_once(queue, tmp_path):
    write_line.enqueue(str(tmp_path / "lines"), "a line")
    queue.work_off()
    queue.work_off()
    assert (tmp_path / "lines").read_text() == "a line\n"
    assert queue.only().status == TaskResultStatus.SUCCESSFUL


def test_a_task_is_tried_again_after_longer_and_longer_pauses(queue):
    fail.enqueue("the store is away")
    pauses = []
    for _pause in PAUSES:
        queue.work_off()
        assert queue.only().status == TaskResultStatus.READY
        pauses.append(queue.pause())
        queue.let_time_pass(PAUSES[-1])
    assert all(
        pause - timedelta(seconds=9) < waited <= pause
        for pause, waited in zip(PAUSES, pauses, strict=True)
    )
    assert list(PAUSES) == sorted(PAUSES)
    queue.work_off()
    queue.let_time_pass(PAUSES[-1])
    queue.work_off()
    failed = queue.only()
    assert failed.status == TaskResultStatus.FAILED
    assert len(failed.worker_ids) == MOST_TRIES
    assert "the store is away" in failed.traceback


def test_a_file_that_has_the_name_of_a_deleted_one_is_not_deleted_by_its_second_run(
    queue, settings, tmp_path, django_capture_on_commit_callbacks
):
    settings.MEDIA_ROOT = tmp_path

    def uploaded() -> Document:
        return Document.objects.create(title="Report", file=ContentFile(b"%PDF", name="report.pdf"))

    first = uploaded()
    with django_capture_on_commit_callbacks(execute=True):
        first.delete()
    queue.work_off()
    assert not (tmp_path / "documents" / "report.pdf").exists()
    second = uploaded()
    assert second.file.name == "documents/report.pdf"
    # Its worker was killed before it could say that it was done.
    DBTaskResult.objects.update(status=TaskResultStatus.READY)
    queue.work_off()
    assert set(DBTaskResult.objects.values_list("status", flat=True)) == {"SUCCESSFUL"}
    assert (tmp_path / "documents" / "report.pdf").exists()


def test_it_is_done_as_soon_as_what_it_lacked_is_there(queue, tmp_path):
    file = tmp_path / "file"
    fail_until_there.enqueue(str(file))
    queue.work_off()
    file.write_text("there")
    queue.work_off()
    assert queue.only().status == TaskResultStatus.READY
    queue.let_time_pass(PAUSES[0])
    queue.work_off()
    done = queue.only()
    assert (done.status, done.return_value) == (TaskResultStatus.SUCCESSFUL, "there")


def test_each_failure_is_one_line_that_names_the_error(queue, caplog):
    fail.enqueue("the store is away")
    queue.work_off()
    (record,) = [one for one in caplog.records if one.name == "lihsite.background.retries"]
    assert "tests.lihsite.background.tasks.fail failed" in record.message
    assert "again in 10 seconds: RuntimeError: the store is away" in record.message
    assert record.exc_info is None


def test_what_comes_every_minute_is_not_tried_again(queue):
    fail_by_the_clock.enqueue()
    queue.work_off()
    assert queue.only().status == TaskResultStatus.FAILED


def test_what_failed_can_be_tried_anew_with_all_its_tries(queue):
    fail.enqueue("once")
    queue.work_off()
    assert try_now(DBTaskResult.objects.all()) == 1
    queue.work_off()
    assert len(queue.only().worker_ids) == 1
    assert queue.pause() <= PAUSES[0]


def test_a_task_is_stored_with_what_it_follows_or_not_at_all(queue, tmp_path):
    with transaction.atomic():
        enqueue_with_commit(write_line, str(tmp_path / "lines"), "undone")
        transaction.set_rollback(True)
    assert not DBTaskResult.objects.exists()
    with transaction.atomic():
        enqueue_with_commit(write_line, str(tmp_path / "lines"), "stored")
        assert DBTaskResult.objects.count() == 1


def test_what_others_rely_on_is_done_at_once(queue):
    """Who gets a document depends on what refers to it; and what was saved is looked for."""
    person = factories.person()
    news = factories.news(authors=[person], title_en="Pollen counted")
    assert news.pk in [found.pk for found in NewsPage.objects.search("pollen")]
    assert not DBTaskResult.objects.filter(task_path__contains="modelsearch").exists()
    assert ReferenceIndex.get_references_to(person).exists()
    assert not DBTaskResult.objects.filter(task_path__contains="reference_index").exists()
