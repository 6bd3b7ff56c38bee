"""How often signing in may fail, by account and by client address.

The counts are rows of the database (`lihsite/rates.py`): they hold for all processes, with or
without Redis. What is counted is the attempt, ahead of looking at the password; a good one is given
back. So attempts at the same moment are not looked at twice for the price of one.

A user name has a few attempts from each address (`…_account_client`), and from all of them together
no more than a few such addresses would have (`…_account`); a browser that the account knows has its
own instead (`devices.py`). Whether the account exists makes no difference. What is refused for its
address alone is not counted for the account: one address cannot use up what all of them have. Every
refusal ends by itself.
"""

from lihsite.clients import client_of
from lihsite.rates import count_one, give_back, limit_of, take, too_many_attempts

from .audit import Kind, record
from .devices import key_of, known_device

LOGIN, CODE = "login", "code"
"""What is tried: a password, or a second factor."""


class Attempt:
    """One attempt for the user name, from where the request comes from."""

    def __init__(self, request, username: str, kind: str = LOGIN):
        key = key_of(username)
        client = client_of(request)
        self.request = request
        self.counts = [(f"{kind}_client", client)]
        """In the order in which they are asked: the widest comes last."""
        if device := known_device(request, key):
            self.counts.append((f"{kind}_device", device))
        else:
            self.counts.append((f"{kind}_account_client", f"{key} {client}"))
            self.counts.append((f"{kind}_account", key))

    def begin(self, account=None) -> None:
        """Count it; raises ValidationError with the time to wait if there were too many."""
        for name, subject in self.counts:
            count, most = count_one(name, subject), limit_of(name)[0]
            if count == most + 1:
                record(Kind.LOGIN_REFUSED, account, self.request)
            if count > most:
                raise too_many_attempts(name)

    def succeed(self) -> None:
        for name, subject in self.counts:
            give_back(name, subject)


def refusal_of_unnamed(request, name: str) -> str:
    """Count an attempt without a user name by its client; what to say if there were too many."""
    if take(name, client_of(request)):
        return ""
    return too_many_attempts(name).messages[0]
