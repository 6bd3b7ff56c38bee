"""A body with every block of the vocabulary, as raw data."""

from uuid import uuid4

from tests import factories
from tests.lihsite.media.library import document, image


def block(kind, value):
    return {"id": str(uuid4()), "type": kind, "value": value}


def items(*values):
    return [block("item", value) for value in values]


def every_block(*, pictures=2) -> list[dict]:
    """One block of each kind, each with objects of its own."""
    images = [image() for _ in range(pictures)]
    person = factories.person(photo=image())
    link = factories.content_page()
    linked = f'<p><a linktype="page" id="{factories.content_page().pk}">page</a> and '
    linked += f'<a linktype="document" id="{document().pk}">file</a></p>'
    captions = document("captions.vtt", b"WEBVTT")
    cells = [{"type": "text", "heading": "Group"}, {"type": "number", "heading": "Before"}]
    rich = {"type": "rich_text", "heading": "Source"}
    return [
        block("heading", {"text": "A heading", "level": "h2"}),
        block("paragraph", linked),
        block("quote", {"text": "Words.", "name": "Maya", "role": "Clinician"}),
        block("callout", {"tone": "note", "title": "Note", "text": linked}),
        block(
            "accordion",
            {"title": "Questions", "items": items({"title": "Who?", "text": linked})},
        ),
        block(
            "image",
            {"image": images[0].pk, "caption": "Cells", "decorative": False, "credit": ""},
        ),
        block(
            "gallery",
            {
                "title": "Gallery",
                "images": items(*({"image": one.pk, "decorative": True} for one in images)),
            },
        ),
        block(
            "video",
            {"title": "Film", "url": "https://vimeo.com/76979871", "poster": image().pk},
        ),
        block(
            "video",
            {
                "title": "Film",
                "file": document("film.mp4", b"\0\0\0\x18ftypmp42").pk,
                "poster": image().pk,
                "captions": items({"language": "en", "document": captions.pk}),
                "transcript": "<p>Cells divide.</p>",
            },
        ),
        block(
            "key_figures",
            {"title": "Numbers", "figures": items({"value": "48", "label": "people"})},
        ),
        block(
            "table",
            {
                "caption": "Cells",
                "table": {
                    "columns": [*cells, rich],
                    "rows": [{"values": ["Treated", 11, linked]}],
                    "caption": "",
                },
            },
        ),
        block(
            "timeline",
            {"title": "Time", "entries": items({"date": "2026", "title": "Start", "text": ""})},
        ),
        block(
            "documents",
            {"title": "Files", "documents": items({"document": document(language="en").pk})},
        ),
        block("people", {"title": "People", "people": items(person.pk)}),
        block("related_pages", {"title": "Pages", "pages": items(link.pk)}),
        block("call_to_action", {"title": "Act", "label": "Go", "page": link.pk}),
        block(
            "partners",
            {"title": "Partners", "partners": items({"name": "Example", "logo": image().pk})},
        ),
    ]
