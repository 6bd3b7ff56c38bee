"""The services that translate, behind one interface: texts in, texts out, or `MachineError`."""

from typing import Protocol

import requests
from django.conf import settings
from django.utils.translation import gettext as _

TIMEOUT = 30
"""Seconds to wait for a service."""


class MachineError(Exception):
    """The service did not translate; the message says why, to a person."""


class Provider(Protocol):
    """`translate` gives as many texts as it gets; markup in them is `<g id="1">` and `<x id="2">`.

    Raises `MachineError`.
    """

    label: str

    def translate(self, texts: list[str], source: str, target: str) -> list[str]: ...


class DeepL:
    """DeepL's API, version 2: https://developers.deepl.com/docs/api-reference/translate."""

    label = "DeepL"
    address = "https://api-free.deepl.com"
    at_once = 50
    reasons = {456: "quota", 403: "key", 429: "busy", 529: "busy"}

    def __init__(self, url: str, key: str):
        self.url, self.key = url or self.address, key

    def translate(self, texts, source, target):
        translated = []
        for start in range(0, len(texts), self.at_once):
            answer = post(
                f"{self.url.rstrip('/')}/v2/translate",
                {
                    "text": texts[start : start + self.at_once],
                    "source_lang": source.partition("-")[0].upper(),
                    # English has no target of its own.
                    "target_lang": "EN-GB" if target == "en" else target.upper(),
                    "tag_handling": "xml",
                    "preserve_formatting": True,
                },
                self,
                {"Authorization": f"DeepL-Auth-Key {self.key}"},
            )
            translated += texts_in(answer, lambda data: [t["text"] for t in data["translations"]])
        return translated


class LibreTranslate:
    """LibreTranslate's API: https://docs.libretranslate.com/api/operations/translate/."""

    label = "LibreTranslate"
    address = "http://127.0.0.1:5000"
    at_once = 50
    reasons = {403: "key", 429: "busy"}

    def __init__(self, url: str, key: str):
        self.url, self.key = url or self.address, key

    def translate(self, texts, source, target):
        translated = []
        for start in range(0, len(texts), self.at_once):
            answer = post(
                f"{self.url.rstrip('/')}/translate",
                {
                    "q": texts[start : start + self.at_once],
                    "source": source,
                    "target": target,
                    "format": "html",
                    **({"api_key": self.key} if self.key else {}),
                },
                self,
            )
            translated += texts_in(answer, lambda data: data["translatedText"])
        return translated


PROVIDERS = {"deepl": DeepL, "libretranslate": LibreTranslate}


def post(url: str, data: dict, provider, headers: dict | None = None) -> requests.Response:
    try:
        answer = requests.post(url, json=data, headers=headers, timeout=TIMEOUT)
    except requests.RequestException as error:
        raise MachineError(
            _("%(service)s cannot be reached. Nothing was changed.") % {"service": provider.label}
        ) from error
    if not answer.ok:
        reasons = {
            "quota": _("the quota is used up"),
            "key": _("the key is not accepted"),
            "busy": _("it is busy; try again in a minute"),
        }
        reason = reasons.get(provider.reasons.get(answer.status_code), f"{answer.status_code}")
        raise MachineError(
            _("%(service)s does not translate: %(reason)s. Nothing was changed.")
            % {"service": provider.label, "reason": reason}
        )
    return answer


def texts_in(answer: requests.Response, read) -> list[str]:
    try:
        texts = read(answer.json())
    except (ValueError, KeyError, TypeError) as error:
        raise not_understood() from error
    if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
        raise not_understood()
    return texts


def not_understood() -> MachineError:
    return MachineError(_("The answer of the service is not understood. Nothing was changed."))


def provider() -> Provider | None:
    """The service that the settings name; None where machine translation is off."""
    named = PROVIDERS.get(settings.MACHINE_TRANSLATION)
    if named is None:
        return None
    return named(settings.MACHINE_TRANSLATION_URL, settings.MACHINE_TRANSLATION_KEY)
