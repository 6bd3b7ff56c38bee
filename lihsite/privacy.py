"""Which pages are private, asked of the database together with the pages themselves."""

from django.db.models import CharField, Exists, ExpressionWrapper, F, OuterRef, Q
from wagtail.models import PageViewRestriction


def restriction_exists() -> Exists:
    """Whether the page in the outer query or one of its ancestors is private."""
    path = ExpressionWrapper(OuterRef("path"), output_field=CharField())
    restrictions = PageViewRestriction.objects.annotate(path=path)
    own = Q(path__startswith=F("page__path"))
    of_original = Q(path__startswith=F("page__aliases__path"))
    return Exists(restrictions.filter(own | of_original))
