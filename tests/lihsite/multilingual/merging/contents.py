"""Contents of revisions to merge, written down and generated."""

import json

from hypothesis import strategies as st

TEXTS = st.sampled_from(["", "one", "two", "three", "four"])
RICH_TEXTS = TEXTS.map(lambda text: f"<p>{text}</p>" if text else "")


def paragraph(name, text):
    return {"type": "paragraph", "id": name, "value": f"<p>{text}</p>"}


def quote(name, text, author=""):
    return {"type": "quote", "id": name, "value": {"text": text, "attribution": author}}


def accordion(name, *items):
    return {
        "type": "accordion",
        "id": name,
        "value": {
            "items": [
                {"type": "item", "id": item, "value": {"title": title, "text": f"<p>{text}</p>"}}
                for item, title, text in items
            ]
        },
    }


def body(*blocks) -> str:
    return json.dumps(list(blocks))


def blocks_of(content, name="body_en") -> list:
    return json.loads(content[name] or "[]")


def _children(kinds):
    """Blocks by name: a name is of one type on every side, as ids in a page are."""
    return st.permutations(sorted(kinds)).flatmap(
        lambda names: st.integers(0, len(names)).flatmap(
            lambda count: st.tuples(*(kinds[name](name) for name in names[:count])).map(list)
        )
    )


def _paragraphs(name):
    return RICH_TEXTS.map(lambda text: {"type": "paragraph", "id": name, "value": text})


def _quotes(name):
    return st.tuples(TEXTS, TEXTS).map(lambda texts: quote(name, *texts))


def _items(name):
    return st.tuples(TEXTS, RICH_TEXTS).map(
        lambda texts: {
            "type": "item",
            "id": name,
            "value": {"title": texts[0], "text": texts[1]},
        }
    )


def _accordions(name):
    items = _children({f"{name}-{index}": _items for index in range(3)})
    return items.map(
        lambda children: {"type": "accordion", "id": name, "value": {"items": children}}
    )


STREAMS = _children(
    {"a": _paragraphs, "b": _paragraphs, "c": _quotes, "d": _accordions, "e": _accordions}
).map(json.dumps)


def texts_in(language):
    return st.fixed_dictionaries(
        {
            f"title_{language}": TEXTS,
            f"summary_{language}": TEXTS,
            f"body_{language}": STREAMS,
        }
    )


CONTENTS = st.tuples(texts_in("en"), texts_in("fr")).map(
    lambda languages: {
        "source_language": "en",
        "show_in_menus": False,
        **languages[0],
        **languages[1],
    }
)
