"""Publishes and unpublishes a page language by language, and says what stands in the way.

What goes live is joined: the live content with the published languages of the draft. It is kept as
a revision of its own, and the draft stays the newest revision with its other changes; where nothing
else is left in the draft, the draft itself is published.
"""

from dataclasses import dataclass
from functools import cached_property

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from wagtail.locks import BasicLock
from wagtail.log_actions import log
from wagtail.models import Revision

from . import kept_drafts
from .contents import as_stored
from .joining import differs_from_live, joined
from .languages import column, language_codes, language_name
from .live_revisions import forget_future_schedule, put_live
from .machine_marks import machine_translated
from .permissions import may_publish, may_publish_all
from .segments import count_words, instance_values, plain_text, walk_segments
from .states import State, progress_of, segments_to_do

PUBLISH = "lihsite.publish_languages"
UNPUBLISH = "lihsite.unpublish_languages"
SCHEDULED = ".scheduled"
"""What is added to an action's name in the log where a schedule did it."""


@transaction.atomic
def publish_languages(
    page,
    languages,
    *,
    user=None,
    kept: dict | None = None,
    with_shared: bool | None = None,
    skip_permission_checks: bool = False,
    log_suffix: str = "",
) -> Revision:
    """Put the languages of the page's draft live, and nothing else of it; returns what is live now.

    `kept` is the draft to take, as `kept_draft` gave it once, by default the newest. The shared
    fields come along with the source language, unless `with_shared` says otherwise, and always
    where visitors do not get the page yet; without any language they are published alone. Of a
    draft that was kept only those go live that it changed, where the page is live.

    Raises PermissionDenied, and ValidationError with what is missing; nothing is changed then.
    """
    row = locked_row(page)
    languages = in_order(languages)
    is_first = not row.live
    if with_shared is None:
        with_shared = brings_shared(row, languages, None if skip_permission_checks else user)
    with_shared = with_shared or is_first
    if user and not skip_permission_checks:
        check_may_publish(user, row, languages, with_shared=with_shared)
    check_choice(row, languages, with_shared=with_shared, is_first=is_first)

    model, draft = type(row), draft_revision(row)
    live = as_stored(row.serializable_data())
    content = draft.content if draft else live
    if kept:
        if with_shared and not is_first:
            _check_shared(row, live, **kept)
        content = with_live_shared(row, kept) if with_shared else kept["content"]
    result = joined(
        model, content if is_first else live, content, languages, with_shared=with_shared
    )
    for language in language_codes():
        if is_first or language in languages:
            result[column("live_in", language)] = language in languages
    forget_future_schedule(result)
    return put_live(
        row,
        draft,
        result,
        {column("live_in", language): True for language in languages},
        user=user,
        check=_check_complete(languages),
        action_name=PUBLISH + log_suffix,
        data={"languages": languages, "shared": with_shared},
    )


@transaction.atomic
def unpublish_languages(
    page, languages, *, user=None, skip_permission_checks: bool = False, log_suffix: str = ""
) -> None:
    """Take the languages off; the others stay live. The last one unpublishes the page.

    Drafts keep all texts. Raises PermissionDenied, and ValidationError for an alias.
    """
    row = locked_row(page)
    languages = [code for code in in_order(languages) if code in row.live_languages]
    if user and not skip_permission_checks:
        check_may_publish(user, row, languages, with_shared=False)
    if row.alias_of_id:
        raise ValidationError(alias_message())
    if not row.live or not languages:
        return
    if set(languages) == set(row.live_languages):
        log(row, UNPUBLISH + log_suffix, user=user, data={"languages": languages})
        row.unpublish(user=user, log_action=False)
        return
    flags = {column("live_in", language): False for language in languages}
    put_live(
        row,
        draft_revision(row),
        {**as_stored(row.serializable_data()), **flags},
        flags,
        user=user,
        action_name=UNPUBLISH + log_suffix,
        data={"languages": languages},
    )


def locked_row(page):
    """The page as it is stored, with its row locked until the end of the transaction."""
    rows = page.base_page_model.objects.order_by().select_for_update()
    rows.values_list("pk").get(pk=page.pk)
    return page.specific_class.objects.get(pk=page.pk)


def draft_revision(row) -> Revision | None:
    """The newest revision of a stored page, if it holds changes that are not live."""
    return row.latest_revision if row.has_unpublished_changes else None


def kept_draft(row) -> dict:
    """The newest draft of a stored page as it can be published later, with `shared_base`."""
    live = as_stored(row.serializable_data())
    draft = draft_revision(row)
    content = draft.content if draft else live
    base = kept_drafts.shared_base(type(row), live if row.live else None, content)
    return {"content": content, "shared_base": base}


def with_live_shared(row, kept: dict) -> dict:
    """The content of a kept draft whose shared fields are as they would go live now."""
    live = as_stored(row.serializable_data())
    base = kept["shared_base"] if row.live else None
    return kept_drafts.with_shared_of(type(row), live, kept["content"], base)


def brings_shared(row, languages, user=None) -> bool:
    """Whether the shared fields of a live page come along where nobody has said so.

    For a user who may not publish them, they stay.
    """
    return row.source_language in languages and (user is None or may_publish_all(user, row))


def in_order(languages) -> list[str]:
    """The languages in settings' order. Raises ValidationError if one is none of the site's."""
    unknown = set(languages) - set(language_codes())
    if unknown:
        raise ValidationError(
            _("Unknown language: %(codes)s.") % {"codes": ", ".join(sorted(unknown))}
        )
    return [code for code in language_codes() if code in languages]


def check_may_publish(user, row, languages, *, with_shared: bool) -> None:
    """Raise PermissionDenied unless the user may put all of it live, or take it off, now."""
    lock = row.get_lock()
    # Wagtail's other locks, of a workflow or a schedule, are about the page as a whole.
    if isinstance(lock, BasicLock) and lock.for_user(user):
        raise PermissionDenied(_("The page is locked by someone else."))
    for language in languages:
        if not may_publish(user, row, language):
            raise PermissionDenied(
                _("You may not publish this page in %(language)s.")
                % {"language": language_name(language)}
            )
    if with_shared and not may_publish_all(user, row):
        raise PermissionDenied(
            _("The shared fields would go live too, and you may not publish those.")
        )


def alias_message() -> str:
    return _("An alias follows its original page: publish that one.")


def missing_message(row, language: str, name: str) -> str:
    return _("%(language)s: “%(field)s” is missing.") % {
        "language": language_name(language),
        "field": _field_label(type(row), name),
    }


def error_text(error: Exception) -> str:
    """Why something was refused, or failed, in one line."""
    return " ".join(error.messages) if isinstance(error, ValidationError) else str(error)


def check_choice(row, languages, *, with_shared: bool, is_first: bool) -> None:
    """Raise ValidationError for an alias, and where nothing is chosen to be published."""
    if row.alias_of_id:
        raise ValidationError(alias_message())
    if not languages and (is_first or not with_shared):
        raise ValidationError(_("Choose at least one language."))


def _check_shared(row, live, content, shared_base) -> None:
    """Raise ValidationError for what was published meanwhile and the draft changed as well."""
    conflicts = kept_drafts.shared_conflicts(type(row), live, content, shared_base or {})
    if conflicts:
        raise ValidationError(
            _(
                "Shared fields have been published with other values meanwhile: %(fields)s. "
                "Nothing goes live: check them in the newest draft, and submit or schedule that."
            )
            % {"fields": ", ".join(_field_label(type(row), name) for name in conflicts)}
        )


def _check_complete(languages):
    """A check of what is about to go live: it raises ValidationError with all that is missing."""

    def check(after):
        messages = []
        for language in after.live_languages:
            for name in after.get_missing_to_publish(language):
                message = missing_message(after, language, name)
                if language not in languages:
                    message = _("%(missing)s It is live and would be taken off.") % {
                        "missing": message
                    }
                messages.append(message)
        if messages:
            raise ValidationError(messages)

    return check


@dataclass(frozen=True)
class SegmentToDo:
    """A segment of the source whose translation is missing or outdated."""

    name: str
    label: str
    """Where it stands, in the words of the edit form."""
    text: str
    """The source text, without markup."""

    @property
    def words(self) -> int:
        return count_words(self.text)


@dataclass(frozen=True)
class LanguageReadiness:
    """What publishing one language of a draft would put live, and what is still to do in it."""

    language: str
    state: State
    missing: list[str]
    """The labels of the fields without which the language cannot go live."""
    untranslated: list[SegmentToDo]
    outdated: list[SegmentToDo]
    by_machine: list[SegmentToDo]
    """What holds a machine's words that no person has confirmed."""
    is_live: bool
    differs: bool
    """Whether the draft's texts differ from what visitors get, or would get, in the language."""
    review: object | None
    """The review that waits for a decision, if any."""

    @property
    def name(self) -> str:
        return language_name(self.language)

    @property
    def is_ready(self) -> bool:
        is_done = self.state in (State.SOURCE, State.UP_TO_DATE)
        return is_done and not self.missing and not self.by_machine

    @property
    def would_change(self) -> bool:
        """Whether publishing the language would change what visitors get."""
        return self.differs or not self.is_live

    @cached_property
    def words_to_do(self) -> int:
        return sum(segment.words for segment in [*self.untranslated, *self.outdated])


def preflight(page) -> list[LanguageReadiness]:
    """How ready each language of the page's newest draft is, in settings' order."""
    row = page.specific_class.objects.get(pk=page.pk)
    revision = draft_revision(row)
    live = as_stored(row.serializable_data())
    content = revision.content if revision else live
    draft = row.with_content_json(dict(content)) if revision else row
    reviews = {review.language: review for review in row.language_reviews.waiting()}
    return [
        _readiness(row, draft, live, content, language, reviews.get(language))
        for language in language_codes()
    ]


def _readiness(row, draft, live, content, language, review) -> LanguageReadiness:
    model = type(row)
    untranslated, outdated = segments_to_do(draft, language)
    values = instance_values(draft, [draft.source_language])
    source = list(walk_segments(model, values, draft.source_language))
    labels = {segment.name: segment.label for segment in source}
    unconfirmed = machine_translated(draft, language)
    by_machine = {one.name: one.text for one in source if one.name in unconfirmed}
    return LanguageReadiness(
        language=language,
        state=progress_of(draft, language).state,
        missing=[_field_label(model, name) for name in draft.get_missing_to_publish(language)],
        untranslated=_segments(labels, untranslated),
        outdated=_segments(labels, outdated),
        by_machine=_segments(labels, by_machine),
        is_live=row.live and getattr(row, column("live_in", language)),
        differs=differs_from_live(model, live, content, language),
        review=review,
    )


def _segments(labels, texts: dict[str, str]) -> list[SegmentToDo]:
    return [SegmentToDo(name, labels[name], plain_text(text)) for name, text in texts.items()]


def _field_label(model, name: str) -> str:
    field = model._meta.get_field(name)
    named = field.related_model._meta.verbose_name_plural if field.one_to_many else None
    return str(capfirst(named or field.verbose_name))


def shared_fields_differ(page) -> bool:
    """Whether the newest draft changes what all languages share."""
    row = page.specific_class.objects.get(pk=page.pk)
    revision = draft_revision(row)
    if not revision:
        return False
    live = as_stored(row.serializable_data())
    return differs_from_live(type(row), live, revision.content, None)
