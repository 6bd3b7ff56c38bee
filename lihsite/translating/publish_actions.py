"""What a button does: publish what is ready at once, and ask first where something is not."""

from urllib.parse import urlencode

from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from wagtail import hooks
from wagtail.admin import messages

from lihsite.multilingual import reviews
from lihsite.multilingual.languages import language_name, language_name_local
from lihsite.multilingual.permissions import may_publish
from lihsite.multilingual.publishing import error_text, preflight, publish_languages

REFUSALS = (ValidationError, PermissionDenied)


def publish_url(page, languages=(), next_url="") -> str:
    """The address of the pre-flight, with languages chosen already."""
    url = reverse("translating:publish", args=[page.pk])
    asked = [("languages", code) for code in languages]
    if next_url:
        asked.append(("next", next_url))
    return f"{url}?{urlencode(asked)}" if asked else url


def publish_or_ask(request, page, language: str, next_url: str) -> HttpResponse:
    """Publish the language if nothing in it is missing or outdated; else show what is, and ask."""
    readiness = next((one for one in preflight(page) if one.language == language), None)
    if readiness is None or not readiness.is_ready:
        return redirect(publish_url(page, [language], next_url))
    return publish_now(request, page, [language], next_url=next_url)


def publish_ready(request, page, next_url: str) -> HttpResponse:
    """Publish every language that is ready, would change, and is the user's to publish."""
    ready = [
        one.language
        for one in preflight(page)
        if one.is_ready and one.would_change and may_publish(request.user, page, one.language)
    ]
    if not ready:
        messages.warning(request, _("No language is ready to be published with changes."))
        return redirect(publish_url(page, next_url=next_url))
    return publish_now(request, page, ready, next_url=next_url)


def publish_now(request, page, languages, *, next_url: str, with_shared=None) -> HttpResponse:
    """Publish, say so and go on; where it is refused, say why beside the pre-flight."""
    response = run_hooks("before_publish_page", request, page)
    if response:
        return response
    try:
        publish_languages(page, languages, user=request.user, with_shared=with_shared)
    except REFUSALS as error:
        messages.error(request, error_text(error))
        return redirect(publish_url(page, languages, next_url))
    stored = page.specific_class.objects.get(pk=page.pk)
    response = run_hooks("after_publish_page", request, stored)
    if response:
        return response
    messages.success(
        request,
        _("%(languages)s published: “%(title)s”.")
        % {"languages": names_of(languages), "title": page.get_admin_display_title()},
        buttons=view_live_buttons(stored, languages),
    )
    return redirect(next_url)


def submit_now(request, page, language: str, *, next_url: str, comment="") -> HttpResponse:
    """Ask for a review of the language, and say who has been asked."""
    try:
        reviews.submit(page, language, user=request.user, comment=comment)
    except REFUSALS as error:
        messages.error(request, error_text(error))
    else:
        messages.success(
            request,
            _("%(language)s submitted for review: “%(title)s”.")
            % {"language": language_name(language), "title": page.get_admin_display_title()},
        )
    return redirect(next_url)


def view_live_buttons(page, languages) -> list:
    return [
        messages.button(url, _("View live: %(language)s") % {"language": language_name_local(code)})
        for code in languages
        if (url := page.get_url_for_language(code))
    ]


def names_of(languages) -> str:
    """What a sentence calls the languages: “French and German”; without any, what they share."""
    names = [language_name(code) for code in languages]
    return get_text_list(names, _("and")) or _("The shared fields")


def run_hooks(name: str, request, page) -> HttpResponse | None:
    """Run Wagtail's hooks of a publication; the first response of one ends it."""
    for hook in hooks.get_hooks(name):
        result = hook(request, page)
        if hasattr(result, "status_code"):
            return result
    return None


def after_edit(request, page) -> HttpResponse | None:
    """What the buttons of the edit form do once the draft is saved."""
    edit_url = reverse("wagtailadmin_pages:edit", args=[page.pk])
    asked = request.POST.get("action-publish-language")
    if asked == READY:
        return publish_ready(request, page, edit_url)
    if asked == CHOOSE:
        return redirect(publish_url(page, next_url=edit_url))
    if asked:
        return publish_or_ask(request, page, asked, edit_url)
    submitted = request.POST.get("action-submit-language")
    if submitted:
        return submit_now(request, page, submitted, next_url=edit_url)
    return None


READY, CHOOSE = "ready", "choose"
"""What the edit form's buttons ask for in place of one language."""
