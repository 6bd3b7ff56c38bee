"""Makes the pages that are damaged, and tells what is stored of them: for `Articles`, in JSON."""

import argparse
import json
import sys

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402 - models need the settings in place
from django.contrib.auth.models import Group  # noqa: E402
from django.test import Client  # noqa: E402
from wagtail.users.models import UserProfile  # noqa: E402

from home.models import ContentPage, HomePage  # noqa: E402
from lihsite.models import Image  # noqa: E402
from lihsite.search.index import rebuild  # noqa: E402
from lihsite.search.models import SearchEntry, SearchText  # noqa: E402
from tests import factories  # noqa: E402
from tests.damage.texts import (  # noqa: E402
    NUMBER,
    PASSWORD,
    TEXTS,
    digest,
    numbers,
    paragraph,
    text_of,
)
from tests.lihsite.pages.admin import accounts  # noqa: E402


def make(pages: int, editors: int) -> dict:
    home = HomePage.objects.first() or make_site()
    made = []
    for _ in range(pages):
        page = factories.content_page(home, live_in=["en"], title_en=text_of(0))
        page.slug_en = f"article-{page.pk}"
        for name in TEXTS:
            setattr(page, name, text_of(0))
        page.body_en = json.dumps([paragraph("only", text_of(0))])
        page.save_revision().publish()
        made.append(page.pk)
    names = [f"editor{number}" for number in range(editors)]
    for name in names:
        user = get_user_model().objects.create_user(name, password=PASSWORD)
        user.groups.add(Group.objects.get(name="Reviewers"))
        UserProfile.objects.create(user=user, preferred_language="en")
    rebuild()
    return {"pages": made, "editors": names}


def make_site() -> HomePage:
    """A home page with a page about the institute, lists and news, and the roles of editors."""
    home = factories.home()
    accounts(home)
    factories.content_page(home, title_en="About", title_fr="À propos", slug_en="about")
    index = factories.news_index(home)
    for number in range(10):
        factories.news(index, title_en=f"Cells {number}")
    factories.research_index(home)
    return home


def tell(keys: list[int]) -> dict:
    before = index_rows()
    rebuild()
    return {
        "index is right": before == index_rows(),
        "pictures": Image.objects.count(),
        "pages": {page.pk: stored(page) for page in ContentPage.objects.filter(pk__in=keys)},
    }


def stored(page) -> dict:
    """Numbers of saves: those that all texts have together, or more of them if they do not agree.

    `whole` is whether what is live is what the revision says that is live.
    """
    live = page.live_revision
    content = page.serializable_data()
    return {
        "live": page.live,
        "shown": numbers(content),
        "draft": numbers(page.get_latest_revision().content),
        "revisions": [numbers(revision.content) for revision in page.revisions.order_by("pk")],
        "paragraphs": page.get_latest_revision().content["body_en"],
        "whole": not page.live or numbers(content) == numbers(live.content),
        "searched": searched(page),
    }


def searched(page) -> list[int]:
    entries = SearchEntry.objects.filter(object_id=page.pk, content_type=page.content_type)
    return sorted({int(number) for entry in entries for number in NUMBER.findall(entry.title)})


def index_rows() -> list:
    columns = ("body", "title", "lead", "often", "everything")
    entry = ("language", "kind", "object_id", "title", "summary", "date", "hidden_until")
    rows = SearchText.objects.order_by("pk").values_list(
        "pk", *columns, *(f"entry__{name}" for name in entry)
    )
    return list(rows)


def answer(host: str, paths: list[str]) -> dict[str, str]:
    client = Client(headers={"host": host, "user-agent": "Mozilla/5.0"})
    return {path: digest(client.get(path).content) for path in paths}


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("what", choices=["make", "tell", "answer"])
    parser.add_argument("arguments", nargs="*")
    options = parser.parse_args()
    if options.what == "answer":
        host, *paths = options.arguments
        told = answer(host, paths)
    elif options.what == "tell":
        told = tell([int(key) for key in options.arguments])
    else:
        told = make(*map(int, options.arguments))
    print(json.dumps(told))
    return 0


if __name__ == "__main__":
    sys.exit(main())
