"""What a page must not do, done on purpose: to see that a test which listens for it hears it."""

from collections.abc import Callable

from playwright.sync_api import Page

MISTAKES = """() => {
  document.body.setAttribute('onclick', 'this.hidden = true');
  setTimeout(() => { throw new Error('A script that fails') });
}"""
"""A handler within the markup, which the security policy of the admin refuses, and an error."""


def wait_until(page: Page, condition: Callable[[], object]) -> None:
    """Let the browser tell what it has to tell, for as long as twenty seconds."""
    for _time in range(200):
        if condition():
            return
        page.wait_for_timeout(100)
    raise TimeoutError
