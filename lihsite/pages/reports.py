"""Reports of what belongs to pages, for those who may open the pages."""

from collections.abc import Sequence

from django.db.models import QuerySet
from wagtail.permissions import policy_registry

from lihsite.multilingual.languages import language_codes
from lihsite.pages.base_page import BasePage
from lihsite.reports import Report


class PagesReport(Report):
    """Its rows have a `page` and a `language`."""

    opening: Sequence[str] = ()
    """Wagtail's permissions of which one is needed to see the rows of a page."""

    @classmethod
    def is_open_to(cls, user):
        policy = policy_registry.get_by_type(BasePage)
        return policy.user_has_any_permission(user, cls.opening)

    def get_base_queryset(self) -> QuerySet:
        """The rows of the pages that the account may open."""
        rows = self.model.objects.filter(language__in=language_codes())
        user = self.request.user
        if user.is_superuser:
            return rows
        policy = policy_registry.get_by_type(BasePage)
        pages = policy.instances_user_has_any_permission_for(user, self.opening)
        return rows.filter(page__in=pages.values("pk"))
