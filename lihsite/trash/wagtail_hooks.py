"""Deleted pages in the admin: the report, what the log says, the right."""

from django.contrib.auth.models import Permission
from django.urls import path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages

from lihsite.reports import register_report

from .access import may_open_list
from .emptying import DELETE
from .models import DELETE_FOR_GOOD, DeletedPage
from .restoring import RESTORE
from .views import REPORT, DeletedPagesReport, DeleteForGoodView, RestoreView

register_report(
    DeletedPagesReport,
    "deleted-pages",
    order=25,
    row_urls=[
        path("<int:pk>/restore/", RestoreView.as_view(), name="restore"),
        path("<int:pk>/delete/", DeleteForGoodView.as_view(), name="delete"),
    ],
)


@hooks.register("after_delete_page")
def say_where_it_is(request, page):
    entry = DeletedPage.objects.filter(page_key=page.pk).first()
    if entry and may_open_list(request.user):
        button = messages.button(reverse(REPORT), _("Deleted pages"))
        messages.info(request, _("It can be restored."), buttons=[button])


@hooks.register("register_log_actions")
def register_actions(actions):
    actions.register_action(RESTORE, _("Restore a deleted page"), _("Restored"))
    actions.register_action(DELETE, _("Delete a page for good"), _("Deleted for good"))


@hooks.register("register_permissions")
def register_right():
    return Permission.objects.filter(content_type__app_label="trash", codename=DELETE_FOR_GOOD)
