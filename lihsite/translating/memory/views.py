"""The memory in the admin: what is in it, TMX in and out, and what it suggests for a text."""

from django import forms
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count
from django.http import Http404, JsonResponse, StreamingHttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin

from lihsite.batches import batches
from lihsite.multilingual.glossary import terms_in
from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.registration import source_language_of
from lihsite.multilingual.translation_memory import TranslationUnit
from lihsite.pages.base_page import BasePage
from lihsite.translating.drafts import segments_by_name
from lihsite.translating.exchange.documents import Unreadable
from lihsite.translating.exchange.forms import LARGEST_FILE
from lihsite.translating.exchange.views import TranslatorsOnlyMixin
from lihsite.translating.machine.filling import translate
from lihsite.translating.machine.providers import MachineError, provider
from lihsite.translating.markup import code
from lihsite.translating.source_values import editor_value

from . import tmx
from .matches import find
from .units import keep

BATCH = 500


class MemoryForm(forms.Form):
    file = forms.FileField(
        label=gettext_lazy("TMX file"),
        help_text=gettext_lazy("The memory of an agency or of another tool, in TMX 1.4."),
        widget=forms.FileInput(attrs={"accept": ".tmx,.xml"}),
    )

    def clean_file(self):
        file = self.cleaned_data["file"]
        if file.size > LARGEST_FILE:
            raise forms.ValidationError(_("The file is larger than 20 MB."))
        return file


class MemoryView(TranslatorsOnlyMixin, WagtailAdminTemplateMixin, FormView):
    """How many units there are, as TMX; and takes such a file."""

    form_class = MemoryForm
    template_name = "lihsite/admin/exchange/memory.html"
    page_title = gettext_lazy("Translation memory")
    header_icon = "history"

    def get_breadcrumbs_items(self):
        return [*self.breadcrumbs_items, {"url": "", "label": self.page_title}]

    def get_context_data(self, **kwargs):
        pairs = TranslationUnit.objects.values("source_language", "target_language")
        order = language_codes()
        counted = [
            {
                "source": language_name(pair["source_language"]),
                "target": language_name(pair["target_language"]),
                "count": pair["count"],
                "url": reverse(
                    "translating:memory_export",
                    args=[pair["source_language"], pair["target_language"]],
                ),
            }
            for pair in pairs.annotate(count=Count("pk")).order_by(*pairs.query.values_select)
            if {pair["source_language"], pair["target_language"]} <= set(order)
        ]
        return {**super().get_context_data(**kwargs), "pairs": counted}

    def form_valid(self, form):
        try:
            taken, left = import_units(form.cleaned_data["file"].read(), self.request.user)
        except Unreadable as reason:
            form.add_error("file", str(reason))
            return self.form_invalid(form)
        text = ngettext(
            "%(count)d translation was taken into the memory.",
            "%(count)d translations were taken into the memory.",
            taken,
        ) % {"count": taken}
        if left:
            text += " " + ngettext(
                "%(count)d was left out: you do not translate between its languages.",
                "%(count)d were left out: you do not translate between their languages.",
                left,
            ) % {"count": left}
        messages.success(self.request, text)
        return redirect("translating:memory")


@transaction.atomic
def import_units(data: bytes, user) -> tuple[int, int]:
    """Keep the units of a TMX file; how many were, and how many are in others' languages.

    Raises `Unreadable`; then none is kept.
    """
    allowed = set(writable_languages(user))
    taken = left = 0
    for batch in batches(tmx.read(data), BATCH):
        mine = [one for one in batch if {one.source_language, one.target_language} & allowed]
        keep(mine)
        taken += len(mine)
        left += len(batch) - len(mine)
    return taken, left


class MemoryExportView(TranslatorsOnlyMixin, View):
    def get(self, request, source, target):
        if not {source, target} <= set(language_codes()):
            raise Http404
        units = TranslationUnit.objects.filter(source_language=source, target_language=target)
        return StreamingHttpResponse(
            tmx.write(units.order_by("pk").iterator(BATCH)),
            content_type="application/x-tmx+xml",
            headers={
                "Content-Disposition": f'attachment; filename="memory-{source}-{target}.tmx"',
                "Cache-Control": "private, no-store",
            },
        )


class SuggestionsView(View):
    """Suggestions for a segment of a page's draft, or for `text`, as JSON.

    `?segment=<name>` or `?text=<words>`, with `from=<language>` where it is not the source. Each
    suggestion has `source`, `target`, `match` in percent and `origin` (memory or machine, the
    latter with `machine=1` where a service is set up). For a segment each has its `value` as the
    editor takes it, too. `terms` are those of the glossary in the text.
    """

    def get(self, request, page_id, language):
        page = get_object_or_404(BasePage, pk=page_id).specific
        if language not in language_codes():
            raise Http404
        may_edit = page.permissions_for_user(request.user).can_edit()
        if not may_edit or language not in writable_languages(request.user):
            raise PermissionDenied
        source = request.GET.get("from") or source_language_of(page)
        if source not in language_codes():
            raise Http404
        segment = self.segment_of(page, source)
        text, is_rich = (segment.text, segment.is_rich) if segment else (request.GET["text"], False)
        found = suggestions(text, source, language, is_rich=is_rich)
        answer = {"suggestions": found, "terms": terms(text, source, language, is_rich=is_rich)}
        if request.GET.get("machine") and (service := provider()):
            try:
                found += machine_suggestion(text, source, language, service, is_rich=is_rich)
            except MachineError as reason:
                answer["error"] = str(reason)
        if segment:
            for one in found:
                one["value"] = editor_value(segment._replace(text=one["target"]))
        return JsonResponse(answer)

    def segment_of(self, page, source: str):
        """The segment that is named; None where a text is given instead."""
        if "text" in self.request.GET:
            return None
        name = self.request.GET.get("segment", "")
        segment = segments_by_name(type(page), page.get_draft_content(), source).get(name)
        if segment is None:
            raise Http404
        return segment


def suggestions(text: str, source: str, language: str, *, is_rich: bool) -> list[dict]:
    return [
        {
            "source": match.source,
            "target": match.target,
            "match": match.percent,
            "origin": "memory",
        }
        for match in find(text, source, language, is_rich=is_rich)
    ]


def machine_suggestion(text, source, language, service, *, is_rich: bool) -> list[dict]:
    [answer] = translate([(text, is_rich)], source, language, service)
    found = {"source": text, "target": answer, "match": None, "origin": "machine"}
    return [found] if answer else []


def terms(text: str, source: str, language: str, *, is_rich: bool) -> list[dict]:
    words = code(text, is_rich=is_rich).plain
    return [found.as_data() for found in terms_in(words, source, language)]
