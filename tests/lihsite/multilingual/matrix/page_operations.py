"""Every operation that Wagtail's admin offers on a page, by name."""

from datetime import timedelta

from django.core.management import call_command
from django.utils import timezone
from wagtail.models import Workflow, WorkflowPage

from home.models import ContentPage
from lihsite.models import BasePage
from tests.lihsite.multilingual.matrix.operations import operation
from tests.lihsite.multilingual.matrix.site import page_data


@operation
def create(site):
    data = page_data(None, title_en="New page", title_fr="Nouvelle page", live_in_en="on")
    site.post("wagtailadmin_pages:add", "home", "contentpage", site.section.pk, data=data)


@operation
def create_in_french_only(site):
    data = page_data(None, title_fr="Nouvelle page", source_language="fr")
    site.post("wagtailadmin_pages:add", "home", "contentpage", site.section.pk, data=data)


@operation
def create_and_publish(site):
    data = page_data(None, title_en="New page", title_de="Neue Seite", live_in_en="on")
    data["action-publish"] = "yes"
    site.post("wagtailadmin_pages:add", "home", "contentpage", site.section.pk, data=data)


@operation
def create_by_autosave_and_publish(site):
    json = {"HTTP_ACCEPT": "application/json"}
    data = page_data(None, title_en="New page", title_fr="Nouvelle page", live_in_en="on")
    address = ("wagtailadmin_pages:add", "home", "contentpage", site.section.pk)
    saved = site.post(*address, data=data, **json).json()
    page = ContentPage.objects.get(pk=saved["pk"])
    data = page_data(page, title_fr="Une nouvelle page", live_in_fr="on")
    data |= {"overwrite_revision_id": saved["revision_id"], "action-publish": "yes"}
    site.post("wagtailadmin_pages:edit", page.pk, data=data)


@operation
def edit(site):
    site.save(site.page, title_en="The immune system", title_de="Das Immunsystem")


@operation
def edit_a_french_page(site):
    site.save(site.french, title_fr="Communiqué de presse", title_en="Press release")


@operation
def autosave_twice(site):
    json = {"HTTP_ACCEPT": "application/json"}
    data = page_data(site.page, title_fr="Le système immunitaire")
    saved = site.post("wagtailadmin_pages:edit", site.page.pk, data=data, **json).json()
    data = page_data(site.page, title_fr="Le système immunitaire humain")
    data["overwrite_revision_id"] = saved["revision_id"]
    site.post("wagtailadmin_pages:edit", site.page.pk, data=data, **json)


@operation
def publish(site):
    site.save(site.page, action="action-publish", title_en="The immune system")


@operation
def publish_a_page_with_an_alias(site):
    alias(site)
    site.save(site.page, action="action-publish", title_en="The immune system")


@operation
def change_slugs(site):
    site.save(site.section, action="action-publish", slug_en="science", slug_fr="sciences")


@operation
def schedule_and_run(site):
    soon = timezone.localtime() + timedelta(hours=1)
    site.save(
        site.page,
        action="action-publish",
        title_fr="Le système immunitaire",
        go_live_at=soon.strftime("%Y-%m-%d %H:%M"),
    )
    revision = site.page.revisions.get(approved_go_live_at__isnull=False)
    revision.approved_go_live_at = timezone.now() - timedelta(minutes=1)
    revision.content["go_live_at"] = None
    revision.save()
    call_command("publish_scheduled")


@operation
def expire(site):
    ContentPage.objects.filter(pk=site.page.pk).update(
        expire_at=timezone.now() - timedelta(minutes=1)
    )
    call_command("publish_scheduled")


@operation
def unschedule(site):
    soon = timezone.localtime() + timedelta(hours=1)
    site.save(site.page, action="action-publish", go_live_at=soon.strftime("%Y-%m-%d %H:%M"))
    revision = site.page.revisions.get(approved_go_live_at__isnull=False)
    site.post("wagtailadmin_pages:revisions_unschedule", site.page.pk, revision.pk)


@operation
def revert(site):
    first = site.page.revisions.order_by("created_at", "pk").first()
    site.save(site.page, title_fr="Autre titre", title_en="Another title")
    data = page_data(first.as_object())
    site.post("wagtailadmin_pages:revisions_revert", site.page.pk, first.pk, data=data)


@operation
def unpublish(site):
    site.post("wagtailadmin_pages:unpublish", site.page.pk)


@operation
def unpublish_with_descendants(site):
    site.post("wagtailadmin_pages:unpublish", site.section.pk, data={"include_descendants": "on"})


def copy_data(site, **more):
    return {
        "new_title": "Copied",
        "new_slug": "copied",
        "new_parent_page": str(site.section.get_parent().pk),
        **more,
    }


@operation
def copy(site):
    data = {**copy_data(site), "new_parent_page": str(site.section.pk)}
    site.post("wagtailadmin_pages:copy", site.page.pk, data=data)


@operation
def copy_with_children(site):
    data = copy_data(site, copy_subpages="on", publish_copies="on")
    site.post("wagtailadmin_pages:copy", site.section.pk, data=data)


@operation
def alias(site):
    data = {**copy_data(site, alias="on"), "new_parent_page": str(site.section.pk)}
    site.post("wagtailadmin_pages:copy", site.page.pk, data=data)


@operation
def alias_with_children(site):
    site.post(
        "wagtailadmin_pages:copy",
        site.section.pk,
        data=copy_data(site, alias="on", copy_subpages="on"),
    )


@operation
def convert_alias(site):
    alias(site)
    made = ContentPage.objects.get(alias_of=site.page.pk)
    site.post("wagtailadmin_pages:convert_alias", made.pk)


@operation
def move(site):
    site.post("wagtailadmin_pages:move_confirm", site.section.pk, site.other.pk)


@operation
def reorder(site):
    response = site.client.post(f"/admin/pages/{site.french.pk}/set_position/?position=0")
    assert response.status_code == 200


@operation
def lock_and_unlock(site):
    site.post("wagtailadmin_pages:lock", site.page.pk)
    site.post("wagtailadmin_pages:unlock", site.page.pk)


@operation
def make_private(site):
    data = {"restriction_type": "login", "password": "", "groups": []}
    site.post("wagtailadmin_pages:set_privacy", site.page.pk, data=data)


@operation
def delete(site):
    site.post("wagtailadmin_pages:delete", site.page.pk)


@operation
def delete_with_children(site):
    site.post("wagtailadmin_pages:delete", site.section.pk)


def submit_to_workflow(site):
    workflow = Workflow.objects.get(active=True)
    WorkflowPage.objects.get_or_create(page=BasePage.objects.get(depth=1), workflow=workflow)
    site.save(site.page, action="action-submit", title_fr="Le système immunitaire")
    return site.page.current_workflow_task_state


@operation
def submit_to_workflow_and_approve(site):
    task = submit_to_workflow(site)
    site.post(
        "wagtailadmin_pages:workflow_action",
        site.page.pk,
        "approve",
        task.pk,
        data={"comment": "Très bien"},
    )


@operation
def submit_to_workflow_and_reject(site):
    task = submit_to_workflow(site)
    site.post(
        "wagtailadmin_pages:workflow_action",
        site.page.pk,
        "reject",
        task.pk,
        data={"comment": "Noch nicht"},
    )


@operation
def submit_to_workflow_and_cancel(site):
    submit_to_workflow(site)
    site.save(site.page, action="action-cancel-workflow")


def bulk(site, action, *pages, **data):
    url = f"/admin/bulk/lihsite/basepage/{action}/?next=/admin/&" + "&".join(
        f"id={page.pk}" for page in pages
    )
    response = site.client.post(url, data)
    assert response.status_code == 302, response.status_code


@operation
def bulk_publish(site):
    site.save(site.page, title_fr="Le système immunitaire")
    bulk(site, "publish", site.page, site.french, include_descendants="on")


@operation
def bulk_unpublish(site):
    bulk(site, "unpublish", site.page, site.french)


@operation
def bulk_move(site):
    bulk(site, "move", site.page, site.french, chooser=str(site.other.pk))


@operation
def bulk_delete(site):
    bulk(site, "delete", site.page, site.french)
