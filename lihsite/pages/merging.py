"""Saves a page's form without taking anything from those who saved since it was loaded."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import JsonResponse
from django.template.loader import render_to_string
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from wagtail.admin import messages
from wagtail.models import TaskState

from lihsite.multilingual.contents import as_stored
from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.loaded_drafts import hold_page
from lihsite.multilingual.merging import (
    Merge,
    content_fields,
    content_relations,
    merge,
    records_beside_texts,
)
from lihsite.multilingual.segments import fingerprint, segments_of
from lihsite.multilingual.source_texts import remember
from lihsite.pages.comments import without_gone_comments
from lihsite.pages.conflicts import decisions_in, shown_conflicts
from lihsite.pages.loaded_forms import LoadedFormMixin
from lihsite.pages.others_changes import others_changes
from lihsite.pages.side_panels import checks_context

OVERWRITE = "overwrite_revision_id"
"""What Wagtail's autosave posts: the revision that the form has made by itself before."""


class MergingMixin(LoadedFormMixin):
    """For edit views: a form that names its `LoadedDraft` is merged into the newest draft.

    Forms that name none are saved as Wagtail saves them. Whoever saves holds the page's row until
    it is done, so that of two who save at once the second merges what the first has saved.
    """

    merge: Merge | None = None
    mine: dict | None = None
    """What the form posted."""
    shown: dict | None = None
    """What the form shows from now on, once it has saved."""
    saved_content: dict | None = None
    """What has just been saved by the form, joined with what others had saved."""
    partials_template_name = "lihsite/admin/edit_partials.html"

    def dispatch(self, request, page_id, **kwargs):
        if request.method != "POST":
            return super().dispatch(request, page_id, **kwargs)
        with transaction.atomic():
            hold_page(page_id)
            return super().dispatch(request, page_id, **kwargs)

    @cached_property
    def is_out_of_date(self):
        """Never, where what others have saved is merged."""
        return self.loaded_draft is None and super().is_out_of_date

    def post(self, request, *args, **kwargs):
        self.find_posted_draft()
        if self.loaded_draft:
            content = self.loaded_draft.content
            if content and not self.is_reverting and content != self.draft_content:
                self.page = self.page_from(content)
            request.POST = without_gone_comments(request.POST, self.page)
        return super().post(request, *args, **kwargs)

    def form_valid(self, form):
        if not self.loaded_draft:
            return super().form_valid(form)
        if self.is_late:
            return self.json_error_response("late", _("What is newer has been saved already."))
        mine = self.mine = self.posted_content(form)
        theirs = self.draft_content
        self.merge = merge(
            self.page_class, self.ancestor(mine), theirs, mine, decisions_in(form.data)
        )
        if self.merge.conflicts:
            return self.answer_conflicts(form)
        form.join = lambda page: self.join(page, mine, self.merge.content)
        form.instance.replaced_content = theirs
        self.keep_saving_into(form.instance, self.own_revision())
        try:
            with transaction.atomic():
                response = super().form_valid(form)
        except ValidationError as error:
            # Each was valid alone: an end after the start, a start before the end.
            form.add_error(None, error.messages)
            return self.form_invalid(form)
        if self.saved_content is None:
            self.note_what_is_shown()
        return response

    def ancestor(self, mine: dict) -> dict | None:
        """What the form had loaded, or None if that is not known.

        It shows the slugs that its own last save has given to titles, unless the browser posts
        the earlier ones once more: it may have posted before it got the answer.
        """
        loaded, own = self.loaded_draft.content, self.loaded_draft.revision
        if not (loaded and own):
            return loaded
        shown = {name for name in slug_columns() if mine.get(name) != loaded.get(name)}
        return loaded | {name: own.content[name] for name in shown}

    def shown_content(self) -> dict:
        """What the form showed before anything was typed, as far as is known."""
        if self.is_reverting:
            return as_stored(self.page.reverted_content or self.previous_revision.content)
        return self.loaded_draft.content or self.draft_content

    def posted_content(self, form) -> dict:
        """What the form shows now; what was not changed in it stays spelt as it was."""
        shown = self.shown_content()
        posted = as_stored(form.save(commit=False).serializable_data())
        changed = {*form.changed_data}
        changed.update(name for name, rows in form.formsets.items() if rows.has_changed())
        return {
            name: value if name in changed or name not in shown else shown[name]
            for name, value in posted.items()
        }

    def join(self, page, mine: dict, content: dict):
        """Put into the page that is being saved what others have made of it."""
        joined = self.page_from(content)
        different = {name for name, value in content.items() if value != mine.get(name)}
        fields = [field for _name, field, _language in content_fields(self.page_class)]
        if not self.is_reverting:
            # What one reverts to brings its own records.
            fields += records_beside_texts(self.page_class)
            self.note_seen_sources(page, mine, content)
        for field in fields:
            if field.name in different:
                setattr(page, field.attname, getattr(joined, field.attname))
        for relation in content_relations(self.page_class):
            name = relation.get_accessor_name()
            if name in different:
                setattr(page, name, getattr(joined, name).all())

    def note_seen_sources(self, page, mine: dict, content: dict):
        """What the form's author translates is the source that the form has loaded."""
        source = content["source_language"]
        shown = segments_of(self.page_class, mine, source)
        now = segments_of(self.page_class, content, source)
        seen = {name: text for name, text in shown.items() if now.get(name) != text}
        remember(seen.values())
        given = getattr(page, "seen_sources", {})
        page.seen_sources = {
            language: {
                **{name: fingerprint(text) for name, text in seen.items()},
                **given.get(language, {}),
            }
            for language in language_codes()
        }

    def own_revision(self):
        """The revision that the form made by itself, unless something now relies on it."""
        revision = self.loaded_draft.revision
        if not revision or self.request.POST.get(OVERWRITE) != str(revision.pk):
            return None
        is_relied_on = (
            revision.user_id != self.request.user.pk
            or revision.approved_go_live_at
            or revision.pk == self.real_page_record.live_revision_id
            or TaskState.objects.filter(revision=revision).exists()
        )
        return None if is_relied_on else revision

    def keep_saving_into(self, page, revision):
        """Save into a revision, which becomes the newest, or into a new one if it is None.

        Wagtail would refuse to once others have saved after it. What they have saved is in the
        content, and their revisions stay.
        """
        data = self.request.POST.copy()
        data.pop(OVERWRITE, None)
        if revision:
            data[OVERWRITE] = str(revision.pk)
            page.latest_revision = revision
        self.request.POST = data

    def note_what_is_shown(self):
        """What the form shows from now on is the ancestor of its next save."""
        latest = self.page.get_latest_revision()
        saved = self.saved_content = as_stored(latest.content)
        content = self.merge.content
        shown = {
            name: saved[name] if name in saved and content.get(name) == value else value
            for name, value in self.mine.items()
        }
        self.shown = shown
        self.loaded_draft.saves = self.save_number or self.loaded_draft.saves
        self.loaded_draft.content = shown | {
            name: self.mine[name] for name in slug_columns() if name in self.mine
        }
        self.loaded_draft.revision = latest if self.expects_json_response else None
        self.loaded_draft.saved_at = self.loaded_draft.last_used_at = timezone.now()
        self.loaded_draft.save()

    # Conflicts

    def answer_conflicts(self, form):
        """Save nothing, and show what both have made of the same text, to choose from."""
        form.restore_required_fields()
        message = _("Somebody else has changed the same text. Choose what is to be kept.")
        if self.expects_json_response:
            html = render_to_string(
                "lihsite/admin/conflicts.html", self.conflicts_context(), request=self.request
            )
            # Wagtail's client shows the message of the errors that it knows.
            answer = {"success": False, "error_code": "validation_error", "conflict": True}
            return JsonResponse({**answer, "error_message": message, "html": html}, status=409)
        messages.error(self.request, message)
        self.has_unsaved_changes = True
        return self.render_to_response(self.get_context_data())

    def conflicts_context(self) -> dict:
        conflicts = self.merge.conflicts if self.merge else []
        author = self.other_author() if conflicts else None
        return {"conflicts": shown_conflicts(conflicts), "other_author": author}

    def other_author(self):
        """Who has saved last, besides the form itself; None if that is not known."""
        others = self.real_page_record.revisions.exclude(pk=self.loaded_draft.revision_id)
        latest = others.select_related("user").order_by("-created_at", "-pk").first()
        return latest.user if latest else None

    # What others have changed

    @cached_property
    def others_changes(self) -> list:
        """What the open form shows otherwise than it is saved, because others have changed it."""
        if not (self.expects_json_response and self.saved_content):
            return []
        names = {*self.form.fields, *self.form.formsets}
        return others_changes(self.page_class, self.shown, self.saved_content, names)

    # What the page around the form shows

    def get_template_names(self):
        return [
            "lihsite/admin/edit.html" if name == "wagtailadmin/pages/edit.html" else name
            for name in super().get_template_names()
        ]

    def get_context_data(self, **kwargs):
        if self.expects_json_response and self.merge and not self.merge.conflicts:
            self.note_what_is_shown()
        context = super().get_context_data(**kwargs)
        return {
            **context,
            **self.conflicts_context(),
            "others_changes": self.others_changes,
            **(checks_context(self.page, self.request.user) if self.saved_content else {}),
        }

    def send_commenting_notifications(self, changes):
        """Once the page is stored: nobody waits for the mail server to save it."""
        send = super().send_commenting_notifications
        transaction.on_commit(lambda: send(changes))


def slug_columns() -> list[str]:
    return [column("slug", language) for language in language_codes()]
