"""What waits for a page by language, in the status panel of its edit form."""

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import may_publish
from lihsite.multilingual.reviews import may_submit
from lihsite.pages.side_panels import StatusItem, status_items
from lihsite.translating.publish_actions import publish_url


def waiting_context(page, user) -> dict:
    """The schedules and reviews that wait, failed or were sent back; the way to the pre-flight."""
    may_open = any(
        may_publish(user, page, code) or may_submit(user, page, code) for code in language_codes()
    )
    return {
        "language_schedules": page.language_schedules.waiting().select_related("user"),
        "failed_language_schedules": page.language_schedules.failed().select_related("user"),
        "language_reviews": page.language_reviews.waiting().select_related("submitted_by"),
        "sent_back_reviews": page.language_reviews.sent_back(),
        "publish_languages_url": publish_url(page) if may_open and not page.alias_of_id else "",
    }


status_items.append(StatusItem("lihsite/admin/status_waiting.html", waiting_context))
