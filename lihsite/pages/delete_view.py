"""Wagtail's view that deletes a page, which says until when the page can be restored."""

from wagtail.admin.views.pages.delete import DeleteView

from lihsite.pages.deleting import kept_until


class RestorableDeleteView(DeleteView):
    template_name = "lihsite/admin/trash/confirm_delete.html"

    def get_context_data(self, **kwargs):
        return {**super().get_context_data(**kwargs), "kept_until": kept_until()}
