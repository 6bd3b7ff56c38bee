"""The addresses of the workspace, below `/admin/translating/`."""

from django.urls import path

from lihsite.translating.compare_languages import CompareLanguagesView
from lihsite.translating.desk import DeskView
from lihsite.translating.exchange.urls import exchange_urls
from lihsite.translating.handing_over import HandOverView
from lihsite.translating.machine.views import MachineFillView
from lihsite.translating.memory.urls import memory_urls
from lihsite.translating.preview import TranslationPreviewView
from lihsite.translating.progress_view import ProgressView
from lihsite.translating.publish_view import CancelScheduleView, PublishLanguagesView
from lihsite.translating.review_view import ReviewView
from lihsite.translating.source_values import SourceValueView
from lihsite.translating.translate_view import TranslateView

app_name = "translating"
urlpatterns = [
    *exchange_urls,
    path("", DeskView.as_view(), name="desk"),
    path("results/", DeskView.as_view(results_only=True), name="desk_results"),
    path("progress/", ProgressView.as_view(), name="progress"),
    path("hand-over/", HandOverView.as_view(), name="hand_over"),
    *memory_urls,
    path("<int:page_id>/<str:language>/machine/", MachineFillView.as_view(), name="machine_fill"),
    path("<int:page_id>/publish/", PublishLanguagesView.as_view(), name="publish"),
    path(
        "<int:page_id>/publish/schedules/<int:pk>/cancel/",
        CancelScheduleView.as_view(),
        name="cancel_schedule",
    ),
    path(
        "<int:page_id>/compare_languages/<str:version>/",
        CompareLanguagesView.as_view(),
        name="compare_languages",
    ),
    path("reviews/<int:pk>/", ReviewView.as_view(), name="review"),
    path("<int:page_id>/source/", SourceValueView.as_view(), name="source_value"),
    path("<int:page_id>/<str:language>/", TranslateView.as_view(), name="translate"),
    path("<int:page_id>/<str:language>/preview/", TranslationPreviewView.as_view(), name="preview"),
]
