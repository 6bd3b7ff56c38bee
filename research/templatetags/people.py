"""Addresses of people's pages."""

from django import template

from research.models import PeopleIndexPage

register = template.Library()


@register.simple_tag(takes_context=True)
def person_url(context, person) -> str:
    """The address of the person's page in the visitor's language; "" if there is no list of people.

    The list is known from the navigation; where there is none, it is looked up once a request.
    What is rendered for no visitor, to look at its places, has no request.
    """
    request = context.get("request")
    if request is None:
        return _below(_stored_address(None), person)
    if not hasattr(request, "people_address"):
        request.people_address = _address_in_navigation(context) or _stored_address(request)
    return _below(request.people_address, person)


def _below(address: str, person) -> str:
    return f"{address}{person.slug}/" if address else ""


def _address_in_navigation(context) -> str:
    links = [*context.get("navigation", ()), *context.get("footer_links", ())]
    page_type = PeopleIndexPage._meta.model_name
    return next((link.url for link in links if link.page_type == page_type), "")


def _stored_address(request) -> str:
    index = PeopleIndexPage.objects.live_in_any().first()
    return index.get_url(request) if index else ""
