"""The site of a request, found together with what routing needs of its root page."""

from django.db.models import F, Q, QuerySet
from django.http.request import split_domain_port
from wagtail.models import Site

from lihsite.multilingual.languages import column, language_codes
from lihsite.prepared import prepared


def find_site(request) -> Site | None:
    """The answer of Wagtail's `Site.find_for_request`, which then gives it as well.

    Wagtail would fetch all columns of the root page. It keeps the site in the attribute that is
    set here, as its documentation says.
    """
    if not hasattr(request, "_wagtail_site"):
        # The host that was asked for, allowed or not: Django refuses those that are not.
        hostname, _port = split_domain_port(request._get_raw_host())
        request._wagtail_site = site_of(hostname, request.get_port())
    return request._wagtail_site


def site_of(hostname: str, port: str) -> Site | None:
    """The site of the host and port, else the one of the host, else the default one.

    Of several sites on other ports of the host, only the default one stands for all.
    """
    sites = _sites_for(hostname=hostname)
    of_host = [site for site in sites if site.hostname == hostname]
    default = next((site for site in sites if site.is_default_site), None)
    best = next((site for site in of_host if str(site.port) == port), None)
    if best is None:
        best = of_host[0] if len(of_host) == 1 and default not in of_host else default
    if best is not None:
        best.root_page = _root_page(best)
    return best


@prepared
def _sites_for(hostname: str) -> QuerySet:
    model = Site.root_page.field.related_model
    columns = {f"root_{name}": F(f"root_page__{name}") for name in _root_columns(model)}
    candidates = Q(hostname=hostname) | Q(is_default_site=True)
    return Site.objects.filter(candidates).order_by().annotate(**columns)


def _root_columns(model) -> list[str]:
    """The columns that are fetched of a root page, in the order of its model."""
    translated = [
        column(name, code) for name in ("url_path", "live_in") for code in language_codes()
    ]
    own = {"id", "path", "depth", "url_path", "live", "embargo", "source_language"}
    wanted = {*own, *translated}
    return [field.attname for field in model._meta.concrete_fields if field.attname in wanted]


def _root_page(site: Site):
    model = Site.root_page.field.related_model
    names = _root_columns(model)
    return model.from_db(site._state.db, names, [getattr(site, f"root_{name}") for name in names])
