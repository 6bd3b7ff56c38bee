"""Whom journalists ask about a press release."""

import re
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

PHONE = re.compile(r"\+?[0-9][0-9 ()/.-]{3,38}", re.ASCII)


@dataclass(frozen=True)
class PressContact:
    name: str
    email: str
    phone: str

    def __bool__(self):
        return bool(self.name or self.email or self.phone)

    @property
    def phone_url(self) -> str:
        """The number for a link (RFC 3966), without the signs that only help to read it."""
        return f"tel:{re.sub(r'[^0-9+]', '', self.phone)}" if self.phone else ""


def validate_phone(value: str) -> None:
    if not PHONE.fullmatch(value):
        raise ValidationError(_("Write a telephone number, such as +352 26970-1."))
