"""Mails wait for a mail server that is away, and each is delivered once."""

import io
from datetime import timedelta

import pytest
from django.contrib.auth import get_user_model
from django.core import mail as django_mail
from django.core.mail import EmailMessage
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone
from django_tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult
from wagtail.admin.mail import send_mail

from lihsite.background.mail import message_id_of
from lihsite.background.models import OutgoingMail
from lihsite.background.retries import PAUSES
from tests import factories
from tests.lihsite.background.mail_server import MailServer

pytestmark = pytest.mark.django_db

SMTP = "django.core.mail.backends.smtp.EmailBackend"


@pytest.fixture
def mail_server(queue, settings):
    """A mail server that is down until a test starts it."""
    mail_server = MailServer()
    settings.DELIVERY_EMAIL_BACKEND = SMTP
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", mail_server.port
    yield mail_server
    mail_server.stop()


def write(subject="Ergebnisse – résultats", **options):
    return EmailMessage(
        subject, "Voilà.\n.\nEnde", "site@example.org", ["ada@example.org"], **options
    ).send()


def test_a_mail_waits_for_a_server_that_is_down_and_is_delivered_once_it_is_up(queue, mail_server):
    assert write(bcc=["copy@example.org"]) == 1
    queue.work_off()
    waiting = queue.only()
    assert waiting.status == TaskResultStatus.READY
    assert "the mail server did not answer (ConnectionRefusedError)" in waiting.traceback
    mail_server.start()
    queue.let_time_pass(PAUSES[0])
    queue.work_off()
    queue.let_time_pass(PAUSES[1])
    queue.work_off()
    (mail,) = mail_server.mails
    assert mail.envelope.mail_from == "site@example.org"
    assert mail.envelope.rcpt_tos == ["ada@example.org", "copy@example.org"]
    assert "copy@example.org" not in mail.as_string()
    assert mail.get_payload(decode=True).decode() == "Voilà.\r\n.\r\nEnde\r\n"
    assert queue.only().status == TaskResultStatus.SUCCESSFUL


def test_a_server_that_says_later_is_asked_later_and_its_words_about_people_are_not_kept(
    queue, mail_server, caplog
):
    mail_server.refusal = "451 4.7.1 ada@example.org is greylisted"
    mail_server.start()
    write()
    queue.work_off()
    waiting = queue.only()
    assert waiting.status == TaskResultStatus.READY
    assert "the mail server answered 451" in waiting.traceback
    assert "ada@example.org" not in waiting.traceback + caplog.text + str(waiting.args_kwargs)
    mail_server.refusal = ""
    queue.let_time_pass(PAUSES[0])
    queue.work_off()
    assert len(mail_server.mails) == 1


def test_nothing_of_a_mail_is_kept_once_it_is_delivered(queue):
    write()
    queue.work_off()
    kept = OutgoingMail.objects.get()
    assert kept.sent_at
    assert (bytes(kept.content), kept.recipients) == (b"", [])
    assert len(django_mail.outbox) == 1


def test_who_asked_for_a_password_is_forgotten_once_the_mail_is_under_way(queue, client):
    client.post("/admin/password_reset/", {"email": "nobody@example.org"})
    assert "nobody@example.org" in str(queue.only().args_kwargs)
    queue.work_off()
    assert queue.only().status == TaskResultStatus.SUCCESSFUL
    assert "example.org" not in str(DBTaskResult.objects.values())


def test_who_asked_for_a_password_gets_one_mail_though_the_task_runs_twice(queue, client):
    get_user_model().objects.create_superuser("ada", "ada@example.org", "long-enough-9")
    client.post("/admin/password_reset/", {"email": "ada@example.org"})
    asked = queue.only()
    DBTaskResult.objects.create(
        task_path=asked.task_path,
        queue_name="mail",
        backend_name="default",
        args_kwargs=asked.args_kwargs,
    )
    queue.work_off()
    assert len(django_mail.outbox) == 1


def test_what_a_killed_worker_left_of_it_is_forgotten_by_night(queue, client):
    client.post("/admin/password_reset/", {"email": "nobody@example.org"})
    DBTaskResult.objects.update(status=TaskResultStatus.SUCCESSFUL, finished_at=timezone.now())
    call_command("delete_old_tasks", stdout=io.StringIO())
    assert "example.org" not in str(DBTaskResult.objects.values())


def test_an_event_is_told_once_however_often_it_is_written_about(queue):
    headers = {"Message-ID": message_id_of("submission", 7)}
    for _ in range(2):
        write(headers=headers)
        queue.work_off()
    write(headers={"Message-ID": message_id_of("submission", 8)})
    queue.work_off()
    assert len(django_mail.outbox) == 2


def test_a_mail_that_two_workers_have_is_delivered_by_the_first(queue):
    write()
    DBTaskResult.objects.create(
        task_path=queue.only().task_path,
        queue_name="mail",
        backend_name="default",
        args_kwargs=queue.only().args_kwargs,
    )
    queue.work_off()
    assert len(django_mail.outbox) == 1


def test_what_is_undone_is_told_to_nobody(queue):
    with transaction.atomic():
        write()
        transaction.set_rollback(True)
    queue.work_off()
    assert not django_mail.outbox
    assert not OutgoingMail.objects.exists()


def test_mails_of_django_and_wagtail_wait_as_well(queue, mail_server, client):
    factories.home()
    get_user_model().objects.create_superuser("ada", "ada@example.org", "long-enough-9")
    answer = client.post("/admin/password_reset/", {"email": "ada@example.org"})
    assert answer.status_code == 302
    send_mail("Approved", "…", ["ada@example.org"])
    queue.work_off()
    assert OutgoingMail.objects.count() == 2
    mail_server.start()
    queue.let_time_pass(timedelta(hours=1))
    queue.work_off()
    assert len(mail_server.mails) == 2
