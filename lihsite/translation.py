"""Which fields of the kernel's models exist in each language."""

from lihsite.models import BasePage, Document, Image, InstituteSettings, Term
from lihsite.multilingual.registration import register

register(
    BasePage,
    "title",
    "draft_title",
    "slug",
    "url_path",
    "seo_title",
    "search_description",
    "summary",
    "live_in",
)

register(Image, "title", "description", "credit")
register(Document, "title")
register(Term, "term")
register(InstituteSettings, "footer_text", "address")
