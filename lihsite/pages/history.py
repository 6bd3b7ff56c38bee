"""The history of a page and the comparison of its revisions, read by language."""

import django_filters
from django.conf import settings
from django.db.models import OuterRef, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext, gettext_lazy
from wagtail.admin.ui.tables import Column
from wagtail.admin.views.generic.history import ActionColumn
from wagtail.admin.views.pages.history import PageHistoryFilterSet, PageHistoryView
from wagtail.admin.views.pages.revisions import RevisionsCompareView
from wagtail.models import PageLogEntry

from lihsite.multilingual.languages import language_codes, language_name
from lihsite.multilingual.publishing import PUBLISH, SCHEDULED, UNPUBLISH
from lihsite.pages.comparing import SHARED, differences

PARAMETER = "language"
PUTTING_LIVE = frozenset({PUBLISH, PUBLISH + SCHEDULED, UNPUBLISH, UNPUBLISH + SCHEDULED})


def parts() -> list[tuple[str, str]]:
    """What a page is made of, for choices: its languages, and what they share."""
    languages = [(code, language_name(code)) for code in language_codes()]
    return [*languages, (SHARED, gettext("Shared fields"))]


class LanguageHistoryFilterSet(PageHistoryFilterSet):
    language = django_filters.ChoiceFilter(
        label=gettext_lazy("Language"),
        method="filter_language",
        choices=[*settings.LANGUAGES, (SHARED, gettext_lazy("Shared fields"))],
    )

    def filter_language(self, queryset, name, value):
        if value == SHARED:
            return queryset.filter(data__shared=True)
        return queryset.filter(data__languages__icontains=f'"{value}"')


class LanguageActionColumn(ActionColumn):
    """Wagtail's, which knows too what was published by language, and compares languages."""

    def __init__(self, *args, language, **kwargs):
        super().__init__(*args, **kwargs)
        self.language = language

    def get_status(self, instance, parent_context):
        is_live = instance.revision_id and instance.revision_id == self.object.live_revision_id
        if instance.action in PUTTING_LIVE and is_live:
            return gettext("Live version")
        return super().get_status(instance, parent_context)

    def get_actions(self, instance, parent_context):
        actions = super().get_actions(instance, parent_context)
        if not actions:
            return actions
        if self.language:
            actions = [self._in_language(action) for action in actions]
        args = [self.object.pk, instance.revision_id]
        side_by_side = {
            "url": reverse("translating:compare_languages", args=args),
            "label": gettext("Compare languages"),
        }
        return [*actions, side_by_side]

    def _in_language(self, action):
        compare = reverse(
            self.url_names["revisions_compare"], args=[self.object.pk, "live", "latest"]
        ).removesuffix("live...latest/")
        if not action["url"].startswith(compare):
            return action
        return {**action, "url": f"{action['url']}?{PARAMETER}={self.language}"}


class LanguagesColumn(Column):
    """Which languages an entry is about; empty where it is about the page as a whole."""

    def get_value(self, instance):
        data = instance.data
        names = [
            language_name(code) for code in language_codes() if code in data.get("languages", ())
        ]
        if data.get("shared"):
            names.append(gettext("shared fields"))
        return ", ".join(names)


class MultilingualHistoryView(PageHistoryView):
    filterset_class = LanguageHistoryFilterSet

    def get_base_queryset(self):
        """Of the entries of one form, or of one request, the last of each action, as in Wagtail;
        but those of the other pages of a bulk action hide none of this page's.
        """
        same = PageLogEntry.objects.filter(
            page=OuterRef("page"), uuid=OuterRef("uuid"), action=OuterRef("action")
        )
        last = same.order_by("-timestamp", "-pk").values("pk")[:1]
        entries = PageLogEntry.objects.filter(page=self.object)
        return self._annotate_queryset(entries.filter(Q(uuid=None) | Q(pk=last)))

    @cached_property
    def columns(self):
        action, *others = super().columns
        asked = self.request.GET.get(PARAMETER, "")
        own_action = LanguageActionColumn(
            action.name,
            label=action.label,
            object=action.object,
            url_names=action.url_names,
            user_can_unschedule=action.user_can_unschedule,
            language=asked if asked in dict(parts()) else "",
        )
        languages = LanguagesColumn("languages", label=gettext("Languages"), width="20%")
        return [own_action, languages, *others]


class MultilingualCompareView(RevisionsCompareView):
    """Wagtail's comparison, of all fields or of one language's alone."""

    template_name = "lihsite/admin/compare.html"

    @cached_property
    def language(self) -> str | None:
        asked = self.request.GET.get(PARAMETER)
        return asked if asked in dict(parts()) else None

    def _get_comparison(self, revision_a, revision_b):
        return differences(self.object, self.request, revision_a, revision_b, self.language)

    def get_context_data(self, **kwargs):
        choices = [("", gettext("All")), *parts()]
        return super().get_context_data(
            choices=[
                {
                    "name": name,
                    "url": f"?{PARAMETER}={code}" if code else "?",
                    "is_chosen": code == (self.language or ""),
                }
                for code, name in choices
            ],
            **kwargs,
        )
