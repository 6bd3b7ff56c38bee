"""Links from the admin to the site lead to what is live."""

from django.conf import settings

from lihsite.multilingual.languages import addresses_of_shown


class AdminAddressesMiddleware:
    """Status tags, messages and e-mails of the admin link a page in a language that it is live in.

    Wagtail asks for a page's address without naming a language, which would be that of the admin:
    there a page may be shown in fallback only, or not at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(settings.ADMIN_PATH):
            return self.get_response(request)
        with addresses_of_shown():
            return self.get_response(request)
