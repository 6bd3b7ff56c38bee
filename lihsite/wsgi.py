import os

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lihsite.settings.production")

site = get_wsgi_application()

# Imports what needs the settings, which the line above has read.
from lihsite.delivery.page_cache.installation import with_page_cache  # noqa: E402
from lihsite.metrics import serving as metrics  # noqa: E402
from lihsite.operations.checks import refuse_dangerous_settings  # noqa: E402
from lihsite.operations.stopping import hear_for_certain  # noqa: E402
from lihsite.visits.counting import count_visit  # noqa: E402

refuse_dangerous_settings()
application = with_page_cache(site, count_visit)
hear_for_certain()
metrics.start(getattr(application, "take_answers", None))
