"""The search of the API, which is that of the site."""

from django.db.models import Case, Value, When
from rest_framework.filters import BaseFilterBackend
from wagtail.api.v2.utils import BadRequestError

from lihsite.search.queries import LONGEST_TEXT


class SearchedInLanguage(BaseFilterBackend):
    """`?search=` finds what is live in the language itself; the best come first."""

    def filter_queryset(self, request, queryset, view):
        if "search" not in request.GET:
            return queryset
        text = request.GET["search"]
        if len(text) > LONGEST_TEXT:
            raise BadRequestError(f"search can have {LONGEST_TEXT} characters at most")
        keys = view.found(text, queryset)
        queryset = queryset.filter(pk__in=keys)
        if "order" in request.GET or not keys:
            return queryset
        places = [When(pk=key, then=Value(place)) for place, key in enumerate(keys)]
        return queryset.order_by(Case(*places), "pk")
