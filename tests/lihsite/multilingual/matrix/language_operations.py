"""Publishing, schedules and reviews by language, as the pre-flight offers them."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from freezegun import freeze_time

from tests.lihsite.multilingual.matrix.operations import operation


def preflight(site, action, *languages, **data):
    site.save(site.page, title_fr="Le système immunitaire", title_de="Das Immunsystem")
    site.post(
        "translating:publish",
        site.page.pk,
        data={"action": action, "languages": languages, **data},
    )


@operation
def publish_a_language(site):
    preflight(site, "publish", "fr")


@operation
def unpublish_a_language(site):
    preflight(site, "unpublish", "de")


@operation
def schedule_a_language_and_run(site):
    soon = timezone.localtime() + timedelta(hours=1)
    preflight(site, "publish", "fr", at=soon.strftime("%Y-%m-%d %H:%M"))
    with freeze_time(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled", verbosity=0)


@operation
def submit_a_language_and_approve(site):
    preflight(site, "submit", "fr", comment="Merci")
    review = site.page.language_reviews.get()
    site.post("translating:review", review.pk, data={"decision": "approve", "comment": "Bien"})
