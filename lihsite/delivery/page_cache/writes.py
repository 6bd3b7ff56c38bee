"""Notices what is written to the database, by whatever way, and says that the content has changed.

Signals would miss what query sets, commands and migrations write. So every statement is looked at:
whatever changes a table counts, unless visitors never see that table, or nothing of a page is
touched but what belongs to its draft.
"""

import re
from collections.abc import Callable
from contextlib import suppress
from functools import lru_cache

from django.db import connections, transaction
from django.db.backends.signals import connection_created

from .statements import PAGES, WRITING, assigned_columns
from .withdrawals import Withdrawal

UNSEEN = {
    # Who works here, on what, and what they did
    *("auth_group", "auth_group_permissions", "auth_permission", "auth_user", "auth_user_groups"),
    *("auth_user_user_permissions", "django_content_type", "django_session"),
    *("wagtailadmin_admin", "wagtailadmin_editingsession", "wagtailadmin_formstate"),
    *("wagtailcore_apitoken", "wagtailcore_comment", "wagtailcore_commentreply"),
    *("wagtailcore_modellogentry", "wagtailcore_pagelogentry", "wagtailcore_pagesubscription"),
    *("wagtailcore_taskstate", "wagtailcore_workflowstate", "wagtailcore_uploadedfile"),
    *("wagtailcore_referenceindex", "wagtailcore_revision", "wagtailusers_userprofile"),
    *("accounts_accountevent", "accounts_authenticatorapp", "accounts_openidentity"),
    *("accounts_passkey", "accounts_recoverycode"),
    # The translators' workspace
    *("lihsite_assignment", "lihsite_export", "lihsite_importedfile", "lihsite_languagereview"),
    *("lihsite_languageschedule", "lihsite_loadeddraft", "lihsite_progressrecord"),
    *("lihsite_reviewerlink", "lihsite_sourcetext", "lihsite_term", "lihsite_translationstate"),
    *("lihsite_translationunit",),
    # The admin's own search
    *("wagtailsearch_indexentry", "wagtailsearch_indexentry_fts"),
    # What visitors send, and what is counted of them
    *("contact_rate", "contact_submission", "contact_subscription", "wagtailforms_formsubmission"),
    *("lihsite_redirects_missingaddress", "visits_pagevisits"),
    *("links_brokenlink", "links_externaladdress"),
    # Work after the response
    *("background_heartbeat", "background_outgoingmail", "background_regularjob"),
    "django_tasks_database_dbtaskresult",
    # Pages that were deleted
    *("trash_deletedpage", "trash_deletedrow"),
}
"""Tables that no page for visitors is made from. A new table is none of them until it is named."""

GROWING = {"lihsite_rendition"}
"""Tables in which new rows alone change no page: pages name them only once they are there."""

OF_DRAFTS = re.compile(
    r"latest_revision(_created_at|_id)|draft_title(_\w+)?|has_unpublished_changes"
)
"""Columns of a page that say what its draft is."""

READING = re.compile(
    r"\s*(SELECT|SAVEPOINT|RELEASE|ROLLBACK|BEGIN|COMMIT|PRAGMA|SET|SHOW|EXPLAIN|DECLARE|FETCH|CLOSE"
    r"|LISTEN|UNLISTEN|NOTIFY|VACUUM|ANALYZE|CHECKPOINT)\b",
    re.IGNORECASE,
)
COMMON_TABLES = re.compile(r"\s*WITH\b", re.IGNORECASE)
CHANGING = re.compile(r"\b(INSERT|UPDATE|DELETE|MERGE)\b", re.IGNORECASE)


@lru_cache(maxsize=2048)
def changes_content(statement: str) -> bool:
    """Whether visitors may see something else once the statement has run; if in doubt, they may."""
    if READING.match(statement):
        return False
    if COMMON_TABLES.match(statement):
        return bool(CHANGING.search(statement))
    written = WRITING.match(statement)
    if not written:
        return True
    table, verb = written["table"].lower(), written["verb"].upper()
    if table in UNSEEN or (table in GROWING and verb.startswith("INSERT")):
        return False
    if table == PAGES and verb == "UPDATE":
        columns = assigned_columns(statement)
        return not columns or not all(map(OF_DRAFTS.fullmatch, columns))
    return True


Tell = Callable[[bool], None]
"""Gets whether something was withdrawn from visitors."""


class Watcher:
    """Looks at the statements of one connection."""

    def __init__(self, alias: str, tell: Tell):
        self.alias = alias
        self.tell = tell
        self.is_untold = self.withdraws = False

    def __call__(self, execute, sql, params, many, context):
        statement = str(sql)
        if not changes_content(statement):
            return execute(sql, params, many, context)
        withdrawal = Withdrawal(statement, params, many, self.read)
        # What has failed may have run, if the connection broke.
        is_made = withdrawal.may_be
        try:
            result = execute(sql, params, many, context)
            is_made = withdrawal.is_made()
            return result
        finally:
            # Each write asks to be told: those of a savepoint that is rolled back ask in vain.
            self.is_untold = True
            self.withdraws = self.withdraws or is_made
            if connections[self.alias].in_atomic_block:
                with suppress(transaction.TransactionManagementError):
                    transaction.on_commit(self.tell_once, using=self.alias)
            else:
                self.tell_once()

    def read(self, query: str, params: list) -> dict | None:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(query, params)
            row = cursor.fetchone()
            return row and dict(zip((name for name, *_ in cursor.description), row, strict=True))

    def tell_once(self) -> None:
        if self.is_untold:
            withdraws = self.withdraws
            self.is_untold = self.withdraws = False
            self.tell(withdraws)


def watch_writes(tell: Tell) -> None:
    """Call `tell` after each commit of this process that changes the content."""

    def watch(sender, connection, **kwargs):
        if not any(isinstance(wrapper, Watcher) for wrapper in connection.execute_wrappers):
            connection.execute_wrappers.append(Watcher(connection.alias, tell))

    connection_created.connect(watch, weak=False, dispatch_uid="page cache")
    for connection in connections.all(initialized_only=True):
        watch(None, connection)
