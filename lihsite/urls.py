from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from django.utils.translation import gettext_lazy as _
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from lihsite import wagtail_reports
from lihsite.accounts import urls as accounts_urls
from lihsite.accounts.login_views import VisitorsLoginView
from lihsite.contact import urls as contact_urls
from lihsite.delivery import (
    documents,
    errors,
    media,
    private_pages,
    reviewing,
    sitemaps,
    social_cards,
    visitor_language,
    well_known,
)
from lihsite.search import views as search

urlpatterns = [
    path("", visitor_language.redirect_to_language),
    path("robots.txt", well_known.robots),
    path("favicon.ico", well_known.favicon),
    path("sitemap.xml", sitemaps.sitemap_index, name="sitemap_index"),
    path("sitemap-<int:number>.xml", sitemaps.sitemap, name="sitemap"),
    path("llms.txt", sitemaps.llms),
    path(
        "social/<int:pk>/<str:language>-<slug:key>.jpg",
        social_cards.social_card,
        name="social_card",
    ),
    path(f"{settings.MEDIA_PATH.lstrip('/')}<path:path>", media.serve_media),
    path(settings.ADMIN_PATH.lstrip("/"), include(accounts_urls)),
    path(settings.ADMIN_PATH.lstrip("/"), include(wagtail_reports)),
    path(settings.ADMIN_PATH.lstrip("/"), include(wagtailadmin_urls)),
    re_path(r"^documents/(\d+)/(.*)$", documents.serve_document),
    path(
        "documents/authenticate_with_password/<int:restriction_id>/",
        documents.ask_for_password,
        name="wagtaildocs_authenticate_with_password",
    ),
    path("documents/", include(wagtaildocs_urls)),
    path("api/v2/", include("lihsite.api.urls")),
    *i18n_patterns(
        path(_("search/"), search.search, name="search"),
        path(_("search/suggestions/"), search.suggestions, name="search_suggestions"),
        # No title makes a slug that begins with an underscore.
        path("_review/<str:token>/", reviewing.reviewed_page, name="reviewed_page"),
        path("_review/<str:token>/<slug:resource>/", reviewing.reviewed_page),
        path(
            "_util/authenticate_with_password/<int:page_view_restriction_id>/<int:page_id>/",
            private_pages.ask_for_password,
            name="wagtailcore_authenticate_with_password",
        ),
        path("_util/login/", VisitorsLoginView.as_view(), name="wagtailcore_login"),
        path("", include(contact_urls)),
        path("", include(wagtail_urls)),
    ),
]

handler400 = errors.bad_request
handler403 = errors.permission_denied
handler404 = errors.page_not_found
handler500 = errors.server_error
