"""What the desk can be narrowed down to; every choice is in its address."""

import django_filters
from django import forms
from django.conf import settings
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy
from wagtail.admin.filters import MultipleContentTypeFilter, WagtailFilterSet
from wagtail.admin.utils import get_user_display_name

from lihsite.choice_filters import AnyOfFilter, OneOfFilter
from lihsite.models import BasePage, TranslationState
from lihsite.multilingual.assignments import Assignment
from lihsite.multilingual.sections import SECTION_DEPTH
from lihsite.multilingual.stored_states import Basis
from lihsite.translating.access import TRANSLATED, visible_states
from lihsite.translating.assigning import open_work_by_person

ME, NOBODY = "me", "nobody"

LONGEST_KEY = 18
"""Digits: what is longer does not fit into a key of the databases, which has 64 bits."""


class StateFilter(AnyOfFilter):
    """The state as compared with the source that the reader chose."""

    def filter(self, qs, value):
        name = self.parent.basis.column("state")
        return qs.filter(**{f"{name}__in": value}) if value else qs


class KnownNumbersMixin:
    """Takes a number that no key can have for a choice that does not exist.

    SQLite refuses to look for it.
    """

    def clean(self, value):
        if any(len(str(number)) > LONGEST_KEY for number in value or ()):
            raise ValidationError(self.error_messages["invalid_list"], code="invalid_list")
        return super().clean(value)


class TypeField(KnownNumbersMixin, MultipleContentTypeFilter.field_class):
    pass


class TypeFilter(MultipleContentTypeFilter):
    field_class = TypeField

    def filter(self, qs, value):
        return qs.filter(content_type__in=list(value)) if value else qs


class SectionField(KnownNumbersMixin, django_filters.fields.ModelMultipleChoiceField):
    def label_from_instance(self, section):
        return section.get_admin_display_title()


class SectionFilter(django_filters.ModelMultipleChoiceFilter):
    field_class = SectionField

    def filter(self, qs, value):
        return qs.filter(section__in=list(value)) if value else qs


def basis_of(query) -> Basis:
    """The source that an address of the desk compares with."""
    return Basis.PUBLISHED if query.get("compare") == Basis.PUBLISHED else Basis.DRAFT


def types_seen(request):
    keys = visible_states(request.user).values_list("content_type", flat=True).distinct()
    return ContentType.objects.filter(pk__in=set(keys))


def sections_seen(request):
    keys = visible_states(request.user).order_by().values_list("section", flat=True).distinct()
    return BasePage.objects.filter(pk__in=set(keys) - {None}, depth=SECTION_DEPTH).order_by("path")


def assignees():
    people = [(str(person.pk), get_user_display_name(person)) for person in open_work_by_person()]
    return [(ME, _("Me")), (NOBODY, _("Nobody")), *people]


class DeskFilterSet(WagtailFilterSet):
    language = AnyOfFilter(label=_("Language"), choices=settings.LANGUAGES)
    compare = OneOfFilter(
        label=_("Compared with"),
        choices=[(Basis.PUBLISHED.value, Basis.PUBLISHED.label)],
        method="filter_compared",
        empty_label=Basis.DRAFT.label,
    )
    state = StateFilter(
        label=_("State"), choices=[(state.value, state.label) for state in TRANSLATED]
    )
    by_machine = OneOfFilter(
        label=_("Translated by machine"),
        choices=[("1", _("Not yet confirmed"))],
        method="filter_by_machine",
    )
    content_type = TypeFilter(
        label=_("Type"), queryset=types_seen, widget=forms.CheckboxSelectMultiple
    )
    section = SectionFilter(
        label=pgettext_lazy("of the site", "Section"),
        queryset=sections_seen,
        widget=forms.CheckboxSelectMultiple,
    )
    assignee = OneOfFilter(
        label=_("Assigned to"),
        choices=assignees,
        method="filter_assignee",
    )
    due = OneOfFilter(
        label=_("Due"),
        choices=[("overdue", _("Overdue")), ("week", _("Within a week"))],
        method="filter_due",
    )

    class Meta:
        model = TranslationState
        fields = [
            "language",
            "compare",
            "state",
            "by_machine",
            "content_type",
            "section",
            "assignee",
            "due",
        ]

    @property
    def basis(self) -> Basis:
        return basis_of(self.data)

    def filter_compared(self, queryset, name, value):
        """What visitors get in no source language cannot be compared with it."""
        return queryset.filter(published_segments__gt=0)

    def filter_by_machine(self, queryset, name, value):
        return queryset.filter(by_machine__gt=0)

    def filter_assignee(self, queryset, name, value):
        work = Assignment.objects.open()
        if value == NOBODY:
            return queryset.exclude(pk__in=work.values("state"))
        person = self.request.user.pk if value == ME else value
        return queryset.filter(pk__in=work.filter(assignee=person).values("state"))

    def filter_due(self, queryset, name, value):
        today = timezone.localdate()
        if value == "overdue":
            work = Assignment.objects.open().filter(due_on__lt=today)
        else:
            week = timezone.timedelta(days=7)
            work = Assignment.objects.open().filter(due_on__range=(today, today + week))
        return queryset.filter(pk__in=work.values("state"))
