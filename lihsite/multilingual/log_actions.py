"""What the log says of languages: published, scheduled, reviewed."""

from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.log_actions import LogFormatter
from wagtail.utils.timestamps import render_timestamp

from . import publishing, reviews, schedules
from .languages import language_name


class LanguagesFormatter(LogFormatter):
    """A message that names the languages of the entry, and a comment if one was given."""

    def __init__(self, label, message):
        self.label, self.text = label, message

    def format_message(self, log_entry):
        return str(self.text) % self.values(log_entry.data)

    def values(self, data) -> dict:
        names = [language_name(code) for code in data.get("languages", ())]
        if data.get("shared"):
            names.append(gettext("shared fields"))
        return {"languages": ", ".join(names)}

    def format_comment(self, log_entry):
        return log_entry.data.get("comment", "")


class ScheduleFormatter(LanguagesFormatter):
    """Also says when, and what is to happen then."""

    def values(self, data):
        at = parse_datetime(data.get("at", ""))
        action = schedules.LanguageSchedule.Action(data["action"])
        when = render_timestamp(at) if at else ""
        return {**super().values(data), "when": when, "action": action.label}


FORMATTERS = {
    publishing.PUBLISH: LanguagesFormatter(
        _("Publish languages"),
        # Translators: "French published", in the log
        _("%(languages)s published"),
    ),
    publishing.PUBLISH + publishing.SCHEDULED: LanguagesFormatter(
        _("Publish languages as scheduled"), _("%(languages)s published as scheduled")
    ),
    publishing.UNPUBLISH: LanguagesFormatter(
        _("Unpublish languages"), _("%(languages)s unpublished")
    ),
    publishing.UNPUBLISH + publishing.SCHEDULED: LanguagesFormatter(
        _("Unpublish languages as scheduled"), _("%(languages)s unpublished as scheduled")
    ),
    schedules.SCHEDULE: ScheduleFormatter(
        _("Schedule languages"), _("%(languages)s scheduled: %(action)s on %(when)s")
    ),
    schedules.CANCEL: ScheduleFormatter(
        _("Cancel a schedule of languages"),
        _("%(languages)s no longer scheduled: %(action)s on %(when)s"),
    ),
    reviews.SUBMIT: LanguagesFormatter(
        _("Submit a language for review"), _("%(languages)s submitted for review")
    ),
    reviews.APPROVE: LanguagesFormatter(_("Approve a language"), _("%(languages)s approved")),
    reviews.REQUEST_CHANGES: LanguagesFormatter(
        _("Request changes in a language"), _("%(languages)s: changes requested")
    ),
    reviews.WITHDRAW: LanguagesFormatter(
        _("Withdraw a language from review"), _("%(languages)s withdrawn from review")
    ),
}


class WholePageFormatter(LanguagesFormatter):
    """Names the languages of a publication of the whole page; Wagtail's message without any."""

    def __init__(self, original, message):
        super().__init__(original.label, message)
        self.original = original

    def format_message(self, log_entry):
        if log_entry.data.get("languages"):
            return super().format_message(log_entry)
        return self.original.format_message(log_entry)


WHOLE_PAGE = {
    "wagtail.publish": publishing.PUBLISH,
    "wagtail.publish.scheduled": publishing.PUBLISH + publishing.SCHEDULED,
    "wagtail.unpublish": publishing.UNPUBLISH,
    "wagtail.unpublish.scheduled": publishing.UNPUBLISH + publishing.SCHEDULED,
}
"""Wagtail's actions, and ours whose words say the same of some languages."""


def register_languages(registry) -> None:
    """Give Wagtail's registry of log actions the formatters: it builds them from classes.

    To be called after Wagtail's own are registered: theirs keep their places among the choices.
    """
    for action, formatter in FORMATTERS.items():
        registry.register_action(action)(lambda formatter=formatter: formatter)
    for action, ours in WHOLE_PAGE.items():
        original = registry.formatters[action]
        registry.formatters[action] = WholePageFormatter(original, FORMATTERS[ours].text)
