from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class LihsiteConfig(AppConfig):
    name = "lihsite"
    verbose_name = _("Institute")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from lihsite.delivery import content_network  # noqa: F401
        from lihsite.delivery.page_cache.installation import follow_writes
        from lihsite.multilingual.complete_states import complete_states
        from lihsite.multilingual.new_languages import complete_languages
        from lihsite.operations import checks  # noqa: F401
        from lihsite.operations.logs import follow_slow_queries
        from lihsite.pages import log_entries, redirects  # noqa: F401

        post_migrate.connect(complete_languages, sender=self)
        post_migrate.connect(complete_states, sender=self)
        follow_writes()
        follow_slow_queries()
