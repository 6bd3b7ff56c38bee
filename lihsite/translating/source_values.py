"""A segment's source as the editor of its translation takes it, for copying."""

from django.core.exceptions import PermissionDenied
from django.http import Http404, JsonResponse
from django.shortcuts import get_object_or_404
from django.views.generic import View
from wagtail.blocks import RichTextBlock

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.segments import instance_values, walk_segments
from lihsite.pages.base_page import BasePage


class SourceValueView(View):
    """Answers `?name=<segment>&from=<language>` with the text, rich text as Draftail's JSON.

    The source language's text stands in where the language has none.
    """

    def get(self, request, page_id):
        page = get_object_or_404(BasePage, pk=page_id).get_latest_revision_as_object()
        if not page.permissions_for_user(request.user).can_edit():
            raise PermissionDenied
        name, language = request.GET.get("name"), request.GET.get("from")
        for code in (language, page.source_language):
            if code not in language_codes():
                continue
            for segment in walk_segments(type(page), instance_values(page, [code]), code):
                if segment.name == name:
                    return JsonResponse({"value": editor_value(segment)})
        raise Http404


def editor_value(segment) -> str:
    holder = segment.trail[-1]
    if isinstance(holder, RichTextBlock):
        return holder.field.widget.format_value(segment.text)
    return segment.text
