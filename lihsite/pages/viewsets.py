"""Our views in place of Wagtail's, for every page type of the site."""

from functools import wraps

from django.db import transaction
from wagtail.admin.views.generic.preview import PreviewOnEdit
from wagtail.admin.viewsets.pages import PageViewSet

from lihsite.pages.copying import MultilingualCopyView
from lihsite.pages.delete_view import RestorableDeleteView
from lihsite.pages.editing import (
    MultilingualCreateView,
    MultilingualEditView,
    MultilingualRevertView,
)
from lihsite.pages.history import MultilingualCompareView, MultilingualHistoryView
from lihsite.pages.listing_filters import MultilingualPageFilterSet
from lihsite.pages.listings import (
    MultilingualContentTypeUseView,
    MultilingualIndexView,
    MultilingualSearchView,
)


class MultilingualPageViewSet(PageViewSet):
    add_view_class = MultilingualCreateView
    edit_view_class = MultilingualEditView
    delete_view_class = RestorableDeleteView
    copy_view_class = MultilingualCopyView
    revisions_revert_view_class = MultilingualRevertView
    revisions_compare_view_class = MultilingualCompareView
    history_view_class = MultilingualHistoryView
    index_view_class = MultilingualIndexView
    search_view_class = MultilingualSearchView
    filterset_class = MultilingualPageFilterSet
    content_type_use_view_class = MultilingualContentTypeUseView

    def construct_view(self, view_class, **kwargs):
        """What a request changes is stored as a whole or not at all, the index of search included.

        Wagtail parts a page's publication from what follows it: a process that is killed between
        them would leave a page that search does not know. Previews change no page.
        """
        view = super().construct_view(view_class, **kwargs)
        return view if issubclass(view_class, PreviewOnEdit) else as_a_whole(view)


def as_a_whole(view):
    """The view, with all that a POST request writes in one transaction."""

    @wraps(view)
    def answer(request, *args, **kwargs):
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            return view(request, *args, **kwargs)

    return answer
