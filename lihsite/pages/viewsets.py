"""Our views in place of Wagtail's, for every page type of the site."""

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
