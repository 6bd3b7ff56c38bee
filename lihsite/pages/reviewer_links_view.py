"""The admin's view of a page's reviewers' links: give one, copy it, revoke it."""

from datetime import timedelta

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page

from lihsite.local_times import instant, wall_clock
from lihsite.multilingual.languages import language_name_local
from lihsite.pages.base_page import BasePage
from lihsite.pages.reviewer_links import ReviewerLink, give_link, may_give_links
from lihsite.pages.side_panels import StatusItem, status_items
from lihsite.pages.wall_clock import WallClockField

INDEX, REVOKE = "reviewer_links", "revoke_reviewer_link"
LASTS = timedelta(days=7)
"""How long a link is good if the page's hour lies further ahead and nobody says otherwise."""


class ReviewerLinkForm(forms.Form):
    note = forms.CharField(
        label=gettext_lazy("For whom"),
        max_length=ReviewerLink._meta.get_field("note").max_length,
        help_text=gettext_lazy("Only shown here, so that the right link is revoked."),
    )
    expires_at = WallClockField(
        label=gettext_lazy("Expires"),
        help_text=gettext_lazy("In Luxembourg’s time. From the page’s hour on it is not needed."),
    )

    def clean_expires_at(self):
        moment = instant(self.cleaned_data["expires_at"], settings.TIME_ZONE)
        if moment <= timezone.now():
            raise ValidationError(_("Choose a time to come."))
        return moment


class OfPageMixin:
    """A view of one page's links. Raises Http404 and PermissionDenied."""

    @cached_property
    def page(self):
        page = get_object_or_404(BasePage, pk=self.kwargs["page_id"]).specific
        if not may_give_links(self.request.user, page):
            raise PermissionDenied
        return page


class ReviewerLinksView(OfPageMixin, WagtailAdminTemplateMixin, TemplateView):
    template_name = "lihsite/admin/reviewer_links.html"
    page_title = gettext_lazy("Reviewers’ links")
    header_icon = "view"
    _show_breadcrumbs = True

    def get_breadcrumbs_items(self):
        items = get_breadcrumbs_items_for_page(self.page, self.request.user)
        return [*items, {"url": "", "label": self.page_title}]

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    @cached_property
    def form(self):
        ends = timezone.now() + LASTS
        if self.page.is_under_embargo:
            ends = min(ends, self.page.embargo)
        initial = {"expires_at": wall_clock(ends, settings.TIME_ZONE)}
        return ReviewerLinkForm(self.request.POST or None, initial=initial)

    def get_context_data(self, **kwargs):
        links = list(self.page.reviewer_links.select_related("created_by"))
        for link in links:
            link.addresses = addresses_of(link, self.page, self.request)
        return super().get_context_data(page=self.page, form=self.form, links=links, **kwargs)

    def post(self, request, *args, **kwargs):
        page = self.page
        if self.form.is_valid():
            give_link(page, request.user, **self.form.cleaned_data)
            messages.success(request, _("The link is ready to be sent."))
            return redirect(INDEX, page.pk)
        return self.get(request, *args, **kwargs)


class RevokeReviewerLinkView(OfPageMixin, View):
    http_method_names = ["post"]

    def post(self, request, page_id, pk):
        get_object_or_404(self.page.reviewer_links, pk=pk).revoke(request.user)
        messages.success(request, _("The link leads nowhere from now on."))
        return redirect(INDEX, page_id)


def addresses_of(link, page, request) -> list[tuple[str, str]]:
    """The link in each live language, with the language's own name."""
    addresses = []
    for code in page.live_languages:
        with translation.override(code):
            url = reverse("reviewed_page", args=[link.token])
        addresses.append((language_name_local(code), request.build_absolute_uri(url)))
    return addresses


def embargo_context(page, user) -> dict:
    """The page's hour, and the way to its reviewers' links, if it is the user's."""
    if not page.embargo:
        return {}
    shows = may_give_links(user, page) and not page.alias_of_id
    return {
        "embargo_page": page,
        "reviewer_links_url": reverse(INDEX, args=[page.pk]) if shows else "",
        "good_reviewer_links": page.reviewer_links.good().count(),
    }


status_items.append(StatusItem("lihsite/admin/status_embargo.html", embargo_context))
