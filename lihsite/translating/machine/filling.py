"""Fills what a page has untranslated with a machine's words, marked as such."""

from dataclasses import dataclass

from django.db import transaction
from django.utils.translation import gettext as _

from lihsite.multilingual.machine_marks import mark_machine_translated
from lihsite.multilingual.registration import source_language_of
from lihsite.multilingual.segment_writing import check_text, names_without_place, set_segments
from lihsite.pages.base_page import BasePage
from lihsite.translating.drafts import segments_by_name
from lihsite.translating.machine.providers import MachineError, Provider
from lihsite.translating.machine.tagged import tagged, untagged
from lihsite.translating.markup import code


@dataclass(frozen=True)
class Filled:
    """How many segments were filled, and how many left out.

    `unusable` came back in another form; `placeless` are for cells that the translation's table,
    which has another shape, does not have.
    """

    count: int
    unusable: int = 0
    placeless: int = 0


def translate(texts: list[tuple[str, bool]], source: str, target: str, provider: Provider):
    """The translations of (text, is rich) pairs in their order, None where markup was broken.

    Raises `MachineError`.
    """
    coded = [code(text, is_rich=is_rich) for text, is_rich in texts]
    answers = provider.translate([tagged(one) for one in coded], source, target)
    if len(answers) != len(texts):
        raise MachineError(_("The answer of the service is not understood. Nothing was changed."))
    return [
        untagged(answer, one, is_rich=is_rich)
        for answer, one, (_text, is_rich) in zip(answers, coded, texts, strict=True)
    ]


def fill(page, language: str, user, provider: Provider) -> Filled:
    """Translate the untranslated segments of the page's draft, and save a draft with them.

    Raises `MachineError`, PermissionDenied and ValidationError; then nothing is changed. What
    somebody writes while the service is asked stays.
    """
    source = source_language_of(page)
    untranslated = _untranslated(page, language)
    if not untranslated:
        return Filled(0)
    texts = [(segment.text, segment.is_rich) for segment in untranslated.values()]
    answers = translate(texts, source, language, provider)
    usable = {
        name: answer
        for (name, segment), answer in zip(untranslated.items(), answers, strict=True)
        if answer and answer.strip() and not check_text(page, segment, answer)
    }
    with transaction.atomic():
        BasePage.objects.select_for_update().get(pk=page.pk)
        page = BasePage.objects.get(pk=page.pk).specific
        still = _untranslated(page, language)
        wanted = {
            name: text
            for name, text in usable.items()
            if name in still and still[name].text == untranslated[name].text
        }
        content = page.get_draft_content()
        nowhere = names_without_place(type(page), content, language, source, wanted)
        wanted = {name: text for name, text in wanted.items() if name not in nowhere}
        if wanted:
            draft = page.get_latest_revision_as_object()
            set_segments(draft, language, wanted)
            mark_machine_translated(draft, language, wanted)
            draft.save_revision(user=user, log_action=True)
    return Filled(len(wanted), len(untranslated) - len(usable), len(nowhere))


def _untranslated(page, language: str) -> dict:
    content, model = page.get_draft_content(), type(page)
    translated = segments_by_name(model, content, language)
    sources = segments_by_name(model, content, source_language_of(page))
    return {name: segment for name, segment in sources.items() if name not in translated}
