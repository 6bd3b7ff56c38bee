from django.apps import AppConfig
from django.db.models.signals import post_migrate
from django.utils.translation import gettext_lazy as _


class SearchConfig(AppConfig):
    name = "lihsite.search"
    verbose_name = _("Search")
    default_auto_field = "django.db.models.BigAutoField"

    def ready(self):
        from lihsite.search import upkeep  # noqa: F401
        from lihsite.search.documents import document_source
        from lihsite.search.index import prepare_engine
        from lihsite.search.sources import register_source

        def prepare(sender, using, **kwargs):
            prepare_engine(using)

        post_migrate.connect(prepare, sender=self, weak=False)
        register_source(document_source(_("Documents")))
