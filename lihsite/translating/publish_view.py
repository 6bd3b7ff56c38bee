"""The pre-flight: what each language is missing, and what to do with which of them, and when."""

from django import forms
from django.conf import settings
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.generic import TemplateView, View
from wagtail.admin import messages
from wagtail.admin.utils import get_valid_next_url_from_request
from wagtail.admin.views.generic.base import WagtailAdminTemplateMixin
from wagtail.admin.views.pages.utils import get_breadcrumbs_items_for_page
from wagtail.admin.widgets import AdminAutoHeightTextInput
from wagtail.admin.widgets.button import HeaderButton
from wagtail.utils.timestamps import render_timestamp

from lihsite.local_times import instant
from lihsite.models import BasePage, LanguageSchedule
from lihsite.multilingual import reviews
from lihsite.multilingual.permissions import may_publish, may_publish_all
from lihsite.multilingual.publishing import (
    error_text,
    preflight,
    shared_fields_differ,
    unpublish_languages,
)
from lihsite.multilingual.schedules import cancel_schedule, schedule_languages
from lihsite.pages.wall_clock import WallClockField
from lihsite.translating.publish_actions import (
    REFUSALS,
    names_of,
    publish_now,
    publish_ready,
    publish_url,
)

PUBLISH, UNPUBLISH = LanguageSchedule.Action.PUBLISH, LanguageSchedule.Action.UNPUBLISH
PUBLISH_READY, SUBMIT = "publish_ready", "submit"
SCHEDULED = {
    PUBLISH: gettext_lazy("%(languages)s scheduled for %(when)s: “%(title)s”."),
    UNPUBLISH: gettext_lazy("%(languages)s scheduled to be unpublished on %(when)s: “%(title)s”."),
}


def page_for(user, page_id: int):
    """The page, if the user may edit or publish it. Raises Http404 and PermissionDenied."""
    page = get_object_or_404(BasePage, pk=page_id).specific
    permissions = page.permissions_for_user(user)
    if not (permissions.can_edit() or permissions.can_publish()):
        raise PermissionDenied
    return page


class PublishForm(forms.Form):
    languages = forms.MultipleChoiceField(
        choices=settings.LANGUAGES, required=False, label=gettext_lazy("Languages")
    )
    with_shared = forms.BooleanField(required=False, label=gettext_lazy("Shared fields"))
    at = WallClockField(
        required=False,
        label=gettext_lazy("At a later time"),
        help_text=gettext_lazy("Leave it empty to publish or unpublish now."),
    )
    comment = forms.CharField(
        required=False,
        label=gettext_lazy("Comment for the reviewers"),
        widget=AdminAutoHeightTextInput(attrs={"rows": 1}),
    )

    def clean_at(self):
        """The instant, for a time as the user's admin shows times."""
        typed = self.cleaned_data["at"]
        return typed and instant(typed, timezone.get_current_timezone_name())


class WorkspacePageView(WagtailAdminTemplateMixin, TemplateView):
    """A view of the workspace about one page, below the page's own breadcrumbs."""

    header_icon = "doc-empty-inverse"

    def setup(self, request, page_id, *args, **kwargs):
        super().setup(request, *args, **kwargs)
        self.page = page_for(request.user, page_id)

    def get_page_subtitle(self):
        return self.page.get_admin_display_title()

    def get_breadcrumbs_items(self):
        items = get_breadcrumbs_items_for_page(self.page, self.request.user)
        here = {"url": "", "label": self.get_page_title(), "sublabel": self.get_page_subtitle()}
        return [*items, here]

    @property
    def edit_url(self) -> str:
        return reverse("wagtailadmin_pages:edit", args=[self.page.pk])

    @property
    def header_buttons(self):
        return [HeaderButton(_("Edit"), url=self.edit_url, icon_name="edit")]


class PublishLanguagesView(WorkspacePageView):
    """Shows the pre-flight of a page, and publishes, unpublishes, schedules or submits."""

    page_title = gettext_lazy("Publish by language")
    template_name = "lihsite/admin/publish_languages.html"

    @cached_property
    def next_url(self) -> str:
        return get_valid_next_url_from_request(self.request) or self.edit_url

    @cached_property
    def form(self) -> PublishForm:
        return PublishForm(self.request.POST if self.request.method == "POST" else None)

    @cached_property
    def readiness(self):
        return preflight(self.page)

    def post(self, request, *args, **kwargs):
        action = request.POST.get("action")
        if action == PUBLISH_READY:
            return publish_ready(request, self.page, self.next_url)
        if not self.form.is_valid():
            messages.validation_error(request, _("Nothing has been done yet."), self.form)
            return self.render_to_response(self.get_context_data())
        try:
            return self.perform(action, **self.form.cleaned_data)
        except REFUSALS as error:
            messages.error(request, error_text(error))
            return self.render_to_response(self.get_context_data())

    def perform(self, action, *, languages, with_shared, at, comment):
        """Do what the button says, all or nothing. Raises PermissionDenied and ValidationError."""
        user = self.request.user
        if action == UNPUBLISH and not at:
            languages = [code for code in languages if code in self.page.live_languages]
            if not languages:
                raise ValidationError(_("Choose at least one language that is live."))
        names = {"languages": names_of(languages), "title": self.get_page_subtitle()}
        if action == SUBMIT:
            if not languages:
                raise ValidationError(_("Choose at least one language."))
            with transaction.atomic():
                for language in languages:
                    reviews.submit(self.page, language, user=user, comment=comment)
            message = _("%(languages)s submitted for review: “%(title)s”.") % names
        elif at:
            action = UNPUBLISH if action == UNPUBLISH else PUBLISH
            schedule_languages(
                self.page,
                languages,
                action=action,
                at=at,
                user=user,
                with_shared=with_shared,
            )
            names["when"] = render_timestamp(at)
            message = SCHEDULED[action] % names
        elif action == UNPUBLISH:
            unpublish_languages(self.page, languages, user=user)
            message = _("%(languages)s unpublished: “%(title)s”.") % names
        else:
            return publish_now(
                self.request,
                self.page,
                languages,
                with_shared=with_shared,
                next_url=self.next_url,
            )
        messages.success(self.request, message)
        return redirect(self.next_url)

    def get_context_data(self, **kwargs):
        user, page = self.request.user, self.page
        may_publish_shared = may_publish_all(user, page)
        scheduled = page.scheduled_revision
        rows = [
            {
                "readiness": one,
                "is_chosen": one.language in self.chosen,
                "may_choose": may_publish(user, page, one.language)
                or reviews.may_submit(user, page, one.language),
            }
            for one in self.readiness
        ]
        return super().get_context_data(
            page=page,
            form=self.form,
            rows=rows,
            next_url=self.next_url,
            shared_differ=shared_fields_differ(page),
            shared_chosen=self.shared_chosen,
            may_publish_shared=may_publish_shared,
            may_publish_some=may_publish_shared
            or any(may_publish(user, page, one.language) for one in self.readiness),
            live_some=page.live,
            whole_page_at=scheduled and scheduled.approved_go_live_at,
            schedules=page.language_schedules.waiting().select_related("user"),
            failed_schedules=page.language_schedules.failed().select_related("user"),
            reviews=page.language_reviews.waiting().select_related("submitted_by"),
            **kwargs,
        )

    @cached_property
    def chosen(self) -> list[str]:
        """What is ticked: what was posted, else what the address asks for."""
        asked = self.request.POST if self.request.method == "POST" else self.request.GET
        return asked.getlist("languages")

    @property
    def shared_chosen(self) -> bool:
        if self.request.method == "POST":
            return "with_shared" in self.request.POST
        return self.page.source_language in self.chosen or not self.page.live


class CancelScheduleView(View):
    """Removes a schedule of languages that waits, or one that failed."""

    def post(self, request, page_id, pk):
        page = page_for(request.user, page_id)
        schedule = get_object_or_404(page.language_schedules, pk=pk)
        try:
            cancel_schedule(schedule, request.user)
        except REFUSALS as error:
            messages.error(request, error_text(error))
        else:
            messages.success(request, _("The schedule is cancelled."))
        return redirect(get_valid_next_url_from_request(request) or publish_url(page))
