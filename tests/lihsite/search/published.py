"""Pages that are published as editors do it, so that the index hears of them."""

from tests import factories


def published(make, **fields):
    """The page that a factory makes, published; `make` is one of `tests.factories`."""
    page = make(**fields)
    page.save_revision().publish()
    page.refresh_from_db()
    return page


def content(**fields):
    return published(factories.content_page, **fields)
