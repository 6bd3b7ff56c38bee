"""What it takes a person to do something in the browser, counted by the browser itself.

- A load is a document that the window navigates to.
- A click is a press of the mouse or a finger.
- A fill is a field that something is typed into; going on in the same field is none.
- A key is a key or combination pressed; the characters of a text that is typed are the fill.
"""

from collections import Counter
from pathlib import Path

from django.conf import settings
from playwright.sync_api import Page

RECORD = Path(settings.BASE_DIR) / "docs" / "translating.md"

COUNTED = ("loads", "clicks", "fills", "keys")

SCRIPT = """
(() => {
  const MODIFIERS = ['Control', 'Shift', 'Alt', 'Meta'];
  let field = null;
  const count = (what) => window.lihCount?.(what);
  window.addEventListener('pointerdown', (event) => event.isTrusted && count('clicks'), true);
  window.addEventListener('keydown', (event) => {
    if (event.isTrusted && !MODIFIERS.includes(event.key)) count('keys');
  }, true);
  window.addEventListener('beforeinput', (event) => {
    if (!event.isTrusted || event.target === field) return;
    field = event.target;
    count('fills');
  }, true);
})();
"""


class Effort:
    """Counts from the moment that it is made; the documents of other windows have their own."""

    def __init__(self, browser_page: Page):
        self.page = browser_page
        self.counts = Counter()
        browser_page.expose_function("lihCount", lambda what: self.counts.update([what]))
        browser_page.add_init_script(SCRIPT)
        browser_page.evaluate(SCRIPT)
        browser_page.on("load", lambda: self.counts.update(["loads"]))

    def so_far(self) -> dict[str, int]:
        """What has been counted of each kind, none left out."""
        self.page.wait_for_load_state("load")
        self.page.wait_for_timeout(100)
        return {kind: self.counts[kind] for kind in COUNTED}

    def __str__(self) -> str:
        return described(self.so_far())


def described(counts: dict[str, int]) -> str:
    """As the table in the documentation has it: “4 loads, 6 clicks”; what is none is left out."""
    told = [
        f"{number} {kind if number != 1 else kind[:-1]}"
        for kind, number in counts.items()
        if number
    ]
    return ", ".join(told)


def recorded(job: str) -> str:
    """What the documentation says of the job: the last column of its row."""
    rows = [line.strip("| ").split(" | ") for line in RECORD.read_text().splitlines()]
    found = [row[-1] for row in rows if len(row) > 1 and row[0] == job]
    assert len(found) == 1, f"{RECORD.name} has {len(found)} rows of the job “{job}”"
    return found[0]
