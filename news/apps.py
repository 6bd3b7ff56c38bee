from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _

from research.related_work import related_to_topic, work_of_person, worth_reading_next


class NewsConfig(AppConfig):
    name = "news"
    verbose_name = _("News")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from news import search  # noqa: F401
        from news.lists import news_about, news_by, news_to_read_next

        work_of_person.register("writes", news_by)
        related_to_topic.register("news", news_about)
        worth_reading_next.register("next_news", news_to_read_next)
