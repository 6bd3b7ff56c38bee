"""How people register for an event, and until when."""

from datetime import datetime

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lihsite.local_times import wall_clock
from lihsite.pages.visitor_lists import visible_page


class Registrable(models.Model):
    """What has a registration; expects `start`, `time_zone` and `is_held_as_planned`."""

    class Registration(models.TextChoices):
        NONE = "none", _("No registration needed")
        OPEN = "open", _("Open")
        FEW_PLACES = "few_places", _("Few places left")
        FULL = "full", _("Full")
        CLOSED = "closed", _("Closed")

    registration_state = models.CharField(
        verbose_name=_("registration"),
        max_length=20,
        choices=Registration.choices,
        default=Registration.NONE,
        help_text=_("Closes by itself at the deadline, else when the event starts."),
    )
    registration_form = models.ForeignKey(
        "contact.FormPage",
        verbose_name=_("registration form"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("A form of this site; it can stand below the event."),
    )
    registration_url = models.URLField(
        verbose_name=_("registration page"),
        blank=True,
        help_text=_("Of another site, where there is no form here."),
    )
    registration_deadline = models.DateTimeField(
        verbose_name=_("registration closes"), null=True, blank=True
    )

    class Meta:
        abstract = True

    @property
    def local_deadline(self) -> datetime | None:
        """What clocks at the event show when registration closes; naive."""
        deadline = self.registration_deadline
        return deadline and wall_clock(deadline, self.time_zone)

    def get_registration_address(self, request) -> str:
        """Where people register: the form, in the visitor's language, else another site.

        A form that visitors do not get is as good as none.
        """
        found = self.registration_form_id and visible_page(pk=self.registration_form_id)
        return found[0].get_url(request) if found else self.registration_url

    @property
    def takes_registrations(self) -> bool:
        """Whether the editors let people register, deadline aside."""
        return self.registration_state in (self.Registration.OPEN, self.Registration.FEW_PLACES)

    @property
    def lacks_registration_form(self) -> bool:
        """Whether people are let register, and have nothing to do so with: no form, no other site.

        No such event is published, but the form of a published one can be deleted.
        """
        return self.takes_registrations and not (self.registration_form_id or self.registration_url)

    @property
    def current_registration(self) -> Registration:
        """The state of registration at this moment.

        It is closed from the deadline on, or from the start where there is no deadline, if the
        event is not held as planned, and if there is nothing to register with any more.
        """
        state = self.Registration(self.registration_state)
        if state == self.Registration.NONE:
            return state
        closes = self.registration_deadline or self.start
        is_over = bool(closes) and timezone.now() >= closes
        if is_over or not self.is_held_as_planned or self.lacks_registration_form:
            return self.Registration.CLOSED
        return state


def why_no_registration(event) -> str:
    """Why nobody can register for the event now, in the active language; "" if people can."""
    if event.status == event.Status.CANCELLED:
        return gettext("This event will not take place.")
    if event.is_past:
        return gettext("This event is over.")
    if event.current_registration == event.Registration.FULL:
        return gettext("All places are taken.")
    if event.current_registration == event.Registration.CLOSED:
        return gettext("Registration is closed.")
    return ""
