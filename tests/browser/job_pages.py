"""Pages for the translators' jobs, written into the database of a running server.

`python -m tests.browser.job_pages '{"english_only": {…}}'` makes what is named and prints the
numbers of the pages. It runs in a process of its own: the tests' own database is another one.
"""

import json
import os
import subprocess
import sys
import uuid
from urllib.parse import urlsplit

import django
from django.conf import settings

WORDS = {"en": "English", "fr": "Français", "de": "Deutsch"}
HEADINGS = (0, 4, 8)
BLOCKS = 12
MORE = "<p>Before anything else, people are asked.</p>"
CHANGED = (1, 6)
"""The paragraphs whose source changes after they were translated."""


def make(server, **wanted) -> dict:
    """Make pages on the server: each function below that is named, with its arguments."""
    made = subprocess.run(
        [sys.executable, "-m", "tests.browser.job_pages", json.dumps(wanted)],
        cwd=settings.BASE_DIR,
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "lihsite.settings.test", **server.environment},
        check=True,
        capture_output=True,
        text=True,
    )
    return json.loads(made.stdout)


def body(language: str) -> list[dict]:
    """Twelve blocks of one text each, as long as the site's own."""
    return [_block(number, language) for number in range(BLOCKS)]


def _block(number: int, language: str) -> dict:
    key = str(uuid.UUID(int=number + 1, version=4))
    if number in HEADINGS:
        text = f"Heading {number} ({WORDS[language]})"
        return {"type": "heading", "id": key, "value": {"text": text, "level": "h2"}}
    text = f"Paragraph {number} ({WORDS[language]}): samples are taken, counted and kept for years."
    return {"type": "paragraph", "id": key, "value": f"<p>{text}</p>"}


def english_only(title: str) -> int:
    """A page of 14 texts, live in English; returns its number."""
    return _page(title, ("en",)).pk


def translated(title: str) -> int:
    """The same in all languages, each up to date."""
    return _page(title, WORDS).pk


def outdated(title: str) -> int:
    """The same, and then two English paragraphs changed and published."""
    page = _page(title, WORDS)
    _change_source(page)
    return page.pk


def extended(title: str) -> int:
    """The same, and then published with an English paragraph more."""
    page = _page(title, WORDS)
    more = {"type": "paragraph", "id": str(uuid.UUID(int=99, version=4)), "value": MORE}
    page.body_en = [more, *body("en")]
    page.save_revision().publish()
    return page.pk


def outdated_in_german(number: int) -> list[str]:
    """Make as many pages outdated in German as are lacking to the number; returns their titles."""
    from lihsite.models import BasePage

    lacking = number - len(_outdated_titles())
    for place in range(lacking):
        page = _page(f"Outdated page {place}", ("en", "de"))
        _change_source(BasePage.objects.get(pk=page.pk).specific)
    return _outdated_titles()


def newest_without_german() -> int:
    from news.models import NewsPage

    return NewsPage.objects.live().filter(title_de="").order_by("-date")[0].pk


def address(number: int, language: str) -> str:
    """The path at which visitors find the page in a language in which it is live."""
    from lihsite.models import BasePage

    page = BasePage.objects.get(pk=number).specific
    return urlsplit(page.get_url_for_language(language)).path


def admin_language(username: str, language: str) -> None:
    """Show the admin to an account in a language."""
    from wagtail.users.models import UserProfile

    UserProfile.objects.filter(user__username=username).update(preferred_language=language)


def in_review(slug: str, language: str) -> int:
    """Submit a language of a page, with another summary, as its translator; returns the review."""
    from django.contrib.auth import get_user_model

    from home.demonstration.accounts import TRANSLATORS
    from lihsite.models import BasePage
    from lihsite.multilingual import reviews

    translator = get_user_model().objects.get(username=TRANSLATORS[language])
    page = BasePage.objects.get(slug_en=slug).specific.get_latest_revision_as_object()
    name = f"summary_{language}"
    setattr(page, name, getattr(page, name).replace(",", " –", 1))
    page.save_revision(user=translator)
    return reviews.submit(page, language, user=translator).pk


def as_published(slugs: list[str]) -> None:
    """Make of what is live of the pages their newest drafts again."""
    from lihsite.models import BasePage

    for page in BasePage.objects.filter(slug_en__in=slugs).specific():
        page.save_revision()


def _outdated_titles() -> list[str]:
    from lihsite.models import TranslationState

    states = TranslationState.objects.filter(language="de", state="outdated", page__isnull=False)
    return sorted(states.values_list("title", flat=True))


def _page(title: str, languages):
    from home.models import ContentPage
    from tests import factories

    texts = {}
    for code in languages:
        suffix = "" if code == "en" else f" ({code})"
        texts[f"title_{code}"] = title + suffix
        texts[f"search_description_{code}"] = f"What happens to a sample, in brief{suffix}."
        texts[f"body_{code}"] = body(code)
    page = factories.content_page(live_in=tuple(languages), **texts)
    page.save_revision().publish()
    return ContentPage.objects.get(pk=page.pk)


def _change_source(page) -> None:
    blocks = body("en")
    for number in CHANGED:
        blocks[number]["value"] = blocks[number]["value"].replace("years", "twenty years")
    page.body_en = blocks
    page.save_revision().publish()


MAKERS = {
    maker.__name__: maker
    for maker in (
        english_only,
        translated,
        outdated,
        extended,
        outdated_in_german,
        newest_without_german,
        address,
        admin_language,
        in_review,
        as_published,
    )
}

if __name__ == "__main__":
    django.setup()
    wanted = json.loads(sys.argv[1])
    print(json.dumps({name: MAKERS[name](**arguments) for name, arguments in wanted.items()}))
