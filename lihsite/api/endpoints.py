"""What all endpoints share: the language of the answer, strict parameters, answers for everybody.

Only what anybody sees without signing in is ever answered, whoever asks: sessions are not read.
"""

from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponseRedirect, JsonResponse
from django.utils import translation
from rest_framework.filters import BaseFilterBackend
from rest_framework.pagination import BasePagination
from rest_framework.renderers import JSONRenderer
from rest_framework.response import Response
from wagtail.api.v2.utils import BadRequestError
from wagtail.api.v2.views import BaseAPIViewSet

from lihsite.multilingual.languages import addresses_in, language_codes

USUAL_LIMIT, MOST = 20, 50
FARTHEST = 1_000_000
"""The largest offset; databases take no number of any size."""
LONGEST_NUMBER = 9
FRESH = 60
"""Seconds for which an answer may be kept by whoever asked."""


def read_number(value: str, name: str, least: int = 0) -> int:
    """Raises BadRequestError for what is no plain number of up to nine digits."""
    if not (value.isascii() and value.isdecimal() and len(value) <= LONGEST_NUMBER):
        raise BadRequestError(f"{name} must be a whole number")
    number = int(value)
    if number < least:
        raise BadRequestError(f"{name} must be at least {least}")
    return number


class Pagination(BasePagination):
    """`?limit=` (20, at most 50) and `?offset=`; `meta.total_count` says how many there are."""

    def paginate_queryset(self, queryset, request, view=None):
        offset = read_number(request.GET.get("offset", "0"), "offset")
        limit = read_number(request.GET.get("limit", str(USUAL_LIMIT)), "limit", 1)
        if limit > MOST:
            raise BadRequestError(f"limit cannot be higher than {MOST}")
        if offset > FARTHEST:
            raise BadRequestError(f"offset cannot be higher than {FARTHEST}")
        self.view = view
        self.total = queryset.count()
        return list(queryset[offset : offset + limit])

    def get_paginated_response(self, data):
        meta = {"total_count": self.total, "language": self.view.language}
        return Response({"meta": meta, "items": data})


class Ordering(BaseFilterBackend):
    """`?order=` takes one of the view's `orderings`, with `-` the other way round."""

    def filter_queryset(self, request, queryset, view):
        order = request.GET.get("order")
        if order is None:
            return queryset
        name = order.removeprefix("-")
        if name not in view.orderings:
            known = ", ".join(view.orderings)
            raise BadRequestError(f"order must be one of {known}, or one of these after “-”")
        queryset, field = view.ordered_by(queryset, name)
        return queryset.order_by(f"-{field}" if order != name else field, "pk")


class Endpoint(BaseAPIViewSet):
    """Answers in the language of `?lang=`, the site's first if none is named."""

    authentication_classes = []
    permission_classes = []
    renderer_classes = [JSONRenderer]
    pagination_class = Pagination
    known_query_parameters = frozenset({"lang", "limit", "offset", "order", "fields", "search"})
    orderings = ("id",)

    def initial(self, request, *args, **kwargs):
        super().initial(request, *args, **kwargs)
        language = request.GET.get("lang", settings.LANGUAGE_CODE)
        if language not in language_codes():
            raise BadRequestError(f"lang must be one of {', '.join(language_codes())}")
        self.language = language

    def listing_view(self, request):
        with self.answering():
            return super().listing_view(request)

    def detail_view(self, request, pk):
        # Numbers that no database has are not asked for.
        self.kwargs["pk"] = min(pk, 10**LONGEST_NUMBER)
        self.check_names({"lang", "fields"})
        with self.answering():
            return super().detail_view(request, pk)

    def find_view(self, request):
        """Lead to the object that one of the `find_query_parameters` names."""
        self.check_names({"lang", "fields", *self.find_query_parameters})
        pk, found = self.find(request)
        with self.answering():
            if not self.get_queryset().filter(pk=pk).exists():
                raise Http404("not found")
        kept = {name: request.GET[name] for name in ("lang", "fields") if name in request.GET}
        path = request.wagtailapi_router.get_object_detail_urlpath(self.model, pk)
        url = request.build_absolute_uri(path)
        query = urlencode({**kept, **found})
        return HttpResponseRedirect(f"{url}?{query}" if query else url)

    def find(self, request) -> tuple[int, dict]:
        """The id that is asked for, and the parameters that its address gets."""
        return read_number(request.GET.get("id", ""), "id"), {}

    def answering(self):
        return _InLanguage(self.language)

    def check_query_parameters(self, queryset):
        self.check_names(self.known_query_parameters)

    def check_names(self, known) -> None:
        unknown = set(self.request.GET) - set(known)
        if unknown:
            raise BadRequestError(f"unknown parameters; known are {', '.join(sorted(known))}")

    def ordered_by(self, queryset, name: str):
        """The query set and the field that it is ordered by under the name."""
        return queryset, name

    def finalize_response(self, request, response, *args, **kwargs):
        """Any site may read what everybody may read."""
        response = super().finalize_response(request, response, *args, **kwargs)
        response.headers["Access-Control-Allow-Origin"] = "*"
        if response.status_code == 200:
            response.headers["Cache-Control"] = f"public, max-age={FRESH}"
        return response


class _InLanguage:
    """Texts and page addresses in a language, for the length of the context."""

    def __init__(self, language: str):
        self.contexts = translation.override(language), addresses_in(language)

    def __enter__(self):
        for context in self.contexts:
            context.__enter__()

    def __exit__(self, *error):
        for context in reversed(self.contexts):
            context.__exit__(*error)


def not_found(request, **kwargs):
    """Addresses below the API that no endpoint has."""
    return JsonResponse({"message": "not found"}, status=404)
