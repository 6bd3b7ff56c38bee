"""The site for a WSGI server, which ends with one line where the settings are not right."""

import gc
import os
import sys

from django.core.exceptions import ImproperlyConfigured
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lihsite.settings.production")

try:
    site = get_wsgi_application()

    # Imports what needs the settings, which the line above has read.
    from lihsite.delivery.page_cache.installation import with_page_cache
    from lihsite.metrics import serving as metrics
    from lihsite.operations.checks import refuse_dangerous_settings
    from lihsite.operations.stopping import hear_for_certain
    from lihsite.visits.counting import count_visit

    refuse_dangerous_settings()
except ImproperlyConfigured as error:
    sys.exit(f"The settings are not right: {error}")

application = with_page_cache(site, count_visit)
hear_for_certain()
metrics.start(getattr(application, "take_answers", None))
# What was loaded stays until the end. Looked through for garbage with the rest, it lets whoever
# asks meanwhile wait twice as long as other visitors.
gc.freeze()
