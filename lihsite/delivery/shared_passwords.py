"""How often a client may try the password of a private page or collection, which people share."""

from functools import wraps

from lihsite.clients import client_of
from lihsite.rates import give_back, take

from .errors import too_many_requests

LIMIT = "shared_password_client"


def limits_attempts(view):
    """Counts what is sent to a view that redirects whoever knows the password.

    The count is ahead of the look at the password, and given back if it was right: attempts at the
    same moment are not looked at twice for the price of one.
    """

    @wraps(view)
    def limited(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        client = client_of(request)
        if not take(LIMIT, client):
            return too_many_requests(request, LIMIT)
        response = view(request, *args, **kwargs)
        if response.status_code == 302:
            give_back(LIMIT, client)
        return response

    return limited
