"""The addresses of exchange."""

from django.urls import path

from .views import ExportView, ImportPreviewView, ImportView

exchange_urls = [
    path("export/", ExportView.as_view(), name="export"),
    path("import/", ImportView.as_view(), name="import"),
    path("import/<str:token>/", ImportPreviewView.as_view(), name="import_preview"),
]
