"""The rules of sitemaps and feeds as RELAX NG, written down from their specifications.

sitemaps.org's protocol with alternates, RFC 4287 for Atom, the RSS Advisory Board's for RSS 2.0.
"""

from lxml import etree

_TYPES = 'datatypeLibrary="http://www.w3.org/2001/XMLSchema-datatypes"'


def _rules(start: str, namespace: str) -> etree.RelaxNG:
    grammar = (
        f'<grammar xmlns="http://relaxng.org/ns/structure/1.0" {_TYPES} ns="{namespace}">'
        f"<start>{start}</start></grammar>"
    )
    return etree.RelaxNG(etree.fromstring(grammar))


def _element(name: str, content: str, namespace: str | None = None) -> str:
    ns = "" if namespace is None else f' ns="{namespace}"'
    return f'<element name="{name}"{ns}>{content}</element>'


def _attribute(name: str, content: str = "<text/>") -> str:
    return f'<attribute name="{name}" ns="">{content}</attribute>'


def _some(*patterns: str) -> str:
    return "".join(f"<optional>{pattern}</optional>" for pattern in patterns)


def _any(*patterns: str) -> str:
    return "".join(f"<zeroOrMore>{pattern}</zeroOrMore>" for pattern in patterns)


ADDRESS = '<data type="anyURI"><param name="pattern">https?://.+</param></data>'
MOMENT = '<data type="dateTime"/>'
TEXT = '<data type="string"><param name="minLength">1</param></data>'
MAIL_DATE = (
    '<data type="string"><param name="pattern">'
    r"(Mon|Tue|Wed|Thu|Fri|Sat|Sun), \d\d [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+\-]\d{4}"
    "</param></data>"
)
URN = '<data type="anyURI"><param name="pattern">urn:uuid:[0-9a-f\\-]{36}</param></data>'
CODE = '<data type="language"/>'

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML_LINK = _element(
    "link",
    _attribute("rel", "<value>alternate</value>")
    + _attribute("hreflang")
    + _attribute("href", ADDRESS),
    "http://www.w3.org/1999/xhtml",
)
_LASTMOD = _some(_element("lastmod", MOMENT))

sitemap_index = _rules(
    _element("sitemapindex", _any(_element("sitemap", _element("loc", ADDRESS) + _LASTMOD))),
    SITEMAP,
)
sitemap = _rules(
    _element(
        "urlset", _any(_element("url", _element("loc", ADDRESS) + _LASTMOD + _any(_XHTML_LINK)))
    ),
    SITEMAP,
)

_ATOM_AUTHOR = _element("author", _element("name", TEXT))
_ATOM_LINK = _element(
    "link",
    _attribute("href", ADDRESS)
    + _some(_attribute("rel"), _attribute("type"), _attribute("length")),
)
_LANG = '<attribute name="lang" ns="http://www.w3.org/XML/1998/namespace">' + CODE + "</attribute>"
_ATOM_CATEGORY = _element("category", _attribute("term", TEXT))


def _typed(name: str) -> str:
    return _element(name, _some(_attribute("type")) + "<text/>")


def _interleave(*patterns: str) -> str:
    return f"<interleave>{''.join(patterns)}</interleave>"


atom = _rules(
    _element(
        "feed",
        _LANG
        + _interleave(
            _element("id", URN),
            _typed("title"),
            _element("updated", MOMENT),
            _any(_ATOM_LINK),
            _any(_ATOM_AUTHOR),
            _some(_typed("subtitle")),
            _any(_ATOM_CATEGORY),
            _any(
                _element(
                    "entry",
                    _interleave(
                        _element("id", URN),
                        _typed("title"),
                        _element("updated", MOMENT),
                        _element("published", MOMENT),
                        f"<oneOrMore>{_ATOM_LINK}</oneOrMore>",
                        _any(_ATOM_AUTHOR),
                        _some(_typed("summary")),
                        _typed("content"),
                        _any(_ATOM_CATEGORY),
                    ),
                )
            ),
        ),
    ),
    "http://www.w3.org/2005/Atom",
)

_RSS_ITEM = _element(
    "item",
    _interleave(
        _element("title", TEXT),
        _element("link", ADDRESS),
        _element("description", "<text/>"),
        _element("guid", _attribute("isPermaLink", "<value>false</value>") + URN),
        _element("pubDate", MAIL_DATE),
        _any(_element("category", TEXT)),
        _some(
            _element(
                "enclosure",
                _attribute("url", ADDRESS)
                + _attribute("length", '<data type="positiveInteger"/>')
                + _attribute("type"),
            )
        ),
        _any(_element("creator", TEXT, "http://purl.org/dc/elements/1.1/")),
        _element("encoded", "<text/>", "http://purl.org/rss/1.0/modules/content/"),
    ),
)
rss = _rules(
    _element(
        "rss",
        _attribute("version", "<value>2.0</value>")
        + _element(
            "channel",
            _interleave(
                _element("title", TEXT),
                _element("link", ADDRESS),
                _element("description", TEXT),
                _element("language", CODE),
                _element("lastBuildDate", MAIL_DATE),
                _element(
                    "link",
                    _attribute("href", ADDRESS) + _attribute("rel", "<value>self</value>"),
                    "http://www.w3.org/2005/Atom",
                ),
                _any(_RSS_ITEM),
            ),
        ),
    ),
    "",
)
