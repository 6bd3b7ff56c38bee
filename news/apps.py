from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from research.related_work import related_to_topic, work_of_person


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from news import search  # noqa: F401

        news = self.get_model("NewsPage").objects
        work_of_person.register("writes", news.newest_by)
        related_to_topic.register("news", news.newest_about)
