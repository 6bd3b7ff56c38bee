from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from research.related_work import related_to_topic, work_of_person


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from events import search  # noqa: F401
        from events.lists import coming_events_about, events_with, why_form_is_closed
        from events.moments import next_change_of_event
        from lihsite.contact.closing import reasons_to_close
        from lihsite.pages.moments import next_changes

        work_of_person.register("speaks", events_with)
        related_to_topic.register("events", coming_events_about)
        next_changes.append(next_change_of_event)
        reasons_to_close.append(why_form_is_closed)
