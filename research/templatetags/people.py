"""Addresses of people's pages."""

from django import template

from research.models import PeopleIndexPage

register = template.Library()


@register.simple_tag(takes_context=True)
def person_url(context, person) -> str:
    """The address of the person's page in the visitor's language; "" if there is no list of people.

    The list is looked up once a request.
    """
    request = context["request"]
    if not hasattr(request, "people_index_url"):
        index = PeopleIndexPage.objects.listed().first()
        request.people_index_url = index.get_url(request) if index else ""
    base = request.people_index_url
    return f"{base}{person.slug}/" if base else ""
