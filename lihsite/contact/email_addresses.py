"""E-mail addresses that visitors give: mail can be sent to them.

Django's validator takes domains beyond ASCII by their letters alone. To be written in a mail they
are encoded (RFC 3490), and what comes out may be too long, empty, or more than a domain.
"""

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator
from django.utils.encoding import punycode


class MailValidator(EmailValidator):
    """Django's, which also looks at the domain as mail writes it."""

    def validate_domain_part(self, domain_part):
        try:
            encoded = punycode(domain_part)
        except UnicodeError:
            return False
        is_domain = super().validate_domain_part
        return is_domain(domain_part) and is_domain(encoded)


validate_mail = MailValidator()


class MailField(forms.EmailField):
    default_validators = [validate_mail]


def can_be_mailed(email: str) -> bool:
    try:
        validate_mail(email)
    except ValidationError:
        return False
    return True
