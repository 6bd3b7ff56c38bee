"""The report of tasks: what waits, runs, failed and was done, to try again or delete."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.formats import date_format
from django.utils.functional import cached_property
from django.utils.timezone import localtime
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import View
from django_tasks_db.models import DBTaskResult
from wagtail.admin.filters import WagtailFilterSet
from wagtail.admin.ui.tables import Column, DateColumn, NumberColumn
from wagtail.admin.views.generic import PermissionCheckedMixin
from wagtail.permission_policies import ModelPermissionPolicy

from lihsite.choice_filters import AnyOfFilter
from lihsite.reports import Report

from .retries import error_of, try_now
from .states import State, overdue_tasks, tasks_with_state

policy = ModelPermissionPolicy(DBTaskResult)
LOOKING = ["view", "change", "delete"]
"""The permissions of which one is needed to see the report: `change` is to try again."""

NAMES = {
    "lihsite.accounts.password_reset.send_mails": gettext_lazy("Answer a forgotten password"),
    "lihsite.background.clock.run_command": gettext_lazy("By the clock"),
    "lihsite.background.mail.deliver": gettext_lazy("Deliver a mail"),
    "lihsite.contact.newsletter.mails.send_link": gettext_lazy("Confirm a newsletter sign-up"),
    "lihsite.contact.notification.notify": gettext_lazy("Tell of an answer to a form"),
    "lihsite.media.files.delete_file": gettext_lazy("Delete a file"),
    "lihsite.pages.picture_sizes.make_sizes_of": gettext_lazy("Make the sizes of pictures"),
    "lihsite.pages.social_cards.draw_cards_of": gettext_lazy("Draw the cards for networks"),
    "lihsite.search.document_texts.read_text": gettext_lazy("Read the text of a document"),
    "lihsite.visits.warming.warm_pages": gettext_lazy("Warm the page cache"),
    "wagtail.contrib.frontend_cache.tasks.purge_urls_from_cache_task": gettext_lazy(
        "Tell caches in front of the site"
    ),
    "wagtail.images.tasks.set_image_focal_point_task": gettext_lazy("Find faces in a picture"),
    "wagtail.tasks.delete_file_from_storage_task": gettext_lazy("Delete a file"),
}
"""What tasks are called; one of a later version goes by its path."""

COMMANDS = {
    "publish_scheduled": gettext_lazy("publish what is scheduled"),
    "seal_secrets": gettext_lazy("seal secrets with the current key"),
    "delete_expired": gettext_lazy("delete what was kept long enough"),
    "empty_trash": gettext_lazy("delete pages that can no longer be restored"),
    "delete_old_tasks": gettext_lazy("delete tasks that are over"),
    "check_links": gettext_lazy("check links"),
}
"""What is done by the clock, by its command."""


class TasksFilterSet(WagtailFilterSet):
    state = AnyOfFilter(label=gettext_lazy("State"), choices=State.choices)
    task = AnyOfFilter(
        label=gettext_lazy("Task"), field_name="task_path", choices=sorted(NAMES.items())
    )

    class Meta:
        model = DBTaskResult
        fields = []


class MomentColumn(Column):
    """Writes a time to come, for which Wagtail's column of dates says “Just now”."""

    def get_value(self, instance):
        value = super().get_value(instance)
        return value and date_format(localtime(value), "DATETIME_FORMAT")


class DoColumn(Column):
    """The buttons of those who may."""

    cell_template_name = "lihsite/admin/tasks/do_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        user = parent_context["request"].user
        is_over = instance.state in (State.FAILED, State.DONE)
        may_try = instance.state in (State.FAILED, State.AGAIN)
        context["may_try"] = may_try and policy.user_has_permission(user, "change")
        context["may_delete"] = is_over and policy.user_has_permission(user, "delete")
        return context


class TasksReport(Report):
    model = DBTaskResult
    filterset_class = TasksFilterSet
    template_name = "lihsite/admin/tasks/report.html"
    page_title = gettext_lazy("Background tasks")
    header_icon = "tasks"
    default_ordering = "-enqueued_at"
    no_results_message = gettext_lazy("There are no tasks.")
    export_filename = "tasks"
    list_export = ["name", "state_name", "tries", "error", "enqueued_at", "finished_at"]
    columns = [
        Column("name", label=gettext_lazy("Task"), sort_key="task_path"),
        Column("state_name", label=gettext_lazy("State"), sort_key="status"),
        NumberColumn("tries", label=gettext_lazy("Tries")),
        Column("error", label=gettext_lazy("Error")),
        DateColumn("enqueued_at", label=gettext_lazy("Asked for"), sort_key="enqueued_at"),
        MomentColumn("next_try", label=gettext_lazy("Next try"), sort_key="run_after"),
        DateColumn("finished_at", label=gettext_lazy("Over"), sort_key="finished_at"),
        DoColumn("do", label=gettext_lazy("Actions"), accessor="name"),
    ]

    @classmethod
    def is_open_to(cls, user):
        return policy.user_has_any_permission(user, LOOKING)

    def get_base_queryset(self):
        return tasks_with_state()

    def get_table(self, object_list):
        return super().get_table([told(task) for task in object_list])

    def to_row_dict(self, item):
        return super().to_row_dict(told(item))

    def get_context_data(self, *args, **kwargs):
        context = super().get_context_data(*args, **kwargs)
        return {**context, "overdue": overdue_tasks().count()}


def told(task: DBTaskResult) -> DBTaskResult:
    """The task with what a row says of it; of its arguments only which command it is."""
    task.name = NAMES.get(task.task_path, task.task_path)
    if task.task_path.endswith(".run_command"):
        (command,) = task.args_kwargs["args"]
        task.name = _("By the clock: %(what)s") % {"what": COMMANDS.get(command, command)}
    task.state_name = State(task.state).label
    task.tries = len(task.worker_ids)
    task.error = error_of(task) if task.state in (State.AGAIN, State.FAILED) else ""
    task.next_try = task.run_after if task.state == State.AGAIN else None
    return task


class OneTaskView(PermissionCheckedMixin, View):
    """Does something to one task; raises Http404 and PermissionDenied."""

    http_method_names = ["post"]
    permission_policy = policy

    def back(self, message: str):
        messages.success(self.request, message)
        return redirect(reverse("tasks:report"))

    @cached_property
    def tasks(self):
        return DBTaskResult.objects.filter(
            pk=get_object_or_404(DBTaskResult, pk=self.kwargs["pk"]).pk
        )


class TryAgainView(OneTaskView):
    permission_required = "change"

    def post(self, request, pk):
        tries = try_now(self.tasks)
        return self.back(_("It is tried again now.") if tries else _("It is not waiting any more."))


class DeleteTaskView(OneTaskView):
    permission_required = "delete"

    def post(self, request, pk):
        self.tasks.finished().delete()
        return self.back(_("The task is deleted."))
