"""Settings that hold everywhere; development, production and test build on them."""

import os
import socket
from pathlib import Path
from zoneinfo import available_timezones

from django.utils.functional import SimpleLazyObject
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from . import static_files, tasks
from .accounts import PASSWORD_VALIDATORS, sessions, single_sign_on
from .cache import frontend_caches
from .database import database_from
from .environment import Environment
from .labels import localized_label
from .media import backup_store, media_hosts, media_origin, media_storage

BASE_DIR = Path(__file__).resolve().parent.parent.parent

env = Environment()

# Everything that the site keeps: database, media, collected static files, cache, secret key.
VAR_DIR = Path(env.str("VAR_DIR", default=str(BASE_DIR / "var"))).absolute()

ADMIN_PATH = "/admin/"

INSTALLED_APPS = [
    "modeltranslation",
    "lihsite",
    "lihsite.accounts",
    "lihsite.background",
    "lihsite.contact",
    "lihsite.links",
    "lihsite.redirects",
    "lihsite.search",
    "lihsite.translating",
    "lihsite.trash",
    "lihsite.visits",
    "research",
    "news",
    "events",
    "home",
    "wagtail.contrib.forms",
    "wagtail.contrib.redirects",
    "wagtail.contrib.settings",
    "wagtail.contrib.typed_table_block",
    "wagtail.embeds",
    "wagtail.sites",
    "wagtail.users",
    "wagtail.snippets",
    "wagtail.documents",
    "wagtail.images",
    "wagtail.search",
    "wagtail.admin",
    "wagtail",
    "django_tasks_db",
    "modelcluster",
    "taggit",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "lihsite.operations.health.HealthMiddleware",
    "lihsite.metrics.middleware.RequestFiguresMiddleware",
    "lihsite.operations.logs.RequestIdMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "lihsite.delivery.compression.TextCompressionMiddleware",
    "lihsite.delivery.page_cache.middleware.PublicAnswersMiddleware",
    "lihsite.delivery.response_headers.ContentSecurityPolicyMiddleware",
    "lihsite.delivery.media_origin.MediaOriginMiddleware",
    "lihsite.visits.middleware.VisitsMiddleware",
    "lihsite.redirects.middleware.MissingAddressesMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "lihsite.delivery.input_guard.InputGuardMiddleware",
    "lihsite.delivery.request_methods.RequestMethodsMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "lihsite.delivery.visitor_language.VisitorLanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "lihsite.delivery.admin_requests.AdminMiddleware",
    "lihsite.delivery.outages.OutageMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "lihsite.accounts.middleware.AccountsMiddleware",
    "lihsite.redirects.middleware.VisitorsRedirectMiddleware",
]

ROOT_URLCONF = "lihsite.urls"
WSGI_APPLICATION = "lihsite.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "lihsite" / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.debug",
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "wagtail.contrib.settings.context_processors.settings",
            ],
        },
    },
]

DATABASES = {"default": database_from(env, VAR_DIR)}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

AUTH_PASSWORD_VALIDATORS = PASSWORD_VALIDATORS
# In seconds, for how long the link of a reset mail is good.
PASSWORD_RESET_TIMEOUT = 2 * 60 * 60
# Sessions (lihsite/accounts/sessions.py): their ends in seconds, and their cookie.
SESSION_IDLE_AGE, SESSION_COOKIE_AGE = sessions(env)
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
# How often, within how many seconds, something may fail (lihsite/accounts/attempts.py,
# lihsite/delivery/shared_passwords.py).
LOGIN_LIMITS = {
    "login_client": (60, 15 * 60),
    "login_account": (40, 60 * 60),
    "login_account_client": (5, 15 * 60),
    "login_device": (10, 15 * 60),
    # What begins without a name: a passkey, single sign-on. Each begins a session.
    "begin_client": (60, 15 * 60),
    "code_client": (60, 15 * 60),
    "code_account": (20, 60 * 60),
    "code_account_client": (5, 15 * 60),
    "code_device": (10, 15 * 60),
    # The password of a private page or collection, which several people share.
    "shared_password_client": (20, 15 * 60),
    "reset_client": (20, 60 * 60),
    "reset_address": (3, 60 * 60),
}
# Whether those who publish have to have a second factor.
SECOND_FACTOR_REQUIRED = env.bool("SECOND_FACTOR_REQUIRED", default=False)
OIDC = single_sign_on(env)
# For how many days the audit is kept, and the addresses of clients in it.
AUDIT_DAYS = env.int("AUDIT_DAYS", default=365)
AUDIT_ADDRESS_DAYS = env.int("AUDIT_ADDRESS_DAYS", default=30)

# Languages. The order decides which live language a page falls back to after its source language.
# A new language is one line here, then `makemigrations` and `migrate`.
LANGUAGE_CODE = "en"
LANGUAGES = [
    ("en", _("English")),
    ("fr", _("French")),
    ("de", _("German")),
]
# What is spoken at events, whether or not the site speaks it too.
EVENT_LANGUAGES = [
    ("en", pgettext_lazy("spoken language", "English")),
    ("fr", pgettext_lazy("spoken language", "French")),
    ("de", pgettext_lazy("spoken language", "German")),
    ("lb", pgettext_lazy("spoken language", "Luxembourgish")),
    ("pt", pgettext_lazy("spoken language", "Portuguese")),
]
# How many words of a language adults read in a minute; see lihsite/pages/reading.py.
READING_SPEEDS = {"en": 228, "fr": 195, "de": 179}
# What becomes of letters in addresses; of all others it is the letter without its marks.
SLUG_SPELLINGS = {"de": {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}}
# What Open Graph calls the languages; another one goes by its code.
OPEN_GRAPH_LOCALES = {"en": "en_GB", "fr": "fr_FR", "de": "de_DE"}
USE_I18N = True
USE_TZ = True
TIME_ZONE = "Europe/Luxembourg"
# Less the names that are no places: browsers refuse them, and then label none of the others.
WAGTAIL_USER_TIME_ZONES = SimpleLazyObject(
    lambda: sorted(available_timezones() - {"Factory", "localtime"})
)
LOCALE_PATHS = [BASE_DIR / "lihsite" / "locale"]
FORMAT_MODULE_PATH = "lihsite.formats"
LANGUAGE_COOKIE_NAME = "language"

WAGTAIL_I18N_ENABLED = False
# Ours see every language: lihsite/pages/redirects.py.
WAGTAILREDIRECTS_AUTO_CREATE = False
WAGTAILADMIN_PERMITTED_LANGUAGES = LANGUAGES

MODELTRANSLATION_DEFAULT_LANGUAGE = LANGUAGE_CODE
MODELTRANSLATION_CUSTOM_FIELDS = ("StreamField", "RichTextField", "BodyField")
# A page is shown in one language, never field by field (see lihsite/multilingual/shown.py).
MODELTRANSLATION_ENABLE_FALLBACKS = False
MODELTRANSLATION_BUILD_LOCALIZED_VERBOSE_NAME = localized_label

# Nothing is loaded from other hosts, in the admin neither.
WAGTAIL_ENABLE_UPDATE_CHECK = False
WAGTAIL_ENABLE_WHATS_NEW_BANNER = False
WAGTAIL_GRAVATAR_PROVIDER_URL = None

WAGTAILADMIN_RICH_TEXT_EDITORS = {
    "default": {"WIDGET": "lihsite.blocks.rich_text_area.RichTextArea"},
}
WAGTAILADMIN_USER_LOGIN_FORM = "lihsite.accounts.forms.LoginForm"
# The page of one's own account has panels of ours for both (lihsite/accounts/account_panel.py).
WAGTAIL_EMAIL_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_MANAGEMENT_ENABLED = False
WAGTAIL_PASSWORD_RESET_ENABLED = True
WAGTAILADMIN_USER_PASSWORD_RESET_FORM = "lihsite.accounts.password_reset.PasswordResetForm"  # noqa: S105
WAGTAIL_SITE_NAME = "Luxembourg Institute of Health"
# Addresses are plain ASCII: they are read aloud, printed and typed.
WAGTAIL_ALLOW_UNICODE_SLUGS = False
WAGTAIL_PAGE_MODEL = "lihsite.BasePage"
WAGTAILIMAGES_IMAGE_MODEL = "lihsite.Image"
WAGTAILIMAGES_IMAGE_FORM_BASE = "lihsite.media.forms.ImageForm"
# No SVG: it can carry scripts, and would be served from the site's own address.
WAGTAILIMAGES_EXTENSIONS = ["avif", "gif", "jpg", "jpeg", "png", "webp"]
WAGTAILIMAGES_MAX_UPLOAD_SIZE = 20 * 1024 * 1024
WAGTAILIMAGES_JPEG_QUALITY = 76
WAGTAILIMAGES_WEBP_QUALITY = 72
WAGTAILIMAGES_AVIF_QUALITY = 58
WAGTAILDOCS_DOCUMENT_MODEL = "lihsite.Document"
WAGTAILDOCS_DOCUMENT_FORM_BASE = "lihsite.media.forms.DocumentForm"
WAGTAILDOCS_EXTENSIONS = [
    *("pdf", "docx", "xlsx", "pptx", "odt", "ods", "odp"),
    *("csv", "txt", "vtt", "zip", "mp3", "mp4", "webm"),
]
WAGTAILDOCS_CONTENT_TYPES = {"vtt": "text/vtt"}
# Through the site from any store: the store's own addresses ask nobody who may read a document.
WAGTAILDOCS_SERVE_METHOD = "serve_view"
# Every document is a download: what somebody uploaded is shown under none of our host names.
WAGTAILDOCS_INLINE_CONTENT_TYPES = []
WAGTAILDOCS_MAX_UPLOAD_SIZE = 200 * 1024 * 1024
WAGTAILADMIN_BASE_URL = env.str("WAGTAILADMIN_BASE_URL", default="http://127.0.0.1:8000")
WAGTAILSEARCH_BACKENDS = {"default": {"BACKEND": "wagtail.search.backends.database"}}

STATIC_URL = "/static/"
STATIC_ROOT = Path(env.str("STATIC_ROOT", default=str(VAR_DIR / "static")))
WHITENOISE_ADD_HEADERS_FUNCTION = static_files.add_headers
# The editors' guide, which the admin shows, and its pictures.
GUIDE_DIR = BASE_DIR / "docs" / "guide"
STATICFILES_DIRS = [BASE_DIR / "lihsite" / "static", ("guide", GUIDE_DIR / "pictures")]
MEDIA_ORIGIN = media_origin(env)
MEDIA_PATH = "/media/"
MEDIA_URL = f"{MEDIA_ORIGIN}{MEDIA_PATH}"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(VAR_DIR / "media")))
STORAGES = {
    "default": media_storage(env),
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_HOSTS = media_hosts(env)
# PeerTube runs on many hosts: these are the ones whose films may be shown.
PEERTUBE_HOSTS = env.list("PEERTUBE_HOSTS", default=["framatube.org"])
VIDEO_HOSTS = [
    "https://www.youtube-nocookie.com",
    "https://player.vimeo.com",
    *(f"https://{host}" for host in PEERTUBE_HOSTS),
]

# How long what an open form had loaded is kept, so that it can be merged when it is saved.
LOADED_DRAFT_DAYS = 14

# For how many days a page that was deleted can be restored.
TRASH_DAYS = 30

# Backups (docs/backup.md): where they go, which are kept, and the key that seals them.
BACKUP_TO = env.str("BACKUP_TO", default=str(VAR_DIR / "backups"))
BACKUP_KEEP = env.str("BACKUP_KEEP", default="")
BACKUP_KEY = env.str("BACKUP_KEY", default="")
BACKUP_S3 = backup_store(env)

# The API answers in JSON alone, whatever its address says.
REST_FRAMEWORK = {
    "URL_FORMAT_OVERRIDE": None,
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
}

# What `/readyz` asks: each raises where something is wrong (lihsite/operations/health.py).
HEALTH_CHECKS = {
    "database": "lihsite.operations.health.check_database",
    "migrations": "lihsite.operations.health.check_migrations",
    "cache": "lihsite.operations.health.check_cache",
    "search": "lihsite.search.queries.check_search",
    "storage": "lihsite.operations.health.check_storage",
}

# Redis or Valkey, for several machines; answers that are ready (lihsite/delivery/page_cache).
REDIS_URL = ""
PAGE_CACHE_BYTES = 0
CONTENT_TOKEN_FILE = VAR_DIR / "content-token"
WAGTAILFRONTENDCACHE = frontend_caches(env)

# Queries that take longer, in milliseconds, are logged (lihsite/operations/logs.py).
SLOW_QUERY_MS = env.int("SLOW_QUERY_MS", default=500)

# Figures for Prometheus (lihsite/metrics), on a port of their own: 0 for none. They tell nothing of
# visitors, but how the site is doing, so the address is this machine's alone unless it is named.
METRICS_PORT = env.int("METRICS_PORT", default=0)
METRICS_HOST = env.str("METRICS_HOST", default="127.0.0.1")
# Containers may share the folder, but not the numbers of processes.
METRICS_DIR = VAR_DIR / "metrics" / socket.gethostname()
if METRICS_PORT:
    # prometheus-client looks for it as it is imported: the processes of a machine share the folder.
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = str(METRICS_DIR)

# Whether lihsite/operations/checks.py refuses what must not meet the public.
IS_PUBLIC = False

# Visits and missing addresses are counted in memory, and written after so many seconds.
COUNTS_WRITTEN_EVERY = 10
VISITS_KEPT_DAYS = 730

# A page with many blocks in three languages posts several thousand fields.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024

CSRF_FAILURE_VIEW = "lihsite.delivery.errors.csrf_failure"
X_FRAME_OPTIONS = "SAMEORIGIN"
SECURE_REFERRER_POLICY = "strict-origin-when-cross-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"

# What `load_demo` creates and `make run` prints: for a machine's own loopback only.
DEMONSTRATION_PASSWORD = "luxembourg-2026"  # noqa: S105
DEMONSTRATION_ACCOUNTS = {
    "admin": "administrator: everything",
    "editor": "editor: writes, and submits for review",
    "reviewer": "reviewer: publishes",
    "french": "French translator: the French text alone",
    "german": "German translator: the German text alone",
}

# Machine translation: "deepl" or "libretranslate", with the address and the key of the service.
# Texts of drafts are sent there; off unless it is named.
MACHINE_TRANSLATION = env.str("MACHINE_TRANSLATION", default="")
MACHINE_TRANSLATION_URL = env.str("MACHINE_TRANSLATION_URL", default="")
MACHINE_TRANSLATION_KEY = env.str("MACHINE_TRANSLATION_KEY", default="")
# The languages that DeepL translates into under another name: English by its countries alone.
DEEPL_TARGETS = {"en": "EN-GB"}

# Forms and newsletter (lihsite/contact). How often, within how many seconds: what one client may
# send, and how many e-mails to confirm one address gets.
CONTACT_LIMITS = {"posts": (30, 60 * 60), "mails": (3, 24 * 60 * 60)}
# A form that was open for less, in seconds, was filled in by a program; one that was open for more,
# in hours, is to be sent again; and more web addresses than these are advertising.
FORM_SECONDS = 3
FORM_HOURS = 24
FORM_LINKS = 3
# For how many days answers are kept, where the form does not say otherwise.
FORM_DAYS_KEPT = 180
# For how many days a sign-up to the newsletter can be confirmed; then it is deleted.
NEWSLETTER_DAYS_TO_CONFIRM = 7
# How many proxies of ours stand before the application; each adds to X-Forwarded-For.
TRUSTED_PROXIES = env.int("TRUSTED_PROXIES", default=0)

TASKS = tasks.QUEUED
# For how many days is kept what was done, and what failed for good.
TASK_DAYS_KEPT = 7
FAILED_TASK_DAYS_KEPT = 30
# In seconds: how long a worker that is told to stop may take to finish what it has in hand.
WORKER_STOP_SECONDS = env.int("WORKER_STOP_SECONDS", default=30)
# So many of the most read pages are made anew after a publication, by asking for them at an address
# of the site: the public one, or that of a load balancer inside.
WARMED_PAGES = env.int("WARMED_PAGES", default=30)
WARMING_URL = env.str("WARMING_URL", default=WAGTAILADMIN_BASE_URL).rstrip("/")
# Mails are stored, and delivered by the workers; in seconds, how long a mail server may take.
EMAIL_BACKEND = "lihsite.background.mail.MailQueue"
DELIVERY_EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
EMAIL_TIMEOUT = 10
