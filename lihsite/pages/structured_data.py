"""What a page says of itself to machines: schema.org's vocabulary as JSON-LD.

Nodes name each other by `@id`, which is an address with a fragment, the same in every language.
"""

import json

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe

from lihsite.postal_addresses import in_one_line

NAME = "Luxembourg Institute of Health"
ORGANIZATION = "/#organization"
WEBSITE = "/#website"

_ESCAPES = str.maketrans({"<": "\\u003C", ">": "\\u003E", "&": "\\u0026"})


def as_json_ld(nodes: list[dict]) -> SafeString:
    """The nodes as one document, with nothing in it that could end a `script` element."""
    document = {"@context": "https://schema.org", "@graph": [without_empty(n) for n in nodes]}
    return mark_safe(json.dumps(document, ensure_ascii=False).translate(_ESCAPES))  # noqa: S308


def without_empty(value):
    """The value without empty texts, lists and absent values, at any depth."""
    if isinstance(value, dict):
        cleaned = {name: without_empty(inner) for name, inner in value.items()}
        return {name: inner for name, inner in cleaned.items() if inner not in ("", None, [], {})}
    if isinstance(value, list):
        return [without_empty(inner) for inner in value]
    return value


def organization(request, institute) -> dict:
    """The institute, from the settings that editors keep; `institute` is them as shown."""
    return {
        "@type": "ResearchOrganization",
        "@id": request.build_absolute_uri(ORGANIZATION),
        "name": NAME,
        "url": request.build_absolute_uri("/"),
        "description": institute.footer_text,
        "email": institute.contact_email,
        "telephone": institute.contact_phone,
        "address": in_one_line(institute.address),
        "sameAs": [link.value["url"] for link in institute.social_links],
    }


def website(request, language: str) -> dict:
    """The site, with the address at which it is searched in the language."""
    search = request.build_absolute_uri(reverse("search"))
    return {
        "@type": "WebSite",
        "@id": request.build_absolute_uri(WEBSITE),
        "name": NAME,
        "url": request.build_absolute_uri("/"),
        "inLanguage": language,
        "publisher": {"@id": request.build_absolute_uri(ORGANIZATION)},
        "potentialAction": {
            "@type": "SearchAction",
            "target": {
                "@type": "EntryPoint",
                "urlTemplate": f"{search}?q={{search_term_string}}",
            },
            "query-input": "required name=search_term_string",
        },
    }


def breadcrumb_list(request, trail: list[tuple[str, str]]) -> dict:
    """The way from the home page to a page; `trail` has the title and address of each step below.

    Search engines show no trail of a single step.
    """
    steps = [(NAME, reverse("wagtail_serve", args=[""])), *trail]
    return {
        "@type": "BreadcrumbList",
        "itemListElement": [
            {
                "@type": "ListItem",
                "position": number,
                "name": name,
                "item": request.build_absolute_uri(url),
            }
            for number, (name, url) in enumerate(steps, start=1)
        ],
    }


def web_page(page, request, *, kind: str = "WebPage") -> dict:
    """What holds for every page, in the language in which it is shown."""
    shown = page.shown
    url = page.get_canonical_url(request)
    return {
        "@type": kind,
        "@id": f"{url}#content",
        "url": url,
        "name": shown.title,
        "description": shown.search_description or shown.summary,
        "inLanguage": shown.language,
        "isPartOf": {"@id": request.build_absolute_uri(WEBSITE)},
        "publisher": {"@id": request.build_absolute_uri(ORGANIZATION)},
        "datePublished": page.first_published_at and page.first_published_at.isoformat(),
        "dateModified": page.last_changed_at and page.last_changed_at.isoformat(),
    }


def person_reference(name: str, orcid_url: str = "") -> dict:
    """Somebody as an author, speaker or lead."""
    return {"@type": "Person", "name": name, "@id": orcid_url, "sameAs": orcid_url}
