"""Settings for visitors. By default behind HTTPS, with all secrets from the environment.

`ONE_MACHINE=1` is the explicit exception: served over HTTP to the loopback interface alone, with a
generated secret key. `make run` uses it.
"""

from urllib.parse import urlsplit

from .base import *  # noqa: F403
from .base import MEDIA_ORIGIN, STORAGES, VAR_DIR, env
from .cache import caches
from .secret_key import generated_secret_key

DEBUG = False
IS_PUBLIC = True
ONE_MACHINE = env.bool("ONE_MACHINE", default=False)

STORAGES = {
    **STORAGES,
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
REDIS_URL = env.str("REDIS_URL", default="")
CACHES = caches(REDIS_URL, VAR_DIR)
# Answers that are ready, in the memory of each process; 0 makes every page anew.
PAGE_CACHE_BYTES = env.int("PAGE_CACHE_MEGABYTES", default=10) * 1_000_000

# The log goes to the standard error stream, where whatever runs the server keeps it: a JSON object
# a line (lihsite/operations/logs.py), on one machine plain text for whoever sits before it.
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "json": {"()": "lihsite.operations.logs.JsonFormatter"},
        "plain": {},
    },
    "handlers": {
        "console": {
            "class": "logging.StreamHandler",
            "formatter": "plain" if ONE_MACHINE else "json",
        },
        "nowhere": {"class": "logging.NullHandler"},
    },
    "root": {"handlers": ["console"], "level": "WARNING"},
    "loggers": {
        "django": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        # Failed tasks are told of in a line each (lihsite/background/retries.py).
        "django_tasks": {"handlers": ["nowhere"], "propagate": False},
        # Scanners ask for every name there is; the answer is 400, and no fault of ours.
        "django.security.DisallowedHost": {"handlers": ["nowhere"], "propagate": False},
    },
}

# The admin shows previews of pages in a frame, so `SAMEORIGIN` is as far as we can go.
SILENCED_SYSTEM_CHECKS = ["security.W019"]

if ONE_MACHINE:
    SECRET_KEY = generated_secret_key(VAR_DIR / "secret_key")
    ALLOWED_HOSTS = ["127.0.0.1", "localhost", "[::1]"]
    DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.console.EmailBackend"
else:
    SECRET_KEY = env.str("SECRET_KEY")
    # Earlier keys: what they signed and sealed is good as long as they stand here.
    SECRET_KEY_FALLBACKS = env.list("SECRET_KEY_FALLBACKS", default=[])
    ALLOWED_HOSTS = env.list("ALLOWED_HOSTS")
    TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=1)
    DEFAULT_FROM_EMAIL = env.str("EMAIL_FROM", default="webmaster@localhost")
    EMAIL_HOST = env.str("EMAIL_HOST", default="127.0.0.1")
    EMAIL_PORT = env.int("EMAIL_PORT", default=25)
    EMAIL_HOST_USER = env.str("EMAIL_HOST_USER", default="")
    EMAIL_HOST_PASSWORD = env.str("EMAIL_HOST_PASSWORD", default="")
    EMAIL_USE_TLS = env.bool("EMAIL_USE_TLS", default=False)
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    SECURE_SSL_REDIRECT = True
    SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60
    SECURE_HSTS_INCLUDE_SUBDOMAINS = True
    SECURE_HSTS_PRELOAD = True
    SESSION_COOKIE_SECURE = True
    CSRF_COOKIE_SECURE = True
    LANGUAGE_COOKIE_SECURE = True
    SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=True)

if MEDIA_ORIGIN:
    ALLOWED_HOSTS = [*ALLOWED_HOSTS, urlsplit(MEDIA_ORIGIN).hostname]
