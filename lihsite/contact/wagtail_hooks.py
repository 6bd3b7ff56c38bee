"""Forms and the newsletter in the admin."""

from django.contrib.auth.models import Permission
from wagtail import hooks
from wagtail.permissions import register_permission_policy

from lihsite.contact.form_page import FormPage
from lihsite.contact.log_actions import register_contact
from lihsite.contact.newsletter.admin import NeverWritten, SubscriptionViewSet
from lihsite.contact.newsletter.subscriptions import Subscription
from lihsite.contact.submissions_list import SubmissionsView, only_for_readers

# Wagtail's views want all models, so this one is named after they are loaded.
register_permission_policy(Subscription, NeverWritten(Subscription))
FormPage.submissions_list_view_class = SubmissionsView

hooks.register("register_log_actions", register_contact)
hooks.register("filter_form_submissions_for_user", only_for_readers)


@hooks.register("register_admin_viewset")
def register_newsletter():
    return SubscriptionViewSet("newsletter")


@hooks.register("register_permissions")
def contact_permissions():
    """Those that the form of a group offers."""
    return Permission.objects.filter(
        content_type__app_label="contact",
        codename__in=[
            "view_submission",
            "view_subscription",
            "delete_subscription",
            "export_subscription",
        ],
    )
