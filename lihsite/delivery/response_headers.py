"""What browsers are told of their rights: content security policies and their like.

The policies are made once a process and hold for whole parts of the site. Answers to visitors are
kept ready ahead of Django (`page_cache`), so theirs names nothing of a single request; the admin's
needs no nonce either, since no inline script is left in it (`lihsite/templates/wagtailadmin/`).
That is why django-csp is not used: it has one policy for all views, others by decorators of views,
which are Wagtail's here, and its use is to make nonces; nor django-permissions-policy, which would
write the one line below. `docs/security.md` lists every exception; a test compares.
"""

from django.conf import settings

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "hid"),
        *("magnetometer", "microphone", "midi", "payment", "screen-wake-lock", "serial", "usb"),
        "xr-spatial-tracking",
    )
)
"""No page asks for any of these, nor may the players in its frames. Passkeys and full screen are
left to the browser's own rule."""

DOWNLOAD_POLICY = "default-src 'none'; sandbox"
"""For what somebody uploaded and a browser might show as a page: it may load and run nothing, and
belongs to no host name."""

SHARED = "cross-origin"
"""The `Cross-Origin-Resource-Policy` of files that pages elsewhere may show, such as pictures."""


def policy(directives: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def visitors_policy() -> str:
    """Nothing but our own files; players of other hosts only as frames, put in place by a click."""
    own_and_media = ["'self'", *settings.MEDIA_HOSTS]
    return policy(
        {
            "default-src": ["'none'"],
            "img-src": own_and_media,
            "media-src": own_and_media,
            "style-src": ["'self'"],
            "script-src": ["'self'"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "manifest-src": ["'self'"],
            "frame-src": ["'self'", *settings.VIDEO_HOSTS],
            "form-action": ["'self'"],
            "base-uri": ["'none'"],
            "frame-ancestors": ["'self'"],
        }
    )


def admin_policy() -> str:
    """The same, with what Wagtail 8.0.1 cannot do without.

    Its rich text editor writes `<style>` elements (draftail: nested lists, placeholders by block),
    and pictures are shown from memory before they are uploaded.
    """
    own_and_media = ["'self'", *settings.MEDIA_HOSTS]
    return policy(
        {
            "default-src": ["'none'"],
            "img-src": [*own_and_media, "data:", "blob:"],
            "media-src": own_and_media,
            "style-src": ["'self'"],
            "style-src-elem": ["'self'", "'unsafe-inline'"],
            "script-src": ["'self'"],
            "font-src": ["'self'"],
            "connect-src": ["'self'"],
            "frame-src": ["'self'", *settings.VIDEO_HOSTS],
            "form-action": ["'self'"],
            "base-uri": ["'none'"],
            "frame-ancestors": ["'self'"],
        }
    )


class ContentSecurityPolicyMiddleware:
    """Adds the headers of the address; a response that brings its own keeps it."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.visitors = visitors_policy()
        self.admin = admin_policy()

    def __call__(self, request):
        response = self.get_response(request)
        chosen = self.admin if request.path_info.startswith(settings.ADMIN_PATH) else self.visitors
        response.headers.setdefault("Content-Security-Policy", chosen)
        response.headers.setdefault("Permissions-Policy", PERMISSIONS)
        response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        return response
