"""What a file that came back would change: a dry run, and then all of it or nothing."""

import re
from dataclasses import replace

from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.utils.translation import gettext as _
from wagtail.log_actions import LogContext

from lihsite.multilingual.exchange_records import Export
from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.segment_writing import check_text, names_without_place, set_segments
from lihsite.multilingual.segments import fingerprint
from lihsite.multilingual.states import confirm_segments
from lihsite.translating.markup import (
    Coded,
    Tag,
    Text,
    code,
    has_words,
    problems_of,
    put_together,
)

from . import formats
from .documents import ObjectTexts, Unit
from .plans import Change, Conflict, Plan, Problem
from .subjects import Subject, subjects_named


def plan_import(data: bytes, user, *, lock: bool = False) -> Plan:
    """What the file would change; nothing is written. Raises `Unreadable`.

    With `lock` nobody else can save what the file is about until the transaction ends.
    """
    plan = Plan()
    objects = formats.read(data)
    subjects = subjects_named({texts.key for texts in objects}, lock=lock)
    exports = Export.objects.in_bulk({texts.token for texts in objects}, field_name="token")
    seen: set[str] = set()
    for texts in objects:
        subject, record = subjects.get(texts.key), exports.get(texts.token)
        reasons = reasons_against(subject, texts, record, user)
        if reasons:
            where = subject.title if subject else texts.title or "?"
            plan.problems += [Problem(where, reason) for reason in reasons]
            continue
        went_out = record.texts.get(subject.key, {}) if record else {}
        language = language_of(texts.target_language)
        SubjectReader(subject, language, went_out, plan, seen, user).read(texts)
    return plan


def language_of(code_in_file: str) -> str | None:
    """The language of the site that a file names; its variant (`fr-LU`) counts as it."""
    wanted = (code_in_file or "").replace("_", "-").lower()
    by_code = {code.lower(): code for code in language_codes()}
    return by_code.get(wanted) or by_code.get(wanted.partition("-")[0])


def reasons_against(
    subject: Subject | None, texts: ObjectTexts, record: Export | None, user
) -> list[str]:
    """Why nothing of the file can be taken into the object."""
    if subject is None:
        return [_("The file is about a page or another object that is not here.")]
    language, source = language_of(texts.target_language), subject.source_language
    if language is None:
        return [_("The language “%(code)s” is none of the site.") % {"code": texts.target_language}]
    if language_of(texts.source_language) != source:
        return [
            _("The file is from “%(code)s”, but the source here is %(language)s.")
            % {"code": texts.source_language, "language": language_name(source)}
        ]
    if language == source:
        return [
            _("%(language)s is the source language here.") % {"language": language_name(source)}
        ]
    if record and record.language != language:
        names = {"exported": language_name(record.language), "language": language_name(language)}
        return [_("The file was exported for %(exported)s, but says %(language)s.") % names]
    return subject.reasons_against(user, language)


class SubjectReader:
    """Compares what a file has of one object with what it says now, and with what went out."""

    def __init__(self, subject, language: str, went_out: dict, plan: Plan, seen: set, user):
        self.subject, self.language, self.went_out = subject, language, went_out
        self.plan, self.seen = plan, seen
        self.title, self.edit_url = subject.title, subject.edit_url(user)
        self.sources = subject.segments(subject.source_language)
        self.targets = subject.segments(language)
        self.unconfirmed = subject.unconfirmed(language, self.targets)
        self.recorded = subject.recorded(language)

    def read(self, texts: ObjectTexts) -> None:
        read_before = len(self.plan.changes)
        for unit in texts.units:
            if unit.name in self.sources:
                self._read_unit(unit)
            elif unit.name in self.went_out:
                self.plan.removed.append(Problem(self.title, self.went_out[unit.name][0]))
            else:
                self._refuse(unit.name or "?", str(self.subject.unknown_text))
        self._refuse_what_has_no_place(self.plan.changes[read_before:])

    def _refuse_what_has_no_place(self, changes: list[Change]) -> None:
        nowhere = names_without_place(
            type(self.subject.instance),
            self.subject.content,
            self.language,
            self.subject.source_language,
            {change.name: change.after for change in changes},
        )
        for change in changes:
            if change.name in nowhere:
                self.plan.changes.remove(change)
                self._refuse(
                    change.label, _("the table has other rows or columns in the translation")
                )

    def _refuse(self, where: str, *messages: str) -> None:
        self.plan.problems += [Problem(f"{self.title}: {where}", text) for text in messages]

    def _read_unit(self, unit: Unit) -> None:
        segment = self.sources[unit.name]
        key = f"{self.subject.key}:{self.language}:{unit.name}"
        if key in self.seen:
            return self._refuse(segment.label, _("the text is there more than once"))
        self.seen.add(key)
        if unit.problems:
            return self._refuse(segment.label, *unit.problems)
        if unit.target is None or not has_words(unit.target, is_rich=segment.is_rich):
            self.plan.untranslated += 1
            return None
        here = self.targets[unit.name].text if unit.name in self.targets else ""
        then_source, then_target = self.went_out.get(unit.name, (None, here))
        source, moved_on = self._source_then(segment, unit, then_source)
        # The tags went out with the numbers of the links as they were then.
        sent = source if then_source is None else code(then_source, is_rich=segment.is_rich)
        target = code(then_target, is_rich=segment.is_rich).numbered_like(sent)
        if unit.target == target.pieces:
            return self._read_untouched(segment, unit, then_source, here, moved_on=moved_on)
        if problems := problems_of(unit.target, source, target):
            return self._refuse(segment.label, *problems)
        tags = {**source.tags, **target.tags}
        text = put_together(unit.target, tags, is_rich=segment.is_rich)
        if segment.is_one_line:
            text = in_one_line(text)
        if text == here:
            self.plan.unchanged += 1
            return None
        if messages := check_text(self.subject.instance, segment, text):
            return self._refuse(segment.label, *messages)
        if moved_on and then_source is None:
            then_source = said_in(unit.source, source, is_rich=segment.is_rich)
        conflicts = [Conflict.SOURCE] if moved_on else []
        if here != then_target:
            conflicts.append(Conflict.TARGET)
        return self._note(segment, here, text, then_source, conflicts)

    def _source_then(self, segment, unit: Unit, then_source: str | None) -> tuple[Coded, bool]:
        """The source that was translated, and whether another text stands there now."""
        now = code(segment.text, is_rich=segment.is_rich)
        if then_source is None:
            # Not from here, or before the record of it was lost: what the file says is compared.
            return now, unit.source != now.pieces
        if fingerprint(then_source) == fingerprint(segment.text):
            return now, False
        return code(then_source, is_rich=segment.is_rich), True

    def _read_untouched(self, segment, unit, then_source, here, *, moved_on) -> None:
        """An outdated or a machine's translation whose unit was marked as finished is right."""
        current = fingerprint(segment.text)
        is_outdated = (self.recorded.get(unit.name) or current) != current
        if (
            (is_outdated or unit.name in self.unconfirmed)
            and here
            and not (unit.is_open or moved_on)
        ):
            self._note(segment, here, here, then_source, [])
        else:
            self.plan.unchanged += 1

    def _note(self, segment, before, after, then_source, conflicts) -> None:
        self.plan.changes.append(
            Change(
                self.subject.key,
                self.title,
                self.edit_url,
                self.language,
                segment.name,
                segment.label,
                before,
                after,
                source=fingerprint(segment.text if then_source is None else then_source),
                conflicts=tuple(conflicts),
                source_then=then_source or "",
                source_now=segment.text,
                is_rich=segment.is_rich,
            )
        )


def in_one_line(text: str) -> str:
    """The text with the lines joined that a tool has broken it into."""
    return re.sub("[\r\n]+[ \t]*", " ", text.strip("\r\n"))


def said_in(pieces, here: Coded, *, is_rich: bool) -> str:
    """The text that a file names as the source; a tag that is not here stays a number."""
    numbers = {piece.id for piece in pieces if not isinstance(piece, Text)}
    tags = {number: here.tags.get(number, Tag(f"<{number}>")) for number in numbers}
    return put_together(pieces, tags, is_rich=is_rich)


class Refused(ValueError):
    """The import was not done; the message says why."""


@transaction.atomic
def apply(data: bytes, user, *, digest: str, taken: set[str]) -> Plan:
    """Do what was previewed: all changes without conflict, and the conflicting ones in `taken`.

    Returns the plan with the changes that were made.
    Raises `Refused` where it would not be what was previewed, or one cannot be saved; then
    nothing has been written.
    """
    plan = plan_import(data, user, lock=True)
    if plan.problems or plan.digest != digest:
        raise Refused(_("The texts have changed since the preview. Nothing was imported."))
    wanted = [change for change in plan.changes if not change.conflicts or change.key in taken]
    by_object: dict[tuple[str, str], list[Change]] = {}
    for change in wanted:
        by_object.setdefault((change.object_key, change.language), []).append(change)
    for (key, language), changes in by_object.items():
        try:
            # Of the entries of one context a history shows the last alone, whosever it is.
            with LogContext(user=user):
                write(subjects_named([key])[key], language, changes, user)
        except (PermissionDenied, ValidationError) as error:
            reasons = error.messages if isinstance(error, ValidationError) else [str(error)]
            raise Refused(
                _("%(page)s: %(reasons)s Nothing was imported.")
                % {"page": changes[0].object_title, "reasons": " ".join(reasons)}
            ) from error
    return replace(plan, changes=wanted)


def write(subject: Subject, language: str, changes: list[Change], user) -> None:
    """Save the object with the changes, which translate the source that went out."""
    draft = subject.draft()
    set_segments(draft, language, {change.name: change.after for change in changes})
    draft.seen_sources = {language: {change.name: change.source for change in changes}}
    confirm_segments(draft, language, [one.name for one in changes if one.is_confirmation])
    subject.save(draft, user)
