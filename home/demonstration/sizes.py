"""Makes the pictures in the sizes in which pages and people show them."""

from lihsite.models import BasePage
from lihsite.pages.picture_sizes import make_sizes
from research.models import Person


def make_all_sizes() -> int:
    """Returns the number of places in which there is a picture."""
    pages = BasePage.objects.filter(depth__gt=1).specific()
    return sum(make_sizes(one) for one in [*pages, *Person.objects.all()])
