"""What the answers say: each field is computed from the object as visitors of a language get it."""

from rest_framework.fields import Field
from wagtail.fields import RichTextField, StreamField
from wagtail.rich_text import expand_db_html

from lihsite.blocks.preload import preload
from lihsite.models import BasePage
from lihsite.multilingual.languages import active_language
from lihsite.multilingual.registration import translated_fields


class Computed(Field):
    """A read-only field of the answer that a function makes of the object and the request."""

    def __init__(self, compute):
        self.compute = compute
        super().__init__(read_only=True)

    def __deepcopy__(self, memo):
        return Computed(self.compute)

    def get_attribute(self, instance):
        return instance

    def to_representation(self, value):
        return self.compute(value, self.context["request"])


def shown(name: str) -> Computed:
    """A translated field of a page in the language that it is shown in."""
    return Computed(lambda page, request: getattr(page.shown, name))


def detail_url(one, request) -> str:
    """Where the object is answered alone; at the host that was asked, as all other addresses."""
    path = request.wagtailapi_router.get_object_detail_urlpath(type(one), one.pk)
    return request.build_absolute_uri(path)


def page_language(page, request) -> str:
    return page.shown.language


def page_is_fallback(page, request) -> bool:
    return page.shown.is_fallback


def page_url(page, request) -> str:
    return request.build_absolute_uri(page.get_url_for_language(active_language(), request))


def page_translations(page, request) -> dict[str, str]:
    """The address of the page in each language that it is live in."""
    return {
        code: request.build_absolute_uri(page.get_url_for_language(code, request))
        for code in page.live_languages
    }


class Parent(Field):
    """The page above, where visitors of the language get it; null for the home page."""

    def __init__(self):
        super().__init__(read_only=True)

    def get_attribute(self, instance):
        return instance

    def to_representation(self, page):
        request, view = self.context["request"], self.context["view"]
        parent = view.get_base_queryset().ancestor_of(page).filter(depth=page.depth - 1).first()
        if parent is None:
            return None
        return {
            "id": parent.pk,
            "meta": {
                "detail_url": detail_url(parent, request),
                "html_url": page_url(parent, request),
                "language": page_language(parent, request),
                "is_fallback": page_is_fallback(parent, request),
            },
            "title": parent.shown.title,
        }


def page_content(page, request) -> dict:
    """The texts of the page's type: rendered blocks of a stream, HTML of a rich text, plain text.

    Rendered, because raw blocks would name pictures, pages and documents that nobody may see.
    """
    shown, content = page.shown, {}
    base = set(translated_fields(BasePage))
    with preload(page.get_shown_streams()):
        for name in translated_fields(type(page)):
            if name not in base:
                content[name] = rendered(page._meta.get_field(name), getattr(shown, name), request)
    return content


def rendered(field, value, request):
    if isinstance(field, StreamField):
        context = {"request": request}
        return [
            {"id": child.id, "type": child.block_type, "html": str(child.render(context)).strip()}
            for child in value
        ]
    return expand_db_html(value) if isinstance(field, RichTextField) else value


def named(name: str, field: str) -> Computed:
    """A text of a picture or document; `name` is the attribute that chooses its language."""
    return Computed(lambda one, request: getattr(getattr(one, name), field))


def media_language(name: str) -> Computed:
    return Computed(lambda one, request: getattr(one, name).language)


def media_is_fallback(name: str) -> Computed:
    return Computed(lambda one, request: getattr(one, name).is_fallback)


def file_url(one, request) -> str:
    """The file in the version for the language."""
    version = one.in_language()
    return request.build_absolute_uri(getattr(version, "url", None) or version.file.url)
