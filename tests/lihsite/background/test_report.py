"""The report of tasks: who sees it, what it says, and what can be done there."""

import re
from datetime import UTC, datetime

import pytest
from bs4 import BeautifulSoup
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from lihsite.background.clock import JOBS, Job, hand_over
from lihsite.background.report import COMMANDS, NAMES
from lihsite.background.states import OVERDUE
from tests import factories
from tests.lihsite.background.tasks import fail, write_line
from tests.lihsite.pages.admin import accounts, client_of

REPORT = "/admin/reports/tasks/"


@pytest.fixture(autouse=True)
def people(queue):
    accounts(factories.home())
    DBTaskResult.objects.all().delete()


@pytest.fixture
def failed(queue) -> DBTaskResult:
    fail.enqueue("the store is away")
    queue.work_off()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED, finished_at=timezone.now())
    return queue.only()


@pytest.fixture
def admin():
    return client_of("admin")


def rows(response) -> list[str]:
    table = BeautifulSoup(response.content, "html.parser").find("table", class_="listing")
    found = table.find("tbody").find_all("tr") if table else []
    return [" ".join(row.get_text(" ").split()) for row in found]


def test_it_says_what_waits_what_failed_and_why(queue, failed, admin, tmp_path):
    write_line.enqueue(str(tmp_path / "secret"), "line")
    first, second = rows(admin.get(REPORT))
    assert "write_line Waiting 0" in first
    assert "fail Failed 1 RuntimeError: the store is away" in second
    assert "secret" not in first
    assert str(admin.get(REPORT).content).count("Try again now") == 1


def test_it_says_when_a_task_is_tried_next(queue, admin):
    fail.enqueue("the store is away")
    queue.work_off()
    DBTaskResult.objects.update(run_after=datetime(2035, 3, 1, 17, 5, tzinfo=UTC))
    assert "1 March 2035, 18:05" in rows(admin.get(REPORT))[0]


@pytest.mark.parametrize(
    ("state", "expected"), [("failed", ["fail"]), ("waiting", ["write_line"]), ("done", [])]
)
def test_it_is_filtered_by_state(failed, admin, tmp_path, state, expected):
    write_line.enqueue(str(tmp_path / "lines"), "line")
    found = rows(admin.get(REPORT, {"state": state}))
    assert [row.split()[0].rpartition(".")[2] for row in found] == expected


def test_it_is_exported(failed, admin):
    response = admin.get(REPORT, {"export": "csv"})
    text = b"".join(response.streaming_content).decode()
    assert "RuntimeError: the store is away" in text


def test_what_is_done_by_the_clock_is_told_in_words(queue, admin):
    hand_over(Job("publish_scheduled"), timezone.localtime())
    (row,) = rows(admin.get(REPORT))
    assert row.startswith("By the clock: publish what is scheduled")
    assert {job.command for job in JOBS} == set(COMMANDS)


def test_a_task_is_tried_again_now(queue, failed, admin):
    response = admin.post(reverse("tasks:again", args=[failed.pk]))
    assert response.url == REPORT
    assert queue.only().status == TaskResultStatus.READY
    assert DBTaskResult.objects.ready().exists()


def test_a_task_that_is_over_is_deleted_and_no_other(queue, failed, admin):
    DBTaskResult.objects.update(status=TaskResultStatus.RUNNING)
    admin.post(reverse("tasks:delete", args=[failed.pk]))
    assert queue.only()
    DBTaskResult.objects.update(status=TaskResultStatus.FAILED)
    admin.post(reverse("tasks:delete", args=[failed.pk]))
    assert not DBTaskResult.objects.exists()


def test_who_may_not_sees_nothing_and_does_nothing(failed):
    editor = client_of("editor")
    assert editor.get(REPORT).status_code == 302
    assert "reports/tasks" not in editor.get("/admin/").text
    for name in ("again", "delete"):
        assert editor.post(reverse(f"tasks:{name}", args=[failed.pk])).status_code == 302
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.FAILED


def test_who_may_look_alone_has_no_buttons(failed, django_user_model):
    user = django_user_model.objects.get(username="editor")
    user.user_permissions.add(Permission.objects.get(codename="view_dbtaskresult"))
    editor = client_of("editor")
    page = editor.get(REPORT).text
    assert "the store is away" in page
    assert "Try again now" not in page
    assert editor.post(reverse("tasks:again", args=[failed.pk])).status_code == 302
    failed.refresh_from_db()
    assert failed.status == TaskResultStatus.FAILED


def test_it_warns_where_nobody_works(admin, tmp_path):
    write_line.enqueue(str(tmp_path / "lines"), "line")
    assert "no worker is running" not in admin.get(REPORT).text
    DBTaskResult.objects.update(enqueued_at=timezone.now() - 2 * OVERDUE)
    assert "no worker is running" in admin.get(REPORT).text


def test_each_task_of_the_site_has_a_name(settings):
    sources = (settings.BASE_DIR / "lihsite").rglob("*.py")
    modules = {
        ".".join(file.relative_to(settings.BASE_DIR).with_suffix("").parts)
        for file in sources
        if re.search(r"^@task\b", file.read_text(), re.MULTILINE)
    }
    assert modules == {path.rpartition(".")[0] for path in NAMES if path.startswith("lihsite.")}
