"""Strategies: texts as the editor stores them, with and without markup."""

from html import escape

from hypothesis import strategies as st

# Forms refuse NUL, and PostgreSQL's JSON cannot hold it.
storable = st.characters(codec="utf-8", exclude_characters="\0")

words = st.lists(
    st.one_of(
        st.text(storable, max_size=4),
        st.sampled_from("<>&;\"'\n\r\t 12/\u2028\x0b\xa0"),
        st.sampled_from(["&lt;", "&amp;", "<1>", "</1>", "<2/>", "]]>", "<!--", "%s", "\\n"]),
    ),
    min_size=1,
    max_size=6,
).map("".join)
"""Texts that mean something to XML, to PO or to a terminal."""

plain_texts = words.filter(str.strip)
written = words.map(lambda text: escape(text, quote=False))

LINKS = [
    '<a linktype="page" id="3">',
    '<a href="https://example.org/?a=1&amp;b=2">',
    '<a linktype="document" id="7">',
]


def _inline(content):
    pair = st.sampled_from(["b", "i", "sup", "sub"])
    return st.one_of(
        st.builds(lambda name, text: f"<{name}>{text}</{name}>", pair, content),
        st.builds(lambda start, text: f"{start}{text}</a>", st.sampled_from(LINKS), content),
        st.just("<br/>"),
        st.just('<embed alt="x" embedtype="image" format="left" id="2"/>'),
    )


inline = st.recursive(
    written,
    lambda content: st.lists(st.one_of(content, _inline(content)), min_size=1, max_size=3).map(
        "".join
    ),
    max_leaves=6,
)
blocks = st.one_of(
    st.builds(lambda text: f'<p data-block-key="ab1c">{text}</p>', inline),
    st.builds(
        lambda texts: "<ul>" + "".join(f"<li>{text}</li>" for text in texts) + "</ul>",
        st.lists(inline, min_size=1, max_size=3),
    ),
)
rich_texts = st.lists(blocks, min_size=1, max_size=3).map("".join)
broken_rich_texts = st.lists(
    st.one_of(
        words, st.sampled_from(["<b>", "</b>", "<p>", "</i>", "<i>", "</p>", "<br>", "<!-- x -->"])
    ),
    max_size=8,
).map("".join)
