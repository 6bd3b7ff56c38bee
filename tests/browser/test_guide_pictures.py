"""The pictures of the editors' guide: each is of a screen that is there, and is taken here.

`make guide-pictures` takes them anew; without that, the tests only go to each screen.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass

import pytest
from django.conf import settings
from PIL import Image
from playwright.sync_api import Locator, Page, expect

from lihsite.guide.texts import FOLDER, PICTURES, guide_in
from lihsite.models import BasePage, TranslationState
from lihsite.multilingual.states import State
from tests.browser import job_pages
from tests.browser.edit_form import EditForm
from tests.browser.translate_view import TranslateView

pytestmark = pytest.mark.usefixtures("demo")

SIZE = {"width": 1280, "height": 800}
QUALITY = 78
ACCOUNT = "reviewer"
TRANSLATION_OF = {settings.LANGUAGE_CODE: "fr"}
"""Into what the guide's pictures translate, where it is not into the reader's language."""

UNTRANSLATED, COMPLETE, IN_CONFLICT = (
    "twelve-doctoral-positions",
    "joint-programme-inflammation",
    "legal-notice",
)


@dataclass
class Stage:
    """A browser with the admin in the reader's language, and who else is needed."""

    page: Page
    other: Page
    target: str
    review: str

    def go(self, path: str) -> None:
        self.page.goto(f"{settings.ADMIN_PATH}{path}")

    @property
    def outdated(self) -> TranslationState:
        return TranslationState.objects.filter(
            language=self.target, state=State.OUTDATED, page__isnull=False
        ).earliest("pk")


def number_of(slug: str) -> int:
    return BasePage.objects.get(slug_en=slug).pk


def write(stage: Stage) -> Locator:
    stage.go(f"pages/{number_of(COMPLETE)}/edit/")
    EditForm(stage.page).wait_until_watched()
    return stage.page.locator(".lih-live-languages")


def translate(stage: Stage) -> Locator:
    view = TranslateView(stage.page).open(UNTRANSLATED, stage.target)
    view.press("Control+Enter")
    return stage.page.locator(".lih-source").first


def outdated(stage: Stage) -> Locator:
    view = TranslateView(stage.page)
    view.open_number(stage.outdated.page_id, stage.target, "?show=outdated")
    view.press("Control+Enter")
    return view.pairs("outdated").locator("ins, del").first


def publish(stage: Stage) -> Locator:
    stage.go(f"translating/{stage.outdated.page_id}/publish/")
    return stage.page.locator(".lih-publish__languages")


def review(stage: Stage) -> Locator:
    stage.go(f"translating/reviews/{stage.review}/")
    return stage.page.locator("[name=decision][value=approve]")


def desk(stage: Stage) -> Locator:
    stage.go("translating/")
    return stage.page.locator("#listing-results tbody tr").first


def assign(stage: Stage) -> Locator:
    state = stage.outdated.pk
    stage.go(f"bulk/lihsite/translationstate/assign/?id={state}&next=/admin/translating/")
    return stage.page.locator("[name=assignee]")


def export(stage: Stage) -> Locator:
    stage.go(f"translating/export/?pages={number_of(UNTRANSLATED)}")
    return stage.page.locator("[name=format]").first


def glossary(stage: Stage) -> Locator:
    stage.go("snippets/lihsite/term/")
    return stage.page.locator("#listing-results tbody tr").first


def conflict(stage: Stage) -> Locator:
    mine, theirs = (EditForm.open(page, IN_CONFLICT) for page in (stage.page, stage.other))
    name = f"summary_{settings.LANGUAGE_CODE}"
    before = theirs.field(name).input_value()
    with theirs.saved():
        theirs.field(name).fill(f"{before} It is updated every year.")
    mine.field(name).fill(f"{before} It was last updated in spring.")
    return stage.page.locator(".lih-conflicts")


SCREENS: dict[str, Callable[[Stage], Locator]] = {
    screen.__name__: screen
    for screen in (
        write,
        translate,
        outdated,
        publish,
        review,
        desk,
        assign,
        export,
        glossary,
        conflict,
    )
}


@pytest.fixture
def stage(request, admin_as, edited_demo_server):
    language = request.getfixturevalue("language")
    target = TRANSLATION_OF.get(language, language)
    made = job_pages.make(
        edited_demo_server,
        admin_language={"username": ACCOUNT, "language": language},
        in_review={"slug": COMPLETE, "language": target},
    )
    page = admin_as(ACCOUNT)
    page.set_viewport_size(SIZE)
    yield Stage(page, admin_as("editor"), target, made["in_review"])
    # What one language's pictures are of is not in the next one's.
    job_pages.make(edited_demo_server, as_published={"slugs": [COMPLETE, IN_CONFLICT]})


@pytest.mark.parametrize("language", [code for code, _name in settings.LANGUAGES])
def test_each_picture_is_of_a_screen_that_is_there(language, stage, request):
    pictures = guide_in(language).pictures
    assert sorted(pictures) == sorted(f"{PICTURES}{language}/{name}.webp" for name in SCREENS)
    for name, screen in SCREENS.items():
        shown = screen(stage)
        expect(shown).to_be_visible()
        expect(stage.page.locator("html")).to_have_attribute("lang", language)
        if request.config.getoption("--write-guide-pictures"):
            take(stage.page, FOLDER / PICTURES / language / f"{name}.webp")


def take(page: Page, file) -> None:
    """As small as WebP makes it; the movement of what opens and loads is over."""
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(1000)
    file.parent.mkdir(parents=True, exist_ok=True)
    with Image.open(io.BytesIO(page.screenshot(animations="disabled"))) as picture:
        picture.convert("RGB").save(file, "WEBP", quality=QUALITY, method=6)
