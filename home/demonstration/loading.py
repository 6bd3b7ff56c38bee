"""Loads the demonstration, step by step, in one transaction."""

from collections.abc import Callable
from datetime import date

from django.db import transaction
from wagtail.models import Site

from home.demonstration.accounts import create_accounts, grant_pages
from home.demonstration.media import draw_pictures, write_documents
from home.demonstration.reading import in_language, plain, read
from home.demonstration.sizes import make_all_sizes
from home.demonstration.translators_work import assign_outdated, record_progress
from home.demonstration.tree import Tree, write_people
from home.models import HomePage
from lihsite.multilingual.glossary import Term
from lihsite.multilingual.languages import column, language_codes
from lihsite.pages.reviewer_links import give_link
from lihsite.pages.site_settings import InstituteSettings


def is_loaded() -> bool:
    return HomePage.objects.exists()


@transaction.atomic
def load(today: date, say: Callable[[str], None]) -> None:
    """Fill an empty site. News and events are dated from `today`; `say` hears of each step."""
    users = create_accounts()
    say(f"Accounts: {', '.join(users)}")
    pictures = draw_pictures()
    say(f"Pictures: {len(pictures)} drawn")
    documents = write_documents()
    say(f"Documents: {len(documents)} written, in {len(language_codes())} languages")
    people = write_people(pictures, users)
    say(f"People: {len(people)}, all invented")
    tree = Tree(users, people, pictures, documents, today)
    home = tree.create_pages()
    grant_pages(home)
    say("Permissions: roles and the review workflow set up")
    tree.publish_pages()
    say(f"Pages: {len(tree.pages)} written, translated and published")
    give_reviewer_link(tree, users)
    say("Press: a reviewer’s link to the release under embargo")
    say(f"Glossary: {write_glossary()} terms")
    write_settings()
    say("Settings: footer and contact")
    record_progress(today)
    say(f"Translations: {assign_outdated(users, today)} assigned, half a year of progress")
    say(f"Pictures: made in the sizes of {make_all_sizes()} places on pages")


def give_reviewer_link(tree: Tree, users: dict) -> None:
    page = tree.pages["sleep-and-immunity"]
    give_link(page, users["reviewer"], note="Example Morning Post", expires_at=page.embargo)


def write_glossary() -> int:
    terms = [
        Term(
            **{
                column("term", language): in_language(entry["term"], language) or ""
                for language in language_codes()
            },
            do_not_translate=entry.get("do_not_translate", False),
            note=entry.get("note", ""),
        )
        for entry in read("glossary")["terms"]
    ]
    return len(Term.objects.bulk_create(terms))


def write_settings() -> None:
    entry = read("settings")
    institute = InstituteSettings.for_site(Site.objects.get(is_default_site=True))
    institute.contact_email = entry["contact_email"]
    institute.contact_phone = entry["contact_phone"]
    for name in ("footer_text", "address"):
        for language in language_codes():
            text = plain(in_language(entry[name], language) or "", separator="\n")
            setattr(institute, column(name, language), text)
    institute.save()
