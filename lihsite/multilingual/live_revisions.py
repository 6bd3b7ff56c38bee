"""How a joined content becomes what is live, and where its revision stands in the history."""

from datetime import timedelta

from django.utils import timezone
from django.utils.dateparse import parse_datetime
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.log_actions import log
from wagtail.models import Revision

from .contents import as_stored
from .joining import are_equal, with_keys
from .kept_drafts import EMBARGO, embargo_of_waiting
from .languages import column, language_codes
from .stored_states import store_states


class PublishLanguagesAction(PublishPageRevisionAction):
    """Like Wagtail's, but leaves the workflow and the schedule of the whole page in force."""

    def __init__(self, revision, user=None):
        # We log by ourselves, with the languages.
        super().__init__(revision, user=user, log_action=False)

    def execute(self):
        """Publish without checks: who may publish which language has been asked before."""
        scheduled = list(
            self.object.revisions.filter(approved_go_live_at__isnull=False)
            .exclude(pk=self.revision.pk)
            .only("approved_go_live_at")
        )
        super().execute(skip_permission_checks=True)
        for revision in scheduled:
            # `update`, because Wagtail takes a saved field for a schedule that was cancelled.
            Revision.objects.filter(pk=revision.pk).update(
                approved_go_live_at=revision.approved_go_live_at
            )

    def _after_publish(self):
        # As if `prefetch_workflow_states` had found none: Wagtail would cancel it.
        self.object._current_workflow_states = []
        super()._after_publish()


def forget_future_schedule(content: dict) -> None:
    """What is published by language is published now, whenever the whole page is to go live."""
    if content.get("go_live_at") and parse_datetime(content["go_live_at"]) > timezone.now():
        content["go_live_at"] = None


def put_live(row, draft, result: dict, flags: dict, *, user, check=None, action_name, data):
    """Publish `result`, keep the draft above it if it says anything else, and log the action.

    Returns the revision that is live then. `check` is asked whether the page may go live so.
    `flags` are the live languages that drafts and scheduled revisions take over: publishing them
    later as a whole would undo the choice otherwise. So it is with an embargo in scheduled ones.
    """
    model, now = type(row), timezone.now()
    live = as_stored({EMBARGO: row.embargo})
    draft_content = {**draft.content, **flags} if draft else None
    is_draft = draft is not None and are_equal(model, result, draft_content)
    if is_draft:
        revision = draft
        revision.content = draft_content
        Revision.objects.filter(pk=revision.pk).update(content=draft_content)
        revision.content_object = row
    else:
        revision = Revision.objects.create(
            content_object=row,
            base_content_type=row.get_base_content_type(),
            user=user,
            created_at=now,
            content=result,
            object_str=result["title"],
        )
        _place_in_history(row, draft, revision)
    action = PublishLanguagesAction(revision, user=user)
    if check:
        check(action.object)
    before, after = str(row), action.object
    action.execute()
    if draft is None:
        # What went live is the newest draft now, be it an older one that was kept.
        store_states(after, row=after)
    elif not is_draft:
        published = as_stored(after.serializable_data())
        Revision.objects.filter(pk=draft.pk).update(content=with_keys(draft_content, published))
    for scheduled in row.revisions.filter(approved_go_live_at__isnull=False).exclude(
        pk__in={revision.pk, draft.pk} if draft else {revision.pk}
    ):
        embargo = embargo_of_waiting(scheduled.content, live, result)
        content = {**scheduled.content, **flags, EMBARGO: embargo}
        Revision.objects.filter(pk=scheduled.pk).update(content=content)
    if before != str(after):
        renamed = {"title": {"old": before, "new": str(after)}}
        log(after, "wagtail.rename", user=user, data=renamed, revision=revision)
    log(after, action_name, user=user, data=data, revision=revision, content_changed=True)
    return revision


def _place_in_history(row, draft, revision):
    """Right below the draft, which stays the newest; without a draft, at the top."""
    if draft:
        row.latest_revision_created_at = revision.created_at + timedelta(microseconds=1)
        Revision.objects.filter(pk=draft.pk).update(created_at=row.latest_revision_created_at)
        return
    row.latest_revision = revision
    row.latest_revision_created_at = revision.created_at
    for language in language_codes():
        title = revision.content[column("title", language)]
        setattr(row, column("draft_title", language), title)
