"""What the admin's own API does to pages; it passes through none of the admin's views."""

from lihsite.models import BasePage
from tests.lihsite.multilingual.matrix.operations import operation


def act(site, page, action, **data):
    response = site.client.post(
        f"/admin/api/main/pages/{page.pk}/action/{action}/", data, "application/json"
    )
    assert response.status_code in (200, 201, 204), response.content
    return response.json() if response.content else None


@operation
def copy(site):
    act(site, site.page, "copy")


@operation
def copy_with_a_title_and_descendants(site):
    act(site, site.section, "copy", recursive=True, title="Copied", slug="copied")


@operation
def copy_a_french_page(site):
    act(site, site.french, "copy", title="Copié", keep_live=False)


@operation
def create_an_alias(site):
    act(site, site.page, "create_alias", destination_page_id=site.other.pk)


@operation
def convert_an_alias(site):
    act(site, site.page, "create_alias", destination_page_id=site.other.pk)
    act(site, BasePage.objects.get(alias_of=site.page.pk), "convert_alias")


@operation
def publish(site):
    site.save(site.page, title_fr="Le système immunitaire")
    act(site, site.page, "publish")


@operation
def unpublish(site):
    act(site, site.section, "unpublish", recursive=True)


@operation
def move(site):
    act(site, site.section, "move", destination_page_id=site.other.pk, position="last-child")


@operation
def revert(site):
    first = site.page.latest_revision
    site.save(site.page, title_fr="Autre titre", title_en="Another title")
    act(site, site.page, "revert_to_page_revision", revision_id=first.pk)


@operation
def delete(site):
    act(site, site.section, "delete")
