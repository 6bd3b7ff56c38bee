"""The services that translate, behind one interface: texts in, texts out, or `MachineError`."""

from abc import ABC, abstractmethod

import requests
from django.conf import settings
from django.utils.translation import gettext as _

from lihsite.batches import batches

TIMEOUT = 30
"""Seconds to wait for a service."""


class MachineError(Exception):
    """The service did not translate; the message says why, to a person."""


class Provider(ABC):
    """A service reached over HTTP at `url`, or at its public `address` where none is given."""

    label: str
    address: str
    at_once: int = 50
    """So many texts go in one request."""
    reasons: dict[int, str]
    """What the service means by a status: that the quota is used up, the key wrong, or it busy."""

    def __init__(self, url: str, key: str):
        self.url, self.key = (url or self.address).rstrip("/"), key

    def translate(self, texts: list[str], source: str, target: str) -> list[str]:
        """As many texts as it gets; markup in them is `<g id="1">` and `<x id="2">`.

        Raises `MachineError`.
        """
        translated = []
        for some in batches(texts, self.at_once):
            translated += self.texts_in(self.ask(some, source, target))
        return translated

    @abstractmethod
    def ask(self, texts: list[str], source: str, target: str) -> requests.Response:
        """Send a request with some of the texts, by `post`."""

    @abstractmethod
    def read(self, data) -> list[str]:
        """The translations in the answer's JSON."""

    def post(self, path: str, data: dict, headers: dict | None = None) -> requests.Response:
        try:
            answer = requests.post(
                f"{self.url}/{path}", json=data, headers=headers, timeout=TIMEOUT
            )
        except requests.RequestException as error:
            raise MachineError(
                _("%(service)s cannot be reached. Nothing was changed.") % {"service": self.label}
            ) from error
        if not answer.ok:
            reasons = {
                "quota": _("the quota is used up"),
                "key": _("the key is not accepted"),
                "busy": _("it is busy; try again in a minute"),
            }
            reason = reasons.get(self.reasons.get(answer.status_code), f"{answer.status_code}")
            raise MachineError(
                _("%(service)s does not translate: %(reason)s. Nothing was changed.")
                % {"service": self.label, "reason": reason}
            )
        return answer

    def texts_in(self, answer: requests.Response) -> list[str]:
        try:
            texts = self.read(answer.json())
        except (ValueError, KeyError, TypeError) as error:
            raise not_understood() from error
        if not isinstance(texts, list) or not all(isinstance(text, str) for text in texts):
            raise not_understood()
        return texts


def not_understood() -> MachineError:
    return MachineError(_("The answer of the service is not understood. Nothing was changed."))


class DeepL(Provider):
    """DeepL's API, version 2: https://developers.deepl.com/docs/api-reference/translate."""

    label = "DeepL"
    address = "https://api-free.deepl.com"
    reasons = {456: "quota", 403: "key", 429: "busy", 529: "busy"}

    def ask(self, texts, source, target):
        request = {
            "text": texts,
            "source_lang": source.partition("-")[0].upper(),
            "target_lang": settings.DEEPL_TARGETS.get(target, target.upper()),
            "tag_handling": "xml",
            "preserve_formatting": True,
        }
        return self.post("v2/translate", request, {"Authorization": f"DeepL-Auth-Key {self.key}"})

    def read(self, data):
        return [translation["text"] for translation in data["translations"]]


class LibreTranslate(Provider):
    """LibreTranslate's API: https://docs.libretranslate.com/api/operations/translate/."""

    label = "LibreTranslate"
    address = "http://127.0.0.1:5000"
    reasons = {403: "key", 429: "busy"}

    def ask(self, texts, source, target):
        request = {"q": texts, "source": source, "target": target, "format": "html"}
        if self.key:
            request["api_key"] = self.key
        return self.post("translate", request)

    def read(self, data):
        return data["translatedText"]


PROVIDERS = {"deepl": DeepL, "libretranslate": LibreTranslate}


def provider() -> Provider | None:
    """The service that the settings name; None where machine translation is off."""
    named = PROVIDERS.get(settings.MACHINE_TRANSLATION)
    if named is None:
        return None
    return named(settings.MACHINE_TRANSLATION_URL, settings.MACHINE_TRANSLATION_KEY)
