"""Pages that everybody gets, in the language that is asked for or in the one that stands in."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, CharField, F, Q, Value, When
from django.http import Http404
from wagtail.api import APIField
from wagtail.api.v2.serializers import PageSerializer
from wagtail.api.v2.utils import BadRequestError, page_models_from_string
from wagtail.models import Site, get_page_models

from lihsite.models import BasePage
from lihsite.multilingual.languages import column, language_codes
from lihsite.multilingual.registration import translated_fields
from lihsite.pages.finding import find_pages
from lihsite.search.queries import found_keys

from . import fields
from .endpoints import Endpoint, Ordering, read_number
from .parameters import SearchedInLanguage

FALLBACK = {"true": True, "false": False}


class PagesEndpoint(Endpoint):
    """`?type=`, `?child_of=`, `?descendant_of=`, `?search=`, and `?fallback=false` to filter."""

    name = "pages"
    model = BasePage
    base_serializer_class = PageSerializer
    filter_backends = [Ordering, SearchedInLanguage]
    known_query_parameters = Endpoint.known_query_parameters | {
        *("type", "child_of", "descendant_of", "fallback")
    }
    find_query_parameters = frozenset({"id", "html_path"})
    orderings = ("id", "title", "first_published_at", "last_published_at")

    body_fields = [
        "id",
        "title",
        "summary",
        APIField("content", fields.Computed(fields.page_content)),
    ]
    meta_fields = [
        "type",
        APIField("detail_url", fields.Computed(fields.detail_url)),
        APIField("html_url", fields.Computed(fields.page_url)),
        APIField("slug", fields.shown("slug")),
        APIField("language", fields.Computed(fields.page_language)),
        APIField("is_fallback", fields.Computed(fields.page_is_fallback)),
        "source_language",
        APIField("translations", fields.Computed(fields.page_translations)),
        APIField("search_description", fields.shown("search_description")),
        *("first_published_at", "last_published_at"),
        APIField("parent", fields.Parent()),
    ]
    listing_default_fields = [
        *("id", "title", "summary", "type", "detail_url", "html_url", "slug"),
        *("language", "is_fallback", "source_language", "translations"),
        *("first_published_at", "last_published_at"),
    ]
    nested_default_fields = ["id", "type", "detail_url", "title", "language", "is_fallback"]
    detail_only_fields = ["parent", "content", "search_description"]

    @classmethod
    def get_body_fields(cls, model):
        """What a type of pages adds is answered in the language shown, where it is translated."""
        translated = translated_fields(model)
        return [
            APIField(field.name, fields.shown(field.name)) if field.name in translated else field
            for field in super().get_body_fields(model)
        ]

    def get_base_queryset(self):
        """The pages of the site that visitors get in the language, themselves or in fallback."""
        site = Site.find_for_request(self.request)
        if site is None:
            return BasePage.objects.none()
        live = Q(**{column("live_in", self.language): True})
        pages = BasePage.objects.live_in_any().filter(path__startswith=site.root_page.path)
        if self.has_fallback():
            strict = [model for model in get_page_models() if not model.falls_back]
            types = ContentType.objects.get_for_models(*strict).values()
            return pages.filter(live | ~Q(content_type__in=list(types))) if strict else pages
        return pages.filter(live)

    def has_fallback(self) -> bool:
        value = self.request.GET.get("fallback", "true")
        if value not in FALLBACK:
            raise BadRequestError("fallback must be true or false")
        return FALLBACK[value]

    def get_queryset(self):
        """Of one type, pages are of that type's own model, with its own fields."""
        pages = self.get_base_queryset()
        if "child_of" in self.request.GET:
            pages = pages.child_of(self.page_named("child_of"))
        if "descendant_of" in self.request.GET:
            pages = pages.descendant_of(self.page_named("descendant_of"))
        models = self.models()
        if len(models) == 1:
            pages = models[0].objects.filter(pk__in=pages.values("pk"))
        elif models:
            pages = pages.type(*models)
        return pages.order_by("pk")

    def models(self) -> tuple:
        if "type" not in self.request.GET:
            return ()
        try:
            return page_models_from_string(self.request.GET["type"])
        except (LookupError, ValueError) as error:
            raise BadRequestError("type must name types of pages, as “news.NewsPage”") from error

    def page_named(self, parameter: str) -> BasePage:
        value = self.request.GET[parameter]
        if value == "root":
            return Site.find_for_request(self.request).root_page
        pages = self.get_base_queryset().filter(pk=read_number(value, parameter))
        page = pages.first()
        if page is None:
            raise BadRequestError(f"{parameter} must be the id of a page, or “root”")
        return page

    def get_object(self):
        return super().get_object().specific

    def ordered_by(self, queryset, name: str):
        if name != "title":
            return queryset, name
        order = [self.language, *language_codes()]
        source = [
            When(
                **{column("live_in", code): True},
                source_language=code,
                then=F(column("title", code)),
            )
            for code in language_codes()
        ]
        own, *others = (
            When(**{column("live_in", code): True}, then=F(column("title", code))) for code in order
        )
        shown_title = Case(own, *source, *others, default=Value(""), output_field=CharField())
        return queryset.annotate(shown_title=shown_title), "shown_title"

    def found(self, text: str, queryset) -> list[int]:
        return found_keys(text, self.language, self.models() or get_page_models(), queryset)

    def find(self, request) -> tuple[int, dict]:
        """`?html_path=` finds a page by its address, with its language: `/fr/recherche/`."""
        if "html_path" not in request.GET:
            return super().find(request)
        path = request.GET["html_path"]
        site = Site.find_for_request(request)
        found = find_pages(site.root_page, [path]).get(path) if site else None
        if found is None or found.route:
            raise Http404("not found")
        return found.page, {"lang": found.language}
