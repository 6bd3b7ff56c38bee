"""The content security policies: a strict one for visitors, a looser one for Wagtail's admin."""

from django.conf import settings


def policy(directives: dict[str, list[str]]) -> str:
    return "; ".join(" ".join([name, *sources]) for name, sources in directives.items())


def visitors_policy() -> str:
    """Nothing but our own files; players of other hosts only as frames, put in place by a click."""
    own_and_media = ["'self'", *settings.MEDIA_HOSTS]
    return policy(
        {
            "default-src": ["'none'"],
            "img-src": [*own_and_media, "data:"],
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
    """Wagtail writes scripts and styles into its pages, and shows pictures before upload."""
    own_and_media = ["'self'", *settings.MEDIA_HOSTS]
    return policy(
        {
            "default-src": ["'self'"],
            "img-src": [*own_and_media, "data:", "blob:"],
            "media-src": own_and_media,
            "style-src": ["'self'", "'unsafe-inline'"],
            "script-src": ["'self'", "'unsafe-inline'"],
            "frame-src": ["'self'", *settings.VIDEO_HOSTS],
            "object-src": ["'none'"],
            "form-action": ["'self'"],
            "base-uri": ["'self'"],
            "frame-ancestors": ["'self'"],
        }
    )


class ContentSecurityPolicyMiddleware:
    """Adds the policy of the address; a response that brings its own keeps it."""

    def __init__(self, get_response):
        self.get_response = get_response
        self.visitors = visitors_policy()
        self.admin = admin_policy()

    def __call__(self, request):
        response = self.get_response(request)
        chosen = self.admin if request.path_info.startswith(settings.ADMIN_PATH) else self.visitors
        response.headers.setdefault("Content-Security-Policy", chosen)
        response.headers.setdefault(
            "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=()"
        )
        return response
