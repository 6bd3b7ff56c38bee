"""The report of tasks in the admin."""

from django.contrib.auth.models import Permission
from django.urls import include, path, reverse
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.menu import MenuItem

from .report import LOOKING, DeleteTaskView, TasksView, TryAgainView, policy

urls = (
    [
        path("", TasksView.as_view(), name="report"),
        path("results/", TasksView.as_view(results_only=True), name="report_results"),
        path("<uuid:pk>/again/", TryAgainView.as_view(), name="again"),
        path("<uuid:pk>/delete/", DeleteTaskView.as_view(), name="delete"),
    ],
    "tasks",
)


@hooks.register("register_admin_urls")
def tasks_urls():
    return [path("reports/tasks/", include(urls))]


class TasksMenuItem(MenuItem):
    def is_shown(self, request):
        return policy.user_has_any_permission(request.user, LOOKING)


@hooks.register("register_reports_menu_item")
def tasks_menu_item():
    return TasksMenuItem(
        _("Background tasks"),
        reverse("tasks:report"),
        name="background-tasks",
        icon_name="tasks",
        order=1000,
    )


@hooks.register("register_permissions")
def tasks_permissions():
    """Those that the form of a group offers: to change a task is to try it again."""
    return Permission.objects.filter(
        content_type__app_label="django_tasks_database",
        codename__in=[f"{name}_dbtaskresult" for name in LOOKING],
    )
