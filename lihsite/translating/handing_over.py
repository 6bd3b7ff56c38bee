"""Hands all open translations of a person over to another one, in one step."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.shortcuts import redirect
from django.urls import reverse, reverse_lazy
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.generic import FormView
from wagtail.admin import messages
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.generic import WagtailAdminTemplateMixin

from lihsite.multilingual.languages import language_codes
from lihsite.multilingual.permissions import may_change_shared_fields
from lihsite.translating.assigning import hand_over, open_work_by_person, writers_of


class PersonWithWorkField(forms.ModelChoiceField):
    """Names each person with the number of translations that are assigned to them."""

    def __init__(self, **kwargs):
        super().__init__(queryset=get_user_model().objects.none(), **kwargs)
        self.counts = {}

    def label_from_instance(self, person):
        name, count = get_user_display_name(person), self.counts.get(person.pk)
        if count is None:
            return name
        return ngettext(
            "%(name)s (%(count)d translation)", "%(name)s (%(count)d translations)", count
        ) % {"name": name, "count": count}


class HandOverForm(forms.Form):
    person = PersonWithWorkField(label=gettext_lazy("From"))
    successor = PersonWithWorkField(label=gettext_lazy("To"))

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        work = open_work_by_person()
        self.fields["person"].counts = {person.pk: count for person, count in work.items()}
        people = get_user_model().objects.filter(pk__in=[person.pk for person in work])
        self.fields["person"].queryset = people.order_by("first_name", "last_name")
        self.fields["successor"].queryset = writers_of(language_codes())

    def clean(self):
        cleaned = super().clean()
        if cleaned.get("person") and cleaned.get("person") == cleaned.get("successor"):
            raise ValidationError(_("Choose two different people."))
        return cleaned


class HandOverView(WagtailAdminTemplateMixin, FormView):
    form_class = HandOverForm
    template_name = "lihsite/admin/assignments/hand_over.html"
    page_title = gettext_lazy("Hand over translations")
    header_icon = "user"
    success_url = reverse_lazy("translating:desk")

    def dispatch(self, request, *args, **kwargs):
        if not may_change_shared_fields(request.user):
            raise PermissionDenied
        return super().dispatch(request, *args, **kwargs)

    def get_breadcrumbs_items(self):
        return [
            *super().get_breadcrumbs_items(),
            {"url": reverse("translating:desk"), "label": _("Translations")},
            {"url": "", "label": self.get_page_title()},
        ]

    def get_initial(self):
        return {"person": self.request.GET.get("from")}

    def form_valid(self, form):
        person, successor = form.cleaned_data["person"], form.cleaned_data["successor"]
        moved, left = hand_over(person, successor, by=self.request.user)
        name = get_user_display_name(successor)
        if moved:
            messages.success(
                self.request,
                ngettext(
                    "%(count)d translation was handed over to %(person)s.",
                    "%(count)d translations were handed over to %(person)s.",
                    moved,
                )
                % {"count": moved, "person": name},
            )
        if left:
            messages.warning(
                self.request,
                ngettext(
                    "%(count)d stays where it was, because %(person)s may not write its language.",
                    "%(count)d stay where they were, because %(person)s may not write their"
                    " language.",
                    left,
                )
                % {"count": left, "person": name},
            )
        return redirect(self.get_success_url())
