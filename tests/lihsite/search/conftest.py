import pytest

from lihsite.search import spelling


@pytest.fixture(autouse=True)
def no_vocabulary():
    """A rolled back test gives its keys to the words of the next."""
    spelling._vocabulary.cache_clear()
