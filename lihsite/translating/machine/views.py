"""Fills a page's untranslated texts at the press of a button."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.translation import ngettext
from django.views import View

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.permissions import writable_languages
from lihsite.multilingual.registration import source_language_of
from lihsite.pages.base_page import BasePage

from .filling import fill
from .providers import MachineError, provider


class MachineFillView(View):
    """Answers a POST alone, and leads back to the translate view."""

    http_method_names = ["post"]

    def post(self, request, page_id, language):
        page = get_object_or_404(BasePage, pk=page_id).specific
        service = provider()
        if service is None or language not in language_codes():
            raise Http404
        permissions = page.permissions_for_user(request.user)
        if (
            language not in writable_languages(request.user)
            or language == source_language_of(page)
            or not permissions.can_edit()
            or permissions.page_locked()
            or page.alias_of_id
        ):
            raise PermissionDenied
        try:
            filled = fill(page, language, request.user, service)
        except MachineError as reason:
            messages.error(request, str(reason))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        else:
            self.report(filled, language)
        return redirect(reverse("translating:translate", args=[page.pk, language]))

    def report(self, filled, language: str) -> None:
        messages.success(
            self.request,
            ngettext(
                "%(count)d text was translated into %(language)s by machine; read and confirm it.",
                "%(count)d texts were translated into %(language)s by machine; read and confirm "
                "them.",
                filled.count,
            )
            % {"count": filled.count, "language": language_name(language)},
        )
        if filled.unusable:
            messages.warning(
                self.request,
                ngettext(
                    "%(count)d text came back without its links or emphasis and was left out.",
                    "%(count)d texts came back without their links or emphasis and were left out.",
                    filled.unusable,
                )
                % {"count": filled.unusable},
            )
        if filled.placeless:
            messages.warning(
                self.request,
                ngettext(
                    "%(count)d text was left out: the table of the translation has no cell for it.",
                    "%(count)d texts were left out: the tables of the translation have no cells "
                    "for them.",
                    filled.placeless,
                )
                % {"count": filled.placeless},
            )
