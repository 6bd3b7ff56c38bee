"""Assigning translations from the desk: one, several, or all that it lists."""

from django import forms
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from wagtail.admin.utils import get_user_display_name
from wagtail.admin.views.bulk_action import BulkAction
from wagtail.admin.widgets import AdminDateInput

from lihsite.models import TranslationState
from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.permissions import writable_languages
from lihsite.translating.access import Addresses, visible_states
from lihsite.translating.assigning import assign, writers_of
from lihsite.translating.desk import listed
from lihsite.translating.desk_filters import LONGEST_KEY

CONFIRMATION = "wagtailadmin/bulk_actions/confirmation"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, person):
        return get_user_display_name(person)


class AssignmentForm(forms.Form):
    assignee = PersonField(
        label=gettext_lazy("Assign to"), queryset=get_user_model().objects.none()
    )
    due_on = forms.DateField(label=gettext_lazy("Due on"), required=False, widget=AdminDateInput())
    note = forms.CharField(
        label=pgettext_lazy("assignment", "Note"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("It is in the e-mail that the person gets."),
    )

    def __init__(self, *args, languages=(), user=None, **kwargs):
        super().__init__(*args, **kwargs)
        self.languages = languages
        self.fields["assignee"].queryset = writers_of(languages)
        if set(languages) <= set(writable_languages(user)):
            self.fields["assignee"].initial = user.pk

    def clean_assignee(self):
        person = self.cleaned_data["assignee"]
        writable = writable_languages(person)
        foreign = [language_name(code) for code in self.languages if code not in writable]
        if foreign:
            raise ValidationError(
                _("%(person)s may not write %(languages)s.")
                % {
                    "person": get_user_display_name(person),
                    "languages": get_text_list(foreign, _("or")),
                }
            )
        return person

    def clean_due_on(self):
        due_on = self.cleaned_data["due_on"]
        if due_on and due_on < timezone.localdate():
            raise ValidationError(_("This day is past."))
        return due_on


class TranslationBulkAction(BulkAction):
    """An action on translations that the user sees, in languages that the user writes."""

    models = [TranslationState]
    template_name = "lihsite/admin/assignments/confirm.html"
    action_title = action_button_text = form_template = ""
    """Of the page that asks before the action: its heading, its button, Wagtail's form for it."""

    def get_context_data(self, **kwargs):
        return super().get_context_data(
            action_title=self.action_title,
            action_button_text=self.action_button_text,
            form_template=self.form_template,
            **kwargs,
        )

    @classmethod
    def get_queryset(cls, model, object_ids):
        keys = [key for key in object_ids if len(str(key)) <= LONGEST_KEY]
        return model.objects.filter(pk__in=keys).select_related("content_type")

    def get_all_objects_in_listing_query(self, parent_id):
        return list(listed(self.request.user, self.request.GET).values_list("pk", flat=True))

    @cached_property
    def allowed(self) -> set[int]:
        states = visible_states(self.request.user)
        return set(
            states.filter(language__in=writable_languages(self.request.user))
            .order_by()
            .values_list("pk", flat=True)
        )

    def check_perm(self, obj):
        return obj.pk in self.allowed

    def object_context(self, obj):
        return {"item": obj, "url": Addresses(self.request.user).of(obj)}

    def get_execution_context(self):
        return {"user": self.request.user, "form": self.cleaned_form}


class AssignBulkAction(TranslationBulkAction):
    display_name = gettext_lazy("Assign…")
    action_type = "assign"
    aria_label = gettext_lazy("Assign the selected translations to a person")
    action_title = gettext_lazy("Assign translations")
    action_button_text = pgettext_lazy("button", "Assign")
    form_template = f"{CONFIRMATION}/form_with_fields.html"
    form_class = AssignmentForm
    action_priority = 10

    @cached_property
    def languages(self) -> list[str]:
        chosen = {state.language for state in self.get_actionable_objects()[0]}
        return [code for code in language_codes() if code in chosen]

    def get_form_kwargs(self):
        return {
            **super().get_form_kwargs(),
            "languages": self.languages,
            "user": self.request.user,
        }

    @classmethod
    def execute_action(cls, objects, user=None, form=None, **kwargs):
        assigned = assign(
            objects,
            form.cleaned_data["assignee"],
            by=user,
            due_on=form.cleaned_data["due_on"],
            note=form.cleaned_data["note"],
        )
        return len(assigned), len(objects) - len(assigned)

    def get_success_message(self, assigned, done):
        person = get_user_display_name(self.cleaned_form.cleaned_data["assignee"])
        message = ngettext(
            "%(count)d translation is assigned to %(person)s.",
            "%(count)d translations are assigned to %(person)s.",
            assigned,
        ) % {"count": assigned, "person": person}
        if done:
            left = ngettext(
                "%(count)d was left out, because it is up to date.",
                "%(count)d were left out, because they are up to date.",
                done,
            ) % {"count": done}
            message = f"{message} {left}"
        return message


class UnassignBulkAction(TranslationBulkAction):
    display_name = gettext_lazy("Assign to nobody")
    action_type = "unassign"
    aria_label = gettext_lazy("Assign the selected translations to nobody")
    action_title = action_button_text = display_name
    form_template = f"{CONFIRMATION}/form.html"
    action_priority = 20

    @classmethod
    def execute_action(cls, objects, **kwargs):
        work = Assignment.objects.open().filter(state__in=objects)
        count, _by_model = work.delete()
        return count, 0

    def get_success_message(self, count, _children):
        return ngettext(
            "%(count)d translation is assigned to nobody now.",
            "%(count)d translations are assigned to nobody now.",
            count,
        ) % {"count": count}
