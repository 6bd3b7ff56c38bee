"""Whose list a deleted page is in: those who could add or publish pages where it stood."""

from django.db.models import Q, QuerySet
from wagtail.permissions import policy_registry

from lihsite.pages.base_page import BasePage

from .emptying import may_delete_for_good
from .models import DeletedPage

RESTORING = ["add", "publish"]
"""Wagtail's permissions of which one is needed below the parent."""


def may_open_list(user) -> bool:
    policy = policy_registry.get_by_type(BasePage)
    return may_delete_for_good(user) or policy.user_has_any_permission(user, RESTORING)


def visible_to(user) -> QuerySet[DeletedPage]:
    """Where the parent is gone as well: to those who may everywhere, and to who deleted it."""
    entries = DeletedPage.objects.select_related("deleted_by", "parent")
    if may_delete_for_good(user):
        return entries
    policy = policy_registry.get_by_type(BasePage)
    pages = policy.instances_user_has_any_permission_for(user, RESTORING)
    visible = Q(parent__in=pages.values("pk")) | Q(parent=None, deleted_by=user)
    if pages.filter(depth=1).exists():
        visible |= Q(parent=None)
    return entries.filter(visible)
