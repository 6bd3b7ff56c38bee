"""The drafts of pages as raw content, without building a page of each."""

from lihsite.multilingual.machine_marks import still_marked
from lihsite.multilingual.segments import Segment, walk_segments
from lihsite.pages.base_page import BasePage


def segments_by_name(model, content: dict, language: str) -> dict[str, Segment]:
    return {segment.name: segment for segment in walk_segments(model, content, language)}


def machine_translated_in(content: dict, language: str, segments: dict[str, Segment]) -> set[str]:
    """The names of those segments that are as a machine wrote them, unconfirmed."""
    marks = (content.get("machine_translations") or {}).get(language, {})
    return still_marked(marks, {name: segment.text for name, segment in segments.items()})


def specific_pages(pages):
    """The given pages as what they are, with their revisions, in the order of the tree."""
    ids = [page.pk for page in pages]
    found = BasePage.objects.filter(pk__in=ids, alias_of=None).order_by("path")
    return found.prefetch_related("latest_revision").specific()
