"""The base page of the site: one row holds all languages."""

from functools import lru_cache

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Q
from django.http import Http404
from django.template.response import TemplateResponse
from django.urls import Resolver404, get_script_prefix, reverse
from django.utils import translation
from django.utils.functional import classproperty
from django.utils.translation import gettext_lazy as _
from wagtail.fields import StreamField
from wagtail.models import (
    AbstractPage,
    DefaultBasePageMixin,
    PageManager,
    PageViewRestriction,
    Site,
)
from wagtail.models.pages import AbstractPageMeta
from wagtail.query import PageQuerySet
from wagtail.search import index
from wagtail.url_routing import RouteResult

from lihsite.blocks.preload import preload
from lihsite.multilingual import addresses
from lihsite.multilingual.languages import (
    DEFAULT_LANGUAGE,
    active_language,
    address_language,
    addresses_in,
    column,
    language_codes,
    language_name,
)
from lihsite.multilingual.permissions import check_changes
from lihsite.multilingual.querysets import SourceLanguageQuerySet
from lihsite.multilingual.registration import translated_fields
from lihsite.multilingual.shown import Shown, first_language
from lihsite.multilingual.states import (
    Progress,
    missing_fields,
    progress_of,
    record_sources,
    store_states,
)
from lihsite.pages.forms import MultilingualPageForm
from lihsite.pages.frame import page_frame
from lihsite.pages.navigation import frame_rows
from lihsite.pages.panels import PROMOTE_PANELS, SETTINGS_PANELS, page_edit_handler
from lihsite.pages.privacy import restriction_exists

HOME_DEPTH = 2
"""The depth in the tree of a site's home page, whose `x-default` address is `/`."""


class BasePageQuerySet(SourceLanguageQuerySet, PageQuerySet):
    """Plain field names are the source language's; `live_in` asks for what visitors get."""

    def live_in(self, language: str):
        """The pages that visitors get in the language itself, without fallback."""
        return self.live().filter(**{column("live_in", language): True})

    def live_in_any(self):
        """The pages that visitors get at all: in their language, or as a fallback in another.

        Private pages, and those below them, are left out: lists are for everybody.
        """
        some = Q()
        for language in language_codes():
            some |= Q(**{column("live_in", language): True})
        return self.live().filter(some).exclude(restriction_exists())


BasePageManager = PageManager.from_queryset(BasePageQuerySet)


def translated_search_fields(*names: str, boost: float = 1.0) -> list[index.BaseField]:
    """A `SearchField` for each language column, so that the index is the same in every admin."""
    return [
        index.SearchField(column(name, language), boost=boost)
        for name in names
        for language in language_codes()
    ]


def without_plain_title(fields):
    """Wagtail's own search fields less those that would index the source title a second time."""
    return [
        field
        for field in fields
        if field.field_name != "title" or isinstance(field, index.FilterField)
    ]


class BasePage(AbstractPage, DefaultBasePageMixin):
    """Title, slug, address and metadata in each language, and which languages are live.

    A plain attribute (`page.title`) is the source language's, in whatever language the admin or the
    visitor is; `page.title_fr` names a language, and `page.shown` is what a visitor gets.
    """

    summary = models.TextField(
        verbose_name=_("summary"),
        blank=True,
        help_text=_("One or two sentences, shown at the head of the page and in lists."),
    )
    social_image = models.ForeignKey(
        "lihsite.Image",
        verbose_name=_("social image"),
        null=True,
        blank=True,
        on_delete=models.SET_NULL,
        related_name="+",
        help_text=_("Shown where the page is shared; 1200 by 630 pixels or more."),
    )
    source_language = models.CharField(
        verbose_name=_("source language"),
        max_length=10,
        choices=settings.LANGUAGES,
        default=DEFAULT_LANGUAGE,
        help_text=_("The language that the page is written in; fixed once it was published."),
    )
    live_in = models.BooleanField(
        verbose_name=_("live"),
        default=False,
        help_text=_("Whether visitors get the page in this language once it is published."),
    )
    translation_sources = models.JSONField(default=dict, editable=False, blank=True)
    """For each language, the hash of the source text that each segment was translated from."""

    objects = BasePageManager()

    translated_panels: list[str] = []
    """The page type's own translated fields, in the order of the edit form."""
    shared_panels: list = []
    """Panels of the fields that have one value for all languages."""
    promote_panels = PROMOTE_PANELS
    settings_panels = SETTINGS_PANELS
    page_form_class = MultilingualPageForm
    required_to_publish: list[str] = ["title"]
    """The translated fields that a language must have before it goes live."""
    falls_back = True
    """Whether an address in a language that is not live shows the page in another one."""

    search_fields = [
        *without_plain_title(AbstractPage.search_fields),
        *DefaultBasePageMixin.search_fields,
        *translated_search_fields("title", boost=2),
        *(index.AutocompleteField(column("title", code)) for code in language_codes()),
        index.FilterField("source_language"),
    ]

    class Meta(AbstractPageMeta):
        indexes = [
            # The children of a page, without reading its other descendants.
            models.Index(fields=["depth", "path"], name="page_by_depth"),
            # How many pages of a type visitors get, without reading the pages.
            models.Index(
                fields=[
                    "content_type",
                    "live",
                    *(column("live_in", code) for code in language_codes()),
                ],
                name="page_by_liveness",
            ),
        ]

    @classproperty
    def edit_handler(cls):
        return page_edit_handler(cls)

    # What is stored

    def __str__(self):
        return self.title or self.draft_title

    def set_url_path(self, parent):
        """Set the URL path in every language; returns the source language's."""
        addresses.set_url_paths(self, parent)
        return self.url_path

    def _get_autogenerated_slug(self, base_slug):
        return addresses.unique_slug(base_slug, self.source_language, self.get_parent(), self)

    def _set_core_field_defaults(self):
        super()._set_core_field_defaults()
        if self.slug and (self.path or getattr(self, "_cached_parent_obj", None)):
            addresses.fill_slugs(self, self.get_parent())
        self.set_draft_titles()
        if not self.live_languages:
            setattr(self, column("live_in", self.source_language), True)

    def set_draft_titles(self, *, overwrite=False):
        """Copy the titles to the draft titles, where there is none yet unless `overwrite`."""
        for language in language_codes():
            name = column("draft_title", language)
            if overwrite or not getattr(self, name):
                setattr(self, name, getattr(self, column("title", language)))

    def _check_slug_is_unique(self):
        parent = self.get_parent()
        errors = {
            column("slug", language): ValidationError(
                _("The slug “%(slug)s” is already in use in %(language)s within the parent page."),
                params={
                    "slug": getattr(self, column("slug", language)),
                    "language": language_name(language),
                },
            )
            for language in language_codes()
            if not addresses.slug_is_available(
                getattr(self, column("slug", language)), language, parent, self
            )
        }
        if errors:
            raise ValidationError(errors)

    def clean(self):
        super().clean()
        if self.first_published_at and self.pk:
            fixed = (
                BasePage.objects.filter(pk=self.pk, first_published_at__isnull=False)
                .values_list("source_language", flat=True)
                .first()
            )
            if fixed and fixed != self.source_language:
                raise ValidationError(
                    {
                        "source_language": _(
                            "The source language is fixed, because the page has been published."
                        )
                    }
                )

    @transaction.atomic
    def save(self, clean=True, user=None, log_action=False, **kwargs):
        """Save the page in all languages, and carry its descendants along in each.

        A language whose address changes leaves a permanent redirect at each old address
        (Wagtail sees the source language's slug only, wagtail#9833).
        """
        if kwargs.get("update_fields") is not None:
            kwargs["update_fields"] = self._with_language_columns(kwargs["update_fields"])
            return super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        self._leave_out_incomplete_translations()
        if not self.pk:
            # Forms have refused a slug that is taken; copies and aliases bring their original's.
            translations = addresses.translations_of(self)
            addresses.separate_slugs(self, self.get_parent(), translations)
            if not self.translation_sources:
                record_sources(self, None)
            result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
            store_states(self)
            return result

        before = addresses.stored_addresses(self)
        parent = self.get_parent()
        if addresses.has_new_parent(self, before, parent):
            # Wagtail asks before a move whether the slug is free, in one language.
            addresses.separate_slugs(self, parent, language_codes())
        if not self.latest_revision_id:
            addresses.follow_new_titles(self, before, parent)
        if self.slug:
            addresses.fill_slugs(self, parent)
        self.set_url_path(parent)
        has_no_draft = not self.latest_revision_id and isinstance(self, self.specific_class)
        if has_no_draft and not self.alias_of_id:
            record_sources(self, self._stored_content())
        result = super().save(clean=clean, user=user, log_action=log_action, **kwargs)
        if has_no_draft:
            store_states(self)
        addresses.move_with_descendants(self, before)
        return result

    def _leave_out_incomplete_translations(self):
        """Keep translations that lack what they need from going live.

        Forms refuse to publish them and say what is missing; schedules, bulk actions and the
        admin's API publish drafts as they are.
        """
        if not (self.live and isinstance(self, self.specific_class)):
            return
        for language in self.live_languages:
            if language != self.source_language and self.get_missing_to_publish(language):
                setattr(self, column("live_in", language), False)

    def _stored_content(self) -> dict:
        """The content of the page's row as it is in the database, as a revision would hold it."""
        return type(self).objects.get(pk=self.pk).serializable_data()

    def _with_language_columns(self, names):
        fields = set(translated_fields(type(self)))
        expanded = set(names)
        for name in fields.intersection(names):
            expanded.update(column(name, language) for language in language_codes())
        return expanded

    def _update_descendant_url_paths(self, old_url_path, new_url_path):
        """Nothing is left to do: `save` has moved the descendants in every language."""

    def save_revision(self, user=None, *args, **kwargs):
        """Save a draft of all languages; see Wagtail for the arguments.

        Copied slugs of languages whose title has just been translated are replaced, and what each
        segment was translated from is kept with the revision. Raises PermissionDenied if the draft
        changes what the user may not write.
        """
        with transaction.atomic():
            previous = self.get_latest_revision()
            content = previous.content if previous else self._stored_content()
            # Before anything follows from the user's changes by itself.
            check_changes(user, self, content)
            addresses.follow_new_titles(self, content, self.get_parent())
            # What is reverted to brings its own record of what it was translated from.
            reverted = kwargs.get("previous_revision")
            record_sources(self, reverted.content if reverted else content)
            self.set_draft_titles(overwrite=True)
            revision = super().save_revision(user, *args, **kwargs)
            store_states(self)
            return revision

    def get_translation_states(self) -> dict[str, Progress]:
        """The progress of each language on this object, be it a draft or what is live."""
        return {language: progress_of(self, language) for language in language_codes()}

    def get_missing_to_publish(self, language: str) -> list[str]:
        """The names of the translated fields without which the language cannot go live."""
        return missing_fields(self, self.required_to_publish, language)

    def with_content_json(self, content):
        """Like Wagtail's, with what belongs to the page as a whole preserved in every language."""
        page = super().with_content_json(content)
        parent = self.get_parent()
        for language in language_codes():
            draft_title, slug = column("draft_title", language), column("slug", language)
            setattr(page, draft_title, getattr(self, draft_title))
            if self._keeps_slug(getattr(page, slug), language, parent):
                setattr(page, slug, getattr(self, slug))
        if self.alias_of_id:
            page.set_draft_titles(overwrite=True)
        page.set_url_path(parent)
        return page

    def _keeps_slug(self, slug: str, language: str, parent) -> bool:
        """Whether the row's slug stands against the one that a revision's content has.

        An alias has slugs of its own, to stand beside its original; a copy has numbered ones where
        its original's content names the original's; a sibling may have taken an old slug since.
        """
        if self.alias_of_id or not slug:
            return True
        if language == self.source_language or slug == getattr(self, column("slug", language)):
            return False
        return not addresses.slug_is_available(slug, language, parent, self)

    # What the admin shows

    def get_admin_display_title(self):
        """The draft's title in the reader's language, else in the source language."""
        language = active_language()
        return (
            getattr(self, column("draft_title", language))
            or getattr(self, column("title", language))
            or super().get_admin_display_title()
        )

    @property
    def preview_modes(self):
        """One preview for each language; a language with nothing in it is left out."""
        return [(code, language_name(code)) for code in language_codes()]

    @property
    def default_preview_mode(self):
        return self.source_language

    def serve_preview(self, request, mode_name):
        """The page as visitors of a language would get it, were that language live now."""
        language = mode_name if mode_name in language_codes() else self.source_language
        self.previewed_language = language
        request.LANGUAGE_CODE = language
        with translation.override(language), addresses_in(language):
            return self._rendered(super().serve_preview(request, mode_name))

    # What visitors get

    @property
    def live_languages(self) -> list[str]:
        """The languages that visitors get once the page is live, in settings' order."""
        return [code for code in language_codes() if getattr(self, column("live_in", code))]

    previewed_language: str | None = None

    @property
    def shown_language(self) -> str | None:
        """The language in which a visitor of the active language gets the page; None for none."""
        if self.previewed_language:
            return self.previewed_language
        return first_language(self.live_languages, active_language(), self.source_language)

    @property
    def shown(self) -> Shown:
        """The page in the one language in which it is shown to a visitor."""
        return Shown(self, self.shown_language or self.source_language)

    @staticmethod
    def route_for_request(request, path):
        """Like Wagtail's, without fetching the whole home page for an address below it."""
        if not hasattr(request, "_wagtail_route_for_request"):
            site = Site.find_for_request(request)
            components = [component for component in path.split("/") if component]
            try:
                request._wagtail_route_for_request = (
                    site.root_page.find_and_route(request, components) if site else None
                )
            except Http404:
                request._wagtail_route_for_request = None
        return request._wagtail_route_for_request

    def find_and_route(self, request, path_components):
        """Route to this page or to one below, found by its address in the active language.

        One query finds the page at any depth, and the rows of the frame around it; what is left
        of the path is for the page to route.
        """
        language = active_language()
        path, slug = column("url_path", language), column("slug", language)
        prefixes = [getattr(self, path)]
        for component in path_components:
            prefixes.append(f"{prefixes[-1]}{component}/")
        below = Q(**{f"{path}__in": prefixes[1:], f"{slug}__in": path_components})
        request.frame_rows = list(frame_rows(self, below))
        page = max(
            (row for row in request.frame_rows if getattr(row, path) in prefixes),
            key=lambda row: row.depth,
        )
        specific = page.specific
        specific.is_restricted = page.is_restricted
        found = prefixes.index(getattr(page, path))
        return specific.route(request, path_components[found:])

    def route(self, request, path_components):
        """The page itself, if visitors get it; types with addresses of their own extend this."""
        if path_components or not (self.live and self.shown_language):
            raise Http404
        return RouteResult(self)

    def get_routes_below(self) -> list[str]:
        """The paths that `route` takes below the page's address, such as `a-person/`."""
        return []

    def resolve_subpage(self, path: str):
        """Wagtail's redirects ask whether the page answers at `/a-person/` below its address."""
        if path.lstrip("/") not in self.get_routes_below():
            raise Resolver404(path)

    def get_view_restrictions(self):
        """The restrictions of the page and its ancestors, by no query where routing found none."""
        if getattr(self, "is_restricted", None) is False:
            return PageViewRestriction.objects.none()
        return super().get_view_restrictions()

    def get_url_parts(self, request=None):
        """Like Wagtail's, with the address in the language that addresses lead to now."""
        roots = self._get_relevant_site_root_paths(request)
        if not roots:
            return None
        site = Site.find_for_request(request)
        root = next((root for root in roots if site and root.site_id == site.pk), roots[0])
        language = address_language()
        own_path = addresses.column_value(self, "url_path", language)[len(root.root_path) :]
        return root.site_id, root.root_url, serve_root(language, get_script_prefix()) + own_path

    def get_url_for_language(self, language: str, request=None) -> str | None:
        """The address of this page, or of what it shows at this request, in a language."""
        with addresses_in(language):
            return self.get_url(request)

    def get_alternates(self, request) -> list[tuple[str, str]]:
        """Pairs for `hreflang`: the live languages with absolute addresses, then `x-default`."""
        alternates = [
            (code, request.build_absolute_uri(self.get_url_for_language(code, request)))
            for code in self.live_languages
        ]
        default = first_language(self.live_languages, self.source_language, self.source_language)
        if default:
            is_home = self.depth == HOME_DEPTH
            url = "/" if is_home else self.get_url_for_language(default, request)
            alternates.append(("x-default", request.build_absolute_uri(url)))
        return alternates

    def get_canonical_url(self, request) -> str:
        """The absolute address of the content that is shown: its own language's."""
        language = self.shown_language or self.source_language
        return request.build_absolute_uri(self.get_url_for_language(language, request))

    def get_context(self, request, *args, **kwargs):
        context = super().get_context(request, *args, **kwargs)
        context.update(
            shown=self.shown,
            alternates=self.get_alternates(request),
            canonical_url=self.get_canonical_url(request),
            **page_frame(self, request),
        )
        return context

    def get_shown_streams(self) -> list:
        """The streams that rendering will read, so that what they refer to is fetched at once."""
        shown = self.shown
        return [
            getattr(shown, name)
            for name in translated_fields(type(self))
            if isinstance(self._meta.get_field(name), StreamField)
        ]

    def get_pictures(self) -> list[tuple]:
        """Pairs of an object and the name of its foreign key to a picture, of all that are shown.

        Called after `get_context`, whose objects it may name.
        """
        return []

    def serve(self, request, *args, **kwargs):
        """Render the page in the visitor's frame; a language that is not live may be refused."""
        language = active_language()
        if not self.falls_back and not self.previewed_language and self.shown_language != language:
            return TemplateResponse(
                request,
                "lihsite/not_in_language.html",
                {"page": self, **page_frame(self, request)},
                status=404,
            )
        with addresses_in(language):
            return self._rendered(super().serve(request, *args, **kwargs))

    def _rendered(self, response):
        """The response, rendered now: in the language that is active, from what was preloaded."""
        if hasattr(response, "render") and not response.is_rendered:
            pictures = [*self.get_pictures(), (self, "social_image")]
            with preload(self.get_shown_streams(), pictures):
                response.render()
        return response


@lru_cache
def serve_root(language: str, script_prefix: str) -> str:
    """The address below which pages are served in a language; a page has dozens of links."""
    with translation.override(language):
        return reverse("wagtail_serve", args=("",))
