"""Wagtail's management commands, which run in whatever language their surroundings are in."""

import io

from django.core.management import call_command
from wagtail.models import PageLogEntry, ReferenceIndex
from wagtail.search.models import IndexEntry

from lihsite.models import BasePage
from tests.lihsite.multilingual.matrix.operations import operation


def command(name, *arguments, **options):
    call_command(name, *arguments, stdout=io.StringIO(), **options)


@operation
def rebuild_the_search_index(site):
    IndexEntry.objects.all().delete()
    command("update_index")


@operation
def rebuild_the_reference_index(site):
    ReferenceIndex.objects.all().delete()
    command("rebuild_references_index")


@operation
def mend_the_tree(site):
    BasePage.objects.filter(pk=site.section.pk).update(numchild=7)
    command("fixtree", interactive=False, full=True)


@operation
def set_url_paths_of_a_whole_tree(site):
    command("set_url_paths")


@operation
def set_url_paths_that_are_wrong(site):
    BasePage.objects.filter(pk=site.page.pk).update(
        url_path="/x/", url_path_en="/x/", url_path_fr="/x/", url_path_de="/x/"
    )
    command("set_url_paths")


@operation
def move_the_children_of_a_page(site):
    command("move_pages", str(site.section.pk), str(site.other.pk))


@operation
def log_what_revisions_tell(site):
    PageLogEntry.objects.all().delete()
    command("create_log_entries_from_revisions")


@operation
def purge_revisions(site):
    site.save(site.page, title_fr="Autre titre")
    site.save(site.page, title_fr="Encore un titre")
    command("purge_revisions")


REPAIRS = [mend_the_tree, set_url_paths_of_a_whole_tree]
