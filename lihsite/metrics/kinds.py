"""What a request asks for, in one of a few words."""

from django.conf import settings

KINDS = {"wagtail_serve": "page", "search": "search"}
"""By the name of the route; others are `other`."""

PREFIXES = (
    (settings.STATIC_URL, "static"),
    (settings.MEDIA_PATH, "media"),
    (settings.ADMIN_PATH, "admin"),
    ("/api/", "api"),
    ("/documents/", "document"),
)


def kind_of(request) -> str:
    for prefix, kind in PREFIXES:
        if request.path_info.startswith(prefix):
            return kind
    match = request.resolver_match
    return KINDS.get(match.url_name, "other") if match else "other"
