"""The home page shows the first news large: whichever is first once news was published."""

from django.dispatch import receiver
from wagtail.signals import page_published

from home.models import HomePage
from lihsite.pages.picture_sizes import make_sizes_after_commit
from news.models import NewsPage


@receiver(page_published, sender=NewsPage)
def make_sizes_of_home_page(sender, instance, **kwargs):
    for page in HomePage.objects.all():
        make_sizes_after_commit(page)
