"""Filters of the admin's lists whose choices all stand there at once."""

import django_filters
from django import forms
from django.utils.translation import gettext_lazy as _


class OneOfFilter(django_filters.ChoiceFilter):
    def __init__(self, *args, **kwargs):
        kwargs = {"empty_label": _("All"), "widget": forms.RadioSelect, **kwargs}
        super().__init__(*args, **kwargs)


class AnyOfFilter(django_filters.MultipleChoiceFilter):
    """One condition for all chosen values, which an index answers; no row comes twice."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **{"widget": forms.CheckboxSelectMultiple, **kwargs})

    def filter(self, qs, value):
        return qs.filter(**{f"{self.field_name}__in": value}) if value else qs
