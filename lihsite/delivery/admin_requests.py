"""What holds for every request to the admin: the reader's language, and links to what is live."""

from django.conf import settings
from django.core.exceptions import BadRequest
from django.utils import translation

from lihsite.multilingual.languages import addresses_of_shown


class AdminMiddleware:
    """Answers in the language of the account, and leads to pages in a language that they live in.

    Wagtail leaves the account's language once a view refuses permission. For the address of a page
    it asks without naming a language, which would be that of the admin: there a page may be shown
    in fallback only, or not at all.
    """

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        if not request.path_info.startswith(settings.ADMIN_PATH):
            return self.get_response(request)
        with addresses_of_shown(), translation.override(language_of_account(request.user)):
            return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        """Wagtail's bulk actions take for granted that their address names rows by numbers."""
        if request.resolver_match.url_name == "wagtail_bulk_action":
            ids = [*request.GET.getlist("id"), *request.GET.getlist("childOf")]
            if not all(one == "all" or one.isdecimal() for one in ids):
                raise BadRequest("A bulk action names rows by their numbers.")


def language_of_account(user) -> str:
    """The language that the account has chosen for the admin, else the one in force."""
    profile = getattr(user, "wagtail_userprofile", None)
    return (profile and profile.preferred_language) or translation.get_language()
