"""Permanent redirects from the addresses that a person's page had."""

from django.dispatch import receiver

from lihsite.pages.redirects import leave_redirect_below
from research.models import PeopleIndexPage
from research.people import slug_changed


@receiver(slug_changed)
def leave_redirects(sender, person, old_slug, **kwargs):
    for index in PeopleIndexPage.objects.all():
        leave_redirect_below(index, f"{old_slug}/", f"{person.slug}/")
