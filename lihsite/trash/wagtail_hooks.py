"""Deleted pages in the admin: the screen, its menu item, what the log says, the right."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin import messages
from wagtail.admin.menu import MenuItem

from .access import may_open_list
from .emptying import DELETE
from .models import DELETE_FOR_GOOD, DeletedPage
from .restoring import RESTORE
from .views import REPORT, DeletedPagesView, DeleteForGoodView, RestoreView

urls = (
    [
        path("", DeletedPagesView.as_view(), name="report"),
        path("results/", DeletedPagesView.as_view(results_only=True), name="report_results"),
        path("<int:pk>/restore/", RestoreView.as_view(), name="restore"),
        path("<int:pk>/delete/", DeleteForGoodView.as_view(), name="delete"),
    ],
    "deleted_pages",
)


@hooks.register("register_admin_urls")
def deleted_pages_urls():
    return [path("reports/deleted-pages/", include(urls))]


class DeletedPagesMenuItem(MenuItem):
    def is_shown(self, request):
        return may_open_list(request.user)


@hooks.register("register_reports_menu_item")
def deleted_pages_menu_item():
    return DeletedPagesMenuItem(
        _("Deleted pages"), reverse(REPORT), name="deleted-pages", icon_name="bin", order=25
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
