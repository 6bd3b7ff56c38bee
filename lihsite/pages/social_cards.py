"""The picture of each page and language for networks: named by what it shows, drawn once."""

from django.apps import apps
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.signals import post_delete
from django.dispatch import receiver
from django.urls import reverse
from django.utils import translation
from django_tasks import task
from wagtail.signals import page_published

from lihsite.background.queues import enqueue_with_commit
from lihsite.media.social_cards import SocialCard
from lihsite.multilingual.shown import Shown

FOLDER = "social"
"""In the storage of media, but not served from there: a page may be under embargo."""
PETROL = "#0b5563"


class SocialCardMixin:
    """Knows what its card shows. `social_card_picture` names a foreign key to a picture."""

    social_card_picture = ""

    def get_social_colour(self) -> str:
        return PETROL

    def get_social_label(self) -> str:
        """What stands small above the title, in the active language."""
        return ""

    def get_social_card(self, language: str) -> SocialCard:
        picture = getattr(self, self.social_card_picture) if self.social_card_picture else None
        with translation.override(language):
            label = str(self.get_social_label())
        title = Shown(self, language).title
        return SocialCard(title, label, self.get_social_colour(), picture)

    def get_social_card_url(self, language: str) -> str:
        """The address of the card as it looks now; another one once it looks otherwise.

        That of a draft which is not stored yet leads nowhere.
        """
        key = self.get_social_card(language).key
        return reverse("social_card", args=[self.pk or 0, language, key])


def card_file(page, language: str, card: SocialCard):
    """The card's file, drawn now if it is not there; the page's older ones in the language go."""
    folder = f"{FOLDER}/{page.pk}"
    name = f"{language}-{card.key}.jpg"
    path = f"{folder}/{name}"
    if not default_storage.exists(path):
        older = [one for one in _files_in(folder) if one.startswith(f"{language}-")]
        default_storage.save(path, ContentFile(card.draw()))
        for one in older:
            default_storage.delete(f"{folder}/{one}")
    return default_storage.open(path)


def _files_in(folder: str) -> list[str]:
    try:
        return default_storage.listdir(folder)[1]
    except FileNotFoundError:
        return []


@task()
def draw_cards_of(model: str, pk: int) -> int:
    """Draw the cards of a page's live languages; returns their number, 0 if the page is gone."""
    page = apps.get_model(model).objects.filter(pk=pk, live=True).first()
    languages = page.live_languages if page else []
    for language in languages:
        card_file(page, language, page.get_social_card(language)).close()
    return len(languages)


@receiver(page_published)
def draw_cards_of_published_page(sender, instance, **kwargs):
    """In the background where a worker runs the tasks; what fails is drawn when it is asked for."""
    enqueue_with_commit(draw_cards_of, instance._meta.label_lower, instance.pk)


@receiver(post_delete)
def remove_cards(sender, instance, **kwargs):
    if isinstance(instance, SocialCardMixin) and sender is instance.base_page_model:
        folder = f"{FOLDER}/{instance.pk}"
        for name in _files_in(folder):
            default_storage.delete(f"{folder}/{name}")
