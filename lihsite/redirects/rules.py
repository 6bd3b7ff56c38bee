"""What a redirect may be: it leads somewhere, never in circles, and hides no page.

Addresses are paths with their queries as Wagtail normalises them for its redirects; one without a
redirect of its own is redirected as its path alone is. A redirect to a page keeps to the
language of the address that was asked for, and follows the page where it moves; so it is used where
both addresses are in one language, and a plain address where the old one has none or another.
"""

from typing import NamedTuple
from urllib.parse import urlparse, urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils import translation
from django.utils.translation import gettext as _
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import Site

from lihsite.models import BasePage
from lihsite.pages.finding import Found, find_pages, is_shown_at

LONGEST = 255
"""The characters that an address of a redirect may have."""
validate_address = URLValidator(schemes=["http", "https"])


class Target(NamedTuple):
    """A page and what follows its address, or a plain address."""

    page: int | None
    route: str
    link: str


class Rules:
    """The rules for redirects of a site (None: of all sites), with all that are there already.

    `ignored` is the id of a redirect that is about to be changed.
    """

    def __init__(self, site: Site | None, ignored: int | None = None):
        self.root = (site or Site.objects.get(is_default_site=True)).root_page.specific
        self.hosts = set(Site.objects.values_list("hostname", flat=True))
        there = Redirect.get_for_site(site).exclude(pk=ignored)
        # Of several at one path, the one that is for the same visitors counts.
        ordered = sorted(there, key=lambda one: one.site_id == (site and site.pk))
        self.existing = {one.old_path: one for one in ordered}
        self.links = {
            path: local
            for path, one in self.existing.items()
            if not one.redirect_page_id and (local := self.local_path(one.redirect_link))
        }
        """Where the plain redirects lead that stay on the site, by the path that they lead from."""
        self.pages = {}

    def old_path(self, address: str) -> str:
        """The path of an old address; of a whole address the host is left out.

        Raises ValidationError for what is no address of a site, or too long.
        """
        try:
            parts = urlsplit(address.strip())
            path = Redirect.normalise_path(parts._replace(scheme="", netloc="").geturl())
        except ValueError as error:
            raise ValidationError(_("This is no address.")) from error
        if parts.scheme not in ("", "http", "https") or not (parts.netloc or parts.path[:1] == "/"):
            raise ValidationError(_("An old address begins with “/” or “https://”."))
        if len(path) > LONGEST:
            raise ValidationError(
                _("An address has %(limit)s characters at most.") % {"limit": LONGEST}
            )
        if not path.isprintable() or path == "/":
            raise ValidationError(_("This is no address that can be redirected."))
        return path

    def local_path(self, address: str) -> str:
        """The normalised path and query of an address of this site; "" for any other address."""
        parts = urlsplit(address)
        is_local = not parts.scheme and not parts.netloc and address.startswith("/")
        if is_local or parts.hostname in self.hosts:
            return Redirect.normalise_path(f"{parts.path or '/'}?{parts.query}")
        return ""

    def check_target(self, address: str) -> str:
        """The address where a redirect leads; one of this site without its host.

        Raises ValidationError for what is neither a path nor an address of the web.
        """
        address = address.strip()
        try:
            parts = urlsplit(address)
            if parts.hostname in self.hosts and parts.scheme in ("http", "https"):
                address = parts._replace(scheme="", netloc="").geturl() or "/"
        except ValueError as error:
            raise ValidationError(_("This is no address.")) from error
        if len(address) > LONGEST:
            raise ValidationError(
                _("An address has %(limit)s characters at most.") % {"limit": LONGEST}
            )
        if not address.isprintable() or "\\" in address:
            raise ValidationError(_("This is no address."))
        if not address.startswith("/") or address.startswith("//"):
            try:
                validate_address(address)
            except ValidationError as error:
                raise ValidationError(
                    _("A redirect leads to a path that begins with “/” or to a full address.")
                ) from error
        return address

    def find(self, paths) -> None:
        """Find what visitors get at many addresses at once; the other methods then know it."""
        paths = {without_query(path) for path in paths}
        found = find_pages(self.root, paths)
        live = BasePage.objects.live().in_bulk({one.page for one in found.values()})
        self.pages.update(dict.fromkeys(paths))
        for path, one in found.items():
            if one.page in live and is_shown_at(live[one.page], one):
                self.pages[path] = one

    def page_at(self, path: str) -> Found | None:
        """The page that visitors get at a path, whatever the query."""
        path = without_query(path)
        if path not in self.pages:
            self.find([path])
        return self.pages[path]

    def check_old(self, path: str) -> None:
        """Raises ValidationError where a page answers: nobody would ever be redirected."""
        if self.page_at(path):
            raise ValidationError(_("A page is at this address, so nobody would be redirected."))

    def end_of(self, path: str, address: str, planned: dict[str, str]) -> tuple[str, list[str]]:
        """Where a redirect leads in the end, and the paths that stand between.

        `planned` maps the paths of further redirects to local paths. Raises ValidationError where
        it leads back to where it began, or to where nothing is.
        """
        passed, here = [], self.local_path(address)
        if not here:
            return address, passed
        leads = {**self.links, **planned}
        used, known = {path}, {path, *leads, *self.existing}
        while True:
            redirected = redirected_as(here, known)
            if redirected in used:
                circle = " → ".join([path, *passed, here])
                raise ValidationError(_("This leads in circles: %(circle)s") % {"circle": circle})
            if self.page_at(here):
                return (address if not passed else with_slash(here)), passed
            if redirected in leads:
                passed.append(here)
                used.add(redirected)
                here = leads[redirected]
                if not here:
                    return address, []
            elif redirected in self.existing and not passed:
                # Leads to a page, and goes on doing so where that moves.
                return address, passed
            elif translation.get_language_from_path(without_query(here)):
                raise ValidationError(_("There is nothing at %(path)s.") % {"path": here})
            else:
                return (here if passed else address), passed

    def target(self, path: str, address: str) -> Target:
        """How the redirect is stored that leads from the path to an address."""
        local = self.local_path(address)
        found = local and self.page_at(local)
        parts = urlsplit(address)
        in_one_language = found and found.language == translation.get_language_from_path(path)
        if in_one_language and not parts.query and not parts.fragment:
            return Target(found.page, f"/{found.route}" if found.route else "", "")
        return Target(None, "", address)


def redirected_as(address: str, known: set[str]) -> str:
    """Which of the known addresses Wagtail looks an address up as; itself if it is as none."""
    return next((one for one in (address, urlparse(address).path) if one in known), address)


def without_query(address: str) -> str:
    return address.partition("?")[0]


def with_slash(address: str) -> str:
    path, mark, query = address.partition("?")
    return f"{path.rstrip('/')}/{mark}{query}"
