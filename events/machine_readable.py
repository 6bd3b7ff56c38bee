"""An event as schema.org describes it, for search engines."""

from lihsite.pages.structured_data import ORGANIZATION, person_reference, web_page
from lihsite.postal_addresses import in_one_line

STATUS = {
    "scheduled": "https://schema.org/EventScheduled",
    "postponed": "https://schema.org/EventPostponed",
    "cancelled": "https://schema.org/EventCancelled",
}
ATTENDANCE = {
    "in_person": "https://schema.org/OfflineEventAttendanceMode",
    "online": "https://schema.org/OnlineEventAttendanceMode",
    "hybrid": "https://schema.org/MixedEventAttendanceMode",
}


def event_node(page, request, speakers) -> dict:
    """The node of an event; `speakers` are people."""
    node = web_page(page, request, kind="Event")
    kept = {name: node[name] for name in ("@type", "@id", "url", "name", "description")}
    return kept | {
        "startDate": page.start_iso,
        "endDate": page.end_iso,
        "eventStatus": STATUS[page.status],
        "eventAttendanceMode": ATTENDANCE[page.attendance],
        "location": _locations(page),
        "image": request.build_absolute_uri(page.get_social_card_url(page.shown.language)),
        "inLanguage": page.languages_spoken,
        "organizer": {"@id": request.build_absolute_uri(ORGANIZATION)},
        "performer": [person_reference(one.name, one.orcid_url) for one in speakers],
    }


def _locations(page) -> list[dict]:
    places = []
    if page.takes_place_on_site:
        places.append(
            {
                "@type": "Place",
                "name": page.shown.venue_name or page.venue_address.partition("\n")[0].strip(),
                "address": in_one_line(page.venue_address),
            }
        )
    if page.takes_place_online:
        places.append({"@type": "VirtualLocation", "url": page.online_url})
    return places
