"""The addresses of the newsletter and of forms that are sent, in each language."""

from django.urls import path, re_path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.csrf import csrf_exempt
from wagtail.views import serve

from lihsite.contact.form_page import SEND
from lihsite.contact.newsletter import views

urlpatterns = [
    path(_("newsletter/"), views.sign_up, name="newsletter"),
    path(_("newsletter/check-your-mail/"), views.asked, name="newsletter_asked"),
    path(
        _("newsletter/confirm/<str:token>/"), views.confirm_subscription, name="newsletter_confirm"
    ),
    path(
        _("newsletter/unsubscribe/<str:token>/"),
        views.end_subscription,
        name="newsletter_unsubscribe",
    ),
    # Wagtail's own view, so that private pages are private here too; the page answers as it routes.
    re_path(rf"^((?:[\w\-]+/)+{SEND}/)$", csrf_exempt(serve), name="contact_send"),
]
