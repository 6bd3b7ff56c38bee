"""Permanent redirects from the addresses that a page and its descendants had in a language."""

from django.db import transaction
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lihsite.multilingual.addresses import addresses_changed
from lihsite.multilingual.languages import column

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


def _sites_of(url_path: str):
    for root in Site.get_site_root_paths():
        if url_path.startswith(root.root_path):
            yield root.site_id, root.root_path


def _redirect_subtree(page, language, site_id, root_path, old_path, new_path):
    name = column("url_path", language)
    moved = page.base_page_model.objects.filter(path__startswith=page.path)
    rows = list(moved.values_list("pk", name, "live"))

    def address(url_path):
        return Redirect.normalise_path(reverse("wagtail_serve", args=(url_path[len(root_path) :],)))

    with translation.override(language), transaction.atomic():
        old_addresses = {
            address(old_path + path[len(new_path) :]): pk
            for pk, path, is_live in rows
            if is_live and path.startswith(new_path)
        }
        # Those of drafts too: a redirect to the address that it stands at would go in circles.
        new_addresses = [
            address(path) for _pk, path, _is_live in rows if path.startswith(root_path)
        ]
        for start in range(0, len(new_addresses), BATCH):
            Redirect.objects.filter(
                site_id=site_id, old_path__in=new_addresses[start : start + BATCH]
            ).delete()
        _replace(site_id, old_addresses)


def _replace(site_id: int, old_addresses: dict[str, int]):
    paths = list(old_addresses)
    for start in range(0, len(paths), BATCH):
        batch = paths[start : start + BATCH]
        Redirect.objects.filter(site_id=site_id, old_path__in=batch).delete()
        Redirect.objects.bulk_create(
            Redirect(
                site_id=site_id,
                old_path=path,
                redirect_page_id=old_addresses[path],
                is_permanent=True,
                automatically_created=True,
            )
            for path in batch
        )
