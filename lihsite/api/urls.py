"""The addresses of the API, below `/api/v2/`."""

from django.urls import path, re_path
from wagtail.api.v2.router import WagtailAPIRouter

from .endpoints import not_found
from .library import DocumentsEndpoint, ImagesEndpoint
from .pages import PagesEndpoint

router = WagtailAPIRouter("api")
for endpoint in (PagesEndpoint, ImagesEndpoint, DocumentsEndpoint):
    router.register_endpoint(endpoint.name, endpoint)

urlpatterns = [
    path("", router.urls),
    re_path(r"", not_found),
]
