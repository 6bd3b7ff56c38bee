from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from research.related_work import related_to_topic, work_of_person


class EventsConfig(AppConfig):
    name = "events"
    verbose_name = _("Events")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from events import search  # noqa: F401

        events = self.get_model("EventPage").objects
        work_of_person.register("speaks", events.newest_with)
        related_to_topic.register("events", events.coming_about)
