"""From one translation to the next: the page after this one that has something to do."""

from django.db.models import Q
from wagtail.permissions import page_permission_policy

from lihsite.multilingual.states import State
from lihsite.pages.base_page import BasePage

TO_DO = (State.MISSING, State.IN_PROGRESS, State.OUTDATED)


def next_to_translate(user, page, language: str) -> BasePage | None:
    """The next page in tree order whose draft has something to do in the language; else None.

    After the last one in the tree comes the first.
    """
    is_to_do = Q(translation_states__state__in=TO_DO) | Q(translation_states__by_machine__gt=0)
    rows = (
        page_permission_policy.instances_user_has_permission_for(user, "change")
        .filter(is_to_do, translation_states__language=language, alias_of=None)
        .exclude(pk=page.pk)
        .order_by("path")
    )
    return rows.filter(path__gt=page.path).first() or rows.first()
