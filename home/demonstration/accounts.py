"""The roles of the demonstration, an account for each, and the workflow between them."""

from django.conf import settings
from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group, Permission
from wagtail.models import (
    Collection,
    GroupApprovalTask,
    GroupCollectionPermission,
    GroupPagePermission,
    Workflow,
    WorkflowPage,
    WorkflowTask,
)
from wagtail.users.models import UserProfile

from lihsite.multilingual.permissions import CHANGE_SHARED_FIELDS, translate_codename

EDITORS = "Editors"
REVIEWERS = "Reviewers"
WORKFLOW = "Review before publication"

TRANSLATORS = {"fr": "french", "de": "german"}
"""The account that writes each translation."""

WRITERS_OF_THE_LIBRARY = [
    "wagtailadmin.access_admin",
    f"lihsite.{CHANGE_SHARED_FIELDS}",
    "research.add_person",
    "research.change_person",
    "lihsite.add_term",
    "lihsite.change_term",
    "contact.view_submission",
]
COLLECTION_PERMISSIONS = [
    f"lihsite.{action}_{model}"
    for model in ("image", "document")
    for action in ("add", "change", "choose")
]
TRANSLATORS_OF_THE_LIBRARY = [
    "wagtailadmin.access_admin",
    "research.change_person",
    "lihsite.change_institutesettings",
    "lihsite.view_term",
]
"""With these, and without `CHANGE_SHARED_FIELDS`, the texts of the own language alone."""


def create_accounts() -> dict:
    """The accounts of `settings.DEMONSTRATION_ACCOUNTS` by user name, each in its group.

    Page permissions follow once there is a page to give them on: see `grant_pages`.
    """
    _create_group(EDITORS, WRITERS_OF_THE_LIBRARY, COLLECTION_PERMISSIONS)
    _create_group(
        REVIEWERS,
        [
            *WRITERS_OF_THE_LIBRARY,
            "lihsite.change_institutesettings",
            *(f"wagtailredirects.{action}_redirect" for action in ("add", "change", "delete")),
            "contact.view_subscription",
            "contact.export_subscription",
        ],
        COLLECTION_PERMISSIONS,
    )
    groups = {"editor": EDITORS, "reviewer": REVIEWERS}
    languages = {}
    for language, username in TRANSLATORS.items():
        groups[username] = translators_of(username)
        languages[username] = language
        _create_group(
            groups[username],
            [*TRANSLATORS_OF_THE_LIBRARY, f"lihsite.{translate_codename(language)}"],
            [name for name in COLLECTION_PERMISSIONS if "add" not in name],
        )
    return {
        username: _create_user(username, groups.get(username), languages.get(username))
        for username in settings.DEMONSTRATION_ACCOUNTS
    }


def translators_of(username: str) -> str:
    """The name of a translator's group."""
    return f"{username.capitalize()} translators"


def grant_pages(home) -> None:
    """Say what each group may do with the pages of the site, and how a page gets published."""
    granted = {EDITORS: ["add", "change"], REVIEWERS: ["add", "change", "publish", "lock"]}
    granted |= {translators_of(username): ["change"] for username in TRANSLATORS.values()}
    for name, actions in granted.items():
        group = Group.objects.get(name=name)
        # Those of Wagtail's own migrations, on the root of the tree.
        GroupPagePermission.objects.filter(group=group).delete()
        GroupPagePermission.objects.bulk_create(
            GroupPagePermission(group=group, page=home, permission=permission)
            for permission in _permissions([f"lihsite.{action}_basepage" for action in actions])
        )
    task = GroupApprovalTask.objects.create(name="Approval by a reviewer")
    task.groups.set([Group.objects.get(name=REVIEWERS)])
    workflow = Workflow.objects.create(name=WORKFLOW)
    WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=0)
    WorkflowPage.objects.create(workflow=workflow, page=home)


def _create_group(name: str, permissions: list[str], in_collections: list[str]) -> None:
    group, _created = Group.objects.get_or_create(name=name)
    group.permissions.set(_permissions(permissions))
    root = Collection.get_first_root_node()
    GroupCollectionPermission.objects.bulk_create(
        [
            GroupCollectionPermission(group=group, collection=root, permission=permission)
            for permission in _permissions(in_collections)
        ],
        ignore_conflicts=True,
    )


def _permissions(names: list[str]) -> list[Permission]:
    """Raises Permission.DoesNotExist unless there are all."""
    found = {
        f"{permission.content_type.app_label}.{permission.codename}": permission
        for permission in Permission.objects.filter(
            codename__in=[name.split(".")[1] for name in names]
        ).select_related("content_type")
    }
    if missing := set(names) - set(found):
        raise Permission.DoesNotExist(", ".join(sorted(missing)))
    return [found[name] for name in names]


def _create_user(username: str, group: str | None, language: str | None):
    user = get_user_model().objects.create_user(
        username,
        email=f"{username}@example.org",
        password=settings.DEMONSTRATION_PASSWORD,
        # Both names, which Wagtail asks for wherever an account is changed.
        first_name=username.capitalize(),
        last_name="Demo",
        is_superuser=group is None,
        is_staff=group is None,
    )
    if group:
        user.groups.add(Group.objects.get(name=group))
    UserProfile.objects.create(user=user, preferred_language=language or settings.LANGUAGE_CODE)
    return user
