"""What schema.org and the search engines that read it ask of each type of node."""

import json
import re
from datetime import datetime
from urllib.parse import urlsplit

SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)

REQUIRED = {
    "ResearchOrganization": {"@id", "name", "url"},
    "WebSite": {"@id", "name", "url", "inLanguage", "publisher", "potentialAction"},
    "SearchAction": {"target", "query-input"},
    "EntryPoint": {"urlTemplate"},
    "BreadcrumbList": {"itemListElement"},
    "ListItem": {"position", "name", "item"},
    "WebPage": {"@id", "url", "name", "inLanguage", "isPartOf"},
    "CollectionPage": {"@id", "url", "name", "inLanguage", "isPartOf"},
    "ProfilePage": {"@id", "url", "name", "mainEntity"},
    "NewsArticle": {"headline", "datePublished", "author", "publisher", "image", "inLanguage"},
    "ScholarlyArticle": {"headline", "datePublished", "author", "publisher", "image", "isPartOf"},
    "Event": {
        *("name", "startDate", "endDate", "eventStatus", "eventAttendanceMode", "location"),
        *("organizer", "url"),
    },
    "Person": {"name"},
    "Organization": {"name"},
    "ResearchProject": {"@id", "name", "url", "parentOrganization"},
    "Place": {"name", "address"},
    "VirtualLocation": {"url"},
    "Periodical": {"name"},
    "PropertyValue": {"propertyID", "value"},
}
"""By type; a type that is not listed is a mistake."""

ADDRESSES = {"url", "item", "image", "sameAs", "@id"}
MOMENTS = {"datePublished", "dateModified", "startDate", "endDate"}


def faults(html: str) -> list[str]:
    """What is wrong with the structured data of a page; it has to have one document."""
    (script,) = SCRIPT.findall(html)
    document = json.loads(script)
    if document.get("@context") != "https://schema.org":
        return ["no context"]
    nodes = document["@graph"]
    known = {node["@id"] for node in nodes if "@id" in node}
    return [fault for node in nodes for fault in _faults_of(node, known)]


def _faults_of(node: dict, known: set[str]):
    kind = node.get("@type")
    if kind is None:
        if set(node) != {"@id"} or node["@id"] not in known:
            yield f"a reference to nothing: {node}"
        return
    if kind not in REQUIRED:
        yield f"unknown type {kind}"
        return
    for name in REQUIRED[kind] - node.keys():
        yield f"{kind} without {name}"
    for name, value in node.items():
        values = value if isinstance(value, list) else [value]
        for one in values:
            if isinstance(one, dict):
                yield from _faults_of(one, known)
            elif one in ("", None):
                yield f"{kind}.{name} is empty"
            elif name in ADDRESSES and not urlsplit(str(one)).netloc:
                yield f"{kind}.{name} is no whole address: {one}"
            elif name in MOMENTS:
                datetime.fromisoformat(one)
