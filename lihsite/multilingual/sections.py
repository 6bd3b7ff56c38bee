"""The section of the site that a page stands in: the page below the home page."""

from django.apps import apps
from django.dispatch import receiver
from wagtail.signals import post_page_move

SECTION_DEPTH = 3


def section_id_of(page) -> int | None:
    """The key of the page's section, which may be the page; None for the home page and above."""
    if page.depth < SECTION_DEPTH:
        return None
    if page.depth == SECTION_DEPTH:
        return page.pk
    path = page.path[: SECTION_DEPTH * page.steplen]
    pages = apps.get_model("lihsite", "BasePage").objects
    return pages.filter(path=path).values_list("pk", flat=True).first()


@receiver(post_page_move)
def move_states_to_section(sender, instance, parent_page_before, parent_page_after, **kwargs):
    """Let the stored states of a moved page and of all below it follow into its new section."""
    if parent_page_before.pk == parent_page_after.pk:
        return
    store_section(instance)


def store_section(page) -> None:
    """Let the stored states of the page and of all below it name the section that they are in."""
    states = apps.get_model("lihsite", "TranslationState").objects
    for one in [page] if page.depth >= SECTION_DEPTH else page.get_children():
        below = states.filter(page__path__startswith=one.path)
        below.update(section_id=section_id_of(one))
