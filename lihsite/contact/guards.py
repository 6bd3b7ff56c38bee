"""What every form for visitors has against floods of advertising, without asking anybody else.

A field that only programs fill in, a signed note of when the form was opened, and a limit to
links; `rates` limits how much one client sends. Who is refused by mistake sends the form again.
"""

import re
import secrets
import time

from django import forms
from django.conf import settings
from django.core import signing
from django.utils.translation import gettext_lazy as _
from wagtail.contrib.forms.forms import BaseForm

TRAP = "homepage"
OPENED = "opened"
LINK = re.compile(r"https?://|www\.|\[url", re.IGNORECASE)
SALT = "lihsite.contact.opened"


class GuardedForm(BaseForm):
    """A form with guards. `purpose` ties the note of when it was opened to the one form."""

    purpose = ""

    homepage = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": "-1"}),
    )
    opened = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.initial[OPENED] = self._note_of_now()

    def _note_of_now(self) -> str:
        return signing.dumps([self.purpose, secrets.token_urlsafe(9), time.time()], salt=SALT)

    @property
    def trap(self):
        return self[TRAP]

    @property
    def opened_note(self):
        return self[OPENED]

    @property
    def questions(self) -> list:
        """The fields that visitors are to see."""
        return [self[name] for name in self.fields if name not in (TRAP, OPENED)]

    def clean(self):
        cleaned_data = super().clean()
        if problem := self._find_problem(cleaned_data):
            self.add_error(None, problem)
        elif self._count_links(cleaned_data) > settings.FORM_LINKS:
            message = _("At most %(number)d web addresses can be sent, to keep advertising out.")
            self.add_error(None, message % {"number": settings.FORM_LINKS})
        return cleaned_data

    def _find_problem(self, cleaned_data):
        """What the guards object to; what was wrong is put right in what is shown again."""
        seconds = self._seconds_open(cleaned_data.get(OPENED, ""))
        if seconds is None:
            self._show_again(OPENED, self._note_of_now())
            return _("The form was open for too long. Please send it once more.")
        if cleaned_data.get(TRAP) or self.has_error(TRAP):
            self._show_again(TRAP, "")
            return _(
                "A hidden field was filled in, as programs do. Please send the form once more."
            )
        if seconds < settings.FORM_SECONDS and not self.errors:
            return _("That was very quick. Please check what you wrote, then send it once more.")
        return None

    def _seconds_open(self, note: str) -> float | None:
        """How long the form has been open; None if the note is not of this form, or too old."""
        try:
            purpose, _nonce, opened = signing.loads(note, salt=SALT)
        except signing.BadSignature:
            return None
        seconds = time.time() - opened
        return seconds if purpose == self.purpose and seconds < settings.FORM_HOURS * 3600 else None

    def _show_again(self, name: str, value: str) -> None:
        self.data = self.data.copy()
        self.data[self.add_prefix(name)] = value

    def _count_links(self, cleaned_data) -> int:
        texts = [value for value in cleaned_data.values() if isinstance(value, str)]
        return sum(len(LINK.findall(text)) for text in texts)
