"""What the translators' jobs take, counted against the bounds that the workspace has to keep.

Each count is what docs/translating.md says in the last column of the job's row.
"""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser import job_pages
from tests.browser.effort import Effort, described, recorded
from tests.browser.translate_view import TranslateView

pytestmark = pytest.mark.usefixtures("demo")

SEGMENTS = 14
LANGUAGES = {"fr": "Français", "de": "Deutsch"}

BOTH_BY_HAND = "translate into French and German by hand, publish both"
BY_KEYBOARD = "the same by keyboard alone"
UP_TO_DATE = "two English paragraphs changed: bring both languages up to date"
OUTDATED = "list every outdated German page"
FROM_DESK = "the newest article without German: from the desk to a reviewer, by its translator"
APPROVAL = "the same article: read and approved by the reviewer, live"


def settle(job: str, effort: Effort, **at_most: int) -> None:
    """Hold the count against the bounds, and against what the documentation says of it."""
    counts = effort.so_far()
    too_much = {kind: counts[kind] for kind, bound in at_most.items() if counts[kind] > bound}
    assert not too_much, f"{job}: at most {at_most}, counted {counts}"
    assert described(counts) == recorded(job)


def open_form(page: Page, number: int) -> None:
    page.goto(f"/admin/pages/{number}/edit/")


def translate_button(page: Page, language: str):
    return page.get_by_role("link", name=f"Translate: {LANGUAGES[language]}").first


def translation_link(page: Page, language: str):
    """The language among those to translate into; the one to read stands beside it."""
    links = page.locator("[data-translation-language]")
    return links.get_by_text(LANGUAGES[language], exact=True)


def write_everything(view: TranslateView, number: int, word: str) -> None:
    """Fill all segments, from the one that has the focus, each reached by the key for the next."""
    for place in range(number):
        if place:
            view.press("Control+Enter")
        view.type(f"{word} {place}")
        expect(view.progress).to_have_text(progress_after(view, place + 1, number))


def progress_after(view: TranslateView, done: int, number: int) -> re.Pattern:
    if done < number:
        return view.numbers(done, number)
    return re.compile("^(All segments are|Tous les segments sont|Alle Segmente sind)")


def test_both_languages_are_written_and_published(admin_as, edited_demo_server):
    title = "How a sample is kept"
    number = job_pages.make(edited_demo_server, english_only={"title": title})["english_only"]
    page = admin_as("reviewer")
    effort = Effort(page)
    open_form(page, number)
    page.get_by_role("button", name="Actions", exact=True).click()
    translate_button(page, "fr").click()
    view = TranslateView(page).wait_until_ready()
    for language, word in (("fr", "Texte"), ("de", "Text")):
        view.page.locator(f"[name=title_{language}]").click()
        write_everything(view, SEGMENTS, word)
        if language == "fr":
            translation_link(page, "de").click()
            page.wait_for_url(f"**/{number}/de/")
            view.wait_until_ready()
    page.get_by_role("button", name="Publish all that are ready").click()
    expect(page.locator(".messages")).to_contain_text("French and German published")
    settle(BOTH_BY_HAND, effort, loads=4, clicks=14, fills=28)
    links = page.locator(".messages").get_by_role("link", name=re.compile("^View live"))
    addresses = [link.get_attribute("href") for link in links.all()]
    for address, heading in zip(addresses, ("Texte 0", "Text 0"), strict=True):
        page.goto(address)
        expect(page.locator("h1")).to_have_text(heading)


def test_both_languages_are_written_and_published_by_keyboard_alone(admin_as, edited_demo_server):
    title = "How a sample is counted"
    number = job_pages.make(edited_demo_server, english_only={"title": title})["english_only"]
    page = admin_as("reviewer")
    effort = Effort(page)
    open_form(page, number)
    press_until_focused(page, page.get_by_role("button", name="Actions", exact=True))
    page.keyboard.press("Enter")
    press_until_focused(page, translate_button(page, "fr"))
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{number}/fr/")
    view = TranslateView(page).wait_until_ready()
    for language, word in (("fr", "Texte"), ("de", "Text")):
        view.press("Control+Enter")
        write_everything(view, SEGMENTS, word)
        if language == "fr":
            view.press("Shift+F2")
            page.wait_for_url(f"**/{number}/de/")
            view.wait_until_ready()
    view.press("Shift+F8")
    expect(page.locator(".messages")).to_contain_text("French and German published")
    settle(BY_KEYBOARD, effort, loads=4, clicks=0, fills=28)


def press_until_focused(page: Page, target) -> None:
    for _step in range(40):
        page.keyboard.press("Tab")
        if target.evaluate("(element) => element === document.activeElement"):
            return
    pytest.fail("The tabulator key does not lead there in 40 steps.")


def test_both_languages_are_brought_up_to_date_beside_what_changed(admin_as, edited_demo_server):
    title = "How a sample is stored"
    number = job_pages.make(edited_demo_server, outdated={"title": title})["outdated"]
    page = admin_as("reviewer")
    effort = Effort(page)
    page.goto("/admin/translating/?state=outdated")
    page.locator(f"a[href*='/translating/{number}/fr/']").first.click()
    view = TranslateView(page).wait_until_ready()
    for language in LANGUAGES:
        outdated = view.pairs("outdated")
        expect(outdated).to_have_count(2)
        expect(outdated.first.locator("ins")).to_have_text("twenty ")
        expect(outdated.first.locator("[contenteditable=true]")).to_contain_text("counted and kept")
        outdated.first.locator("[contenteditable=true]").click()
        for left in (1, 0):
            view.press("Control+End")
            view.type(f" ({LANGUAGES[language]}: 20)")
            expect(outdated).to_have_count(left)
            if left:
                view.press("Control+Enter")
        if language == "fr":
            translation_link(page, "de").click()
            page.wait_for_url(f"**/{number}/de/**")
            view.wait_until_ready()
    page.get_by_role("button", name="Publish all that are ready").click()
    expect(page.locator(".messages")).to_contain_text("French and German published")
    settle(UP_TO_DATE, effort, loads=4, clicks=6)
    expect(view.pairs("outdated")).to_have_count(0)
    for number_of_block in job_pages.CHANGED:
        kept = (
            f"Paragraph {number_of_block} (Deutsch): samples are taken, counted and kept for years."
        )
        expect(view.form).to_contain_text(f"{kept} (Deutsch: 20)")


def test_every_outdated_page_is_listed_with_what_there_is_to_do(admin_as, edited_demo_server):
    made = job_pages.make(edited_demo_server, outdated_in_german={"number": 7})
    titles = made["outdated_in_german"]
    assert len(titles) == 7
    page = admin_as("german")
    page.goto("/admin/")
    effort = Effort(page)
    page.locator(".lih-progress").get_by_role("link", name=re.compile("veraltet")).click()
    expect(page).to_have_url(re.compile("state=outdated"))
    rows = page.locator("#listing-results tbody tr")
    settle(OUTDATED, effort, loads=1, clicks=2)
    pages = rows.filter(has=page.locator("a[href*='/translating/']"))
    found = pages.locator("td.title a[href*='/de/']")
    assert sorted(text.strip() for text in found.all_inner_texts()) == titles
    for row in pages.all():
        expect(row).to_contain_text(re.compile("veraltet", re.I))
        expect(row).to_contain_text(re.compile(r"in \d+ Text"))
        expect(
            row.locator("td").filter(has_text=re.compile(r"^\s*[\d.]+\s*in \d+ Text"))
        ).to_have_count(1)
        expect(row.locator("time, [data-controller=w-tooltip]").first).to_be_visible()


def test_the_newest_article_goes_from_the_desk_to_live(admin_as, browser, edited_demo_server):
    number = job_pages.make(edited_demo_server, newest_without_german={})["newest_without_german"]
    page = admin_as("german")
    page.goto("/admin/")
    effort = Effort(page)
    page.get_by_role("link", name="Übersetzungen", exact=True).first.click()
    bar = page.locator(".lih-progress__language").filter(has_text="Deutsch")
    bar.get_by_role("link", name=re.compile("fehlt")).click()
    page.locator(f"a[href*='/translating/{number}/de/']").first.click()
    view = TranslateView(page).wait_until_ready()
    segments = int(page.locator("[data-count=all]").text_content())
    page.get_by_role("button", name="Nächstes").click()
    write_everything(view, segments, "Übersetzt")
    page.get_by_role("button", name=re.compile("zur Prüfung")).click()
    expect(page.locator(".messages .success").first).to_be_visible()
    settle(FROM_DESK, effort)

    reviewer = admin_as("reviewer")
    reviewer.goto("/admin/")
    effort = Effort(reviewer)
    reviewer.locator("td.title a[href*='/reviews/']").first.click()
    expect(reviewer.locator("main")).to_contain_text("Übersetzt 0")
    reviewer.get_by_role("button", name="Approve").click()
    expect(reviewer.locator(".messages")).to_contain_text("published")
    settle(APPROVAL, effort)
    live = {"number": number, "language": "de"}
    address = job_pages.make(edited_demo_server, address=live)["address"]
    assert address.endswith("/uebersetzt-0/")
    visitor = browser.new_context(base_url=edited_demo_server.url).new_page()
    visitor.goto(address)
    expect(visitor.locator("h1")).to_have_text("Übersetzt 0")
    visitor.context.close()
