"""The addresses of the translation memory."""

from django.urls import path

from .views import MemoryExportView, MemoryView, SuggestionsView

memory_urls = [
    path("memory/", MemoryView.as_view(), name="memory"),
    path("memory/<str:source>/<str:target>.tmx", MemoryExportView.as_view(), name="memory_export"),
    path(
        "<int:page_id>/<str:language>/suggestions/",
        SuggestionsView.as_view(),
        name="suggestions",
    ),
]
