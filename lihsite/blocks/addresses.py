"""Addresses of other sites in blocks."""

from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _
from wagtail import blocks

validate_https = URLValidator(
    schemes=["https"], message=_("Enter a full address that begins with https://.")
)


class HttpsURLBlock(blocks.URLBlock):
    """An address of another site, over an encrypted connection only."""

    def __init__(self, **kwargs):
        validators = (*kwargs.pop("validators", ()), validate_https)
        super().__init__(validators=validators, **kwargs)
