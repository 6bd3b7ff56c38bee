"""The report of tasks in the admin."""

from django.contrib.auth.models import Permission
from django.urls import path
from wagtail import hooks

from lihsite.reports import register_report

from .report import LOOKING, DeleteTaskView, TasksReport, TryAgainView

register_report(
    TasksReport,
    "tasks",
    order=1000,
    row_urls=[
        path("<uuid:pk>/again/", TryAgainView.as_view(), name="again"),
        path("<uuid:pk>/delete/", DeleteTaskView.as_view(), name="delete"),
    ],
)


@hooks.register("register_permissions")
def tasks_permissions():
    """Those that the form of a group offers: to change a task is to try it again."""
    return Permission.objects.filter(
        content_type__app_label="django_tasks_database",
        codename__in=[f"{name}_dbtaskresult" for name in LOOKING],
    )
