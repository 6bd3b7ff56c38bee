"""The addresses of Wagtail's own reports, whose exports are made harmless as ours are."""

from django.urls import URLPattern, path
from django.views.decorators.cache import never_cache
from wagtail.admin.auth import require_admin_access
from wagtail.admin.urls import reports
from wagtail.utils.urlpatterns import decorate_urlpatterns

from lihsite.spreadsheets import HarmlessSpreadsheetMixin


def harmless_report(pattern: URLPattern) -> URLPattern:
    """The address with a view that differs from Wagtail's in its exports alone."""
    wagtails, options = pattern.callback.view_class, pattern.callback.view_initkwargs
    ours = type(wagtails.__name__, (HarmlessSpreadsheetMixin, wagtails), {})
    return path(f"reports/{pattern.pattern}", ours.as_view(**options))


# Without names: Wagtail's links lead to its own addresses, which these stand before.
urlpatterns = decorate_urlpatterns(
    [harmless_report(pattern) for pattern in reports.urlpatterns], require_admin_access
)
urlpatterns = decorate_urlpatterns(urlpatterns, never_cache)
