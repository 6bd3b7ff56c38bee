"""What can be wrong with an archive. Commands say it in one line."""

from lihsite.operations.stops import Stop


class FilesDeleted(Exception):
    """Files were deleted that rows of the snapshot name: the backup would lack them."""


class Damaged(Exception):
    """The archive is not what was written; the message says how that shows."""


class WrongKey(Stop):
    """The archive is sealed with another key, or there is none."""
