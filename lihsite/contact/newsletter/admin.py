"""The subscriptions in the admin: read, deleted and exported, never written."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from wagtail.admin.views import generic
from wagtail.admin.viewsets.model import ModelViewSet
from wagtail.log_actions import log
from wagtail.models import Site
from wagtail.permission_policies import ModelPermissionPolicy

from lihsite.contact.newsletter.links import unsubscribe_address
from lihsite.contact.newsletter.subscriptions import Subscription
from lihsite.spreadsheets import HarmlessSpreadsheetMixin

EXPORT = "contact.export_newsletter"
ACTIONS = {"view", "delete", "export"}


class NeverWritten(ModelPermissionPolicy):
    """Only the owner of an address adds or changes it; not even a superuser does."""

    def user_has_permission(self, user, action):
        return action in ACTIONS and super().user_has_permission(user, action)

    def user_has_any_permission(self, user, actions):
        return any(self.user_has_permission(user, action) for action in actions)


class SubscriptionIndexView(HarmlessSpreadsheetMixin, generic.IndexView):
    """The list; who exported it, and how many addresses, is kept in the log of the site."""

    list_export = ("email", "language", "confirmed_at", "unsubscribe_url")
    export_headings = {"unsubscribe_url": _("Address to unsubscribe")}

    def dispatch(self, request, *args, **kwargs):
        if self.is_export and not self.user_has_permission("export"):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def show_export_buttons(self):
        return self.user_has_permission("export")

    def get_base_queryset(self):
        """All of them; for the mailing tool those alone that are confirmed."""
        subscriptions = super().get_base_queryset()
        return subscriptions.confirmed() if self.is_export else subscriptions

    def as_spreadsheet(self, queryset, spreadsheet_format):
        site = Site.find_for_request(self.request) or self.model()
        count = queryset.count()
        log(instance=site, action=EXPORT, user=self.request.user, data={"count": count})
        return super().as_spreadsheet(queryset, spreadsheet_format)

    def to_row_dict(self, item):
        item.unsubscribe_url = settings.WAGTAILADMIN_BASE_URL + unsubscribe_address(
            item.key, item.language
        )
        return super().to_row_dict(item)


class SubscriptionViewSet(ModelViewSet):
    model = Subscription
    icon = "mail"
    menu_label = _("Newsletter")
    menu_order = 710
    add_to_admin_menu = True
    index_view_class = SubscriptionIndexView
    inspect_view_enabled = True
    inspect_view_fields = ["email", "language", "asked_at", "confirmed_at"]
    copy_view_enabled = False
    list_display = ["email", "language", "asked_at", "confirmed_at"]
    list_filter = ["language", "confirmed_at"]
    search_fields = ["email"]
    ordering = ["-asked_at"]
    form_fields = ["language"]
    export_filename = "newsletter"
