"""Permanent redirects from the addresses that a page and its descendants had in a language."""

from django.contrib.contenttypes.models import ContentType
from django.db import transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lihsite.batches import batches
from lihsite.multilingual.addresses import addresses_changed
from lihsite.multilingual.languages import column, language_codes
from lihsite.pages import embargo
from lihsite.pages.base_page import BasePage
from lihsite.pages.deleting import page_restored

BATCH = 500


@receiver(addresses_changed)
def leave_redirects(sender, page, moves, **kwargs):
    """Redirect each old address of the moved pages that visitors could have seen.

    A live page answers in every language, in fallback if need be, so each language counts. A
    redirect that stands at an address now taken again is removed: the page has precedence.
    """
    for language, (old_path, new_path) in moves.items():
        if not old_path:
            continue
        for site, root_path in _sites_of(old_path):
            _redirect_subtree(page, language, site, root_path, old_path, new_path)


@receiver(page_restored)
def take_addresses_back(sender, page, moves, **kwargs):
    """No redirect stands where the pages answer again; where they no longer do, one leads there."""
    for language in language_codes():
        path = getattr(page, column("url_path", language))
        old_path, new_path = moves.get(language, (path, path))
        for site, root_path in _sites_of(old_path):
            _redirect_subtree(page, language, site, root_path, old_path, new_path)


def _sites_of(url_path: str):
    for root in Site.get_site_root_paths():
        if url_path.startswith(root.root_path):
            yield root.site_id, root.root_path


def _redirect_subtree(page, language, site_id, root_path, old_path, new_path):
    name = column("url_path", language)
    moved = page.base_page_model.objects.filter(path__startswith=page.path)
    is_live = ExpressionWrapper(Q(embargo.is_over(), live=True), output_field=BooleanField())
    rows = list(moved.values_list("pk", name, is_live, "content_type"))

    def address(url_path):
        return _address(url_path[len(root_path) :], language)

    with transaction.atomic():
        old_addresses, new_addresses = {}, []
        for pk, path, is_live, page_type in rows:
            for route in ["", *_routes_below(pk, page_type)]:
                if is_live and old_path != new_path and path.startswith(new_path):
                    old = address(old_path + path[len(new_path) :] + route)
                    old_addresses[old] = (pk, f"/{route}" if route else "")
                # Of drafts too: a redirect to the address that it stands at goes in circles.
                if path.startswith(root_path):
                    new_addresses.append(address(path + route))
        for some in batches(new_addresses, BATCH):
            Redirect.objects.filter(site_id=site_id, old_path__in=some).delete()
        _replace(site_id, old_addresses)


def _address(path: str, language: str) -> str:
    """What a visitor asks for who wants the page at a path below the site's root."""
    with translation.override(language):
        return Redirect.normalise_path(reverse("wagtail_serve", args=(path,)))


@transaction.atomic
def leave_redirect_below(page, old_route: str, new_route: str):
    """Redirect what a page answered at one address below its own, in each language.

    Routes are as `get_routes_below` gives them. What led to the old one leads to the new one.
    """
    Redirect.objects.filter(
        redirect_page_id=page.pk, redirect_page_route_path=f"/{old_route}"
    ).update(redirect_page_route_path=f"/{new_route}")
    for language in language_codes():
        url_path = getattr(page, column("url_path", language))
        for site_id, root_path in _sites_of(url_path):
            old, new = (
                _address(url_path[len(root_path) :] + route, language)
                for route in (old_route, new_route)
            )
            Redirect.objects.filter(site_id=site_id, old_path=new).delete()
            if page.live:
                _replace(site_id, {old: (page.pk, f"/{new_route}")})


def _routes_below(pk: int, content_type_id: int) -> list[str]:
    """What the page answers below its own address; no query for types that answer nothing."""
    model = ContentType.objects.get_for_id(content_type_id).model_class()
    if model is None or model.get_routes_below is BasePage.get_routes_below:
        return []
    return model.objects.get(pk=pk).get_routes_below()


def _replace(site_id: int, old_addresses: dict[str, tuple[int, str]]):
    """Redirect each old address to a page, and what follows the page's own address.

    An address that is longer than the column is left without.
    """
    longest = Redirect._meta.get_field("old_path").max_length
    paths = [path for path in old_addresses if len(path) <= longest]
    for batch in batches(paths, BATCH):
        Redirect.objects.filter(site_id=site_id, old_path__in=batch).delete()
        Redirect.objects.bulk_create(
            Redirect(
                site_id=site_id,
                old_path=path,
                redirect_page_id=old_addresses[path][0],
                redirect_page_route_path=old_addresses[path][1],
                is_permanent=True,
                automatically_created=True,
            )
            for path in batch
        )
