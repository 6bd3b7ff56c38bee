"""Links in rich text that take their objects from `preload`, and lead to the visitor's language."""

from django.utils.html import format_html
from wagtail.documents.rich_text import DocumentLinkHandler as WagtailDocumentLinkHandler
from wagtail.rich_text.pages import PageLinkHandler as WagtailPageLinkHandler

from .links import is_for_visitors
from .preload import preloaded


class PageLinkHandler(WagtailPageLinkHandler):
    """Links to pages; those to a page that visitors do not get lose their address."""

    @classmethod
    def get_many(cls, attrs_list):
        pks = [attrs.get("id") for attrs in attrs_list]
        model = cls.get_model()
        found = preloaded(model, pks)
        if found is None:
            rows = model.objects.in_bulk({int(pk) for pk in pks if pk and pk.isdecimal()})
            found = [rows.get(int(pk)) if pk and pk.isdecimal() else None for pk in pks]
        return found

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        return [
            format_html('<a href="{}">', page.url) if is_for_visitors(page) else "<a>"
            for page in cls.get_many(attrs_list)
        ]


class DocumentLinkHandler(WagtailDocumentLinkHandler):
    """Links to documents, in the version for the language of the text."""

    @classmethod
    def get_many(cls, attrs_list):
        found = preloaded(cls.get_model(), [attrs.get("id") for attrs in attrs_list])
        return super().get_many(attrs_list) if found is None else found

    @classmethod
    def expand_db_attributes_many(cls, attrs_list):
        files = [document and document.in_language() for document in cls.get_many(attrs_list)]
        return [
            format_html(
                '<a href="{}"{}>',
                file.url,
                format_html(' hreflang="{}"', file.language) if file.language else "",
            )
            if file
            else "<a>"
            for file in files
        ]
