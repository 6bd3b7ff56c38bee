"""What the admin does to people and terms (snippets), and to the site's settings."""

from django.urls import reverse
from wagtail.models import Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from lihsite.models import InstituteSettings, Term
from research.models import Person
from tests.lihsite.multilingual.matrix.operations import operation

TEXTS = {
    "role_en": "Immunologist",
    "role_fr": "Immunologue",
    "role_de": "",
    "biography_en": rich_text("<p>Studies cells.</p>"),
    "biography_fr": rich_text(""),
    "biography_de": rich_text("<p>Erforscht Zellen.</p>"),
}
VIEWS = "wagtailsnippets_research_person"
TERM_VIEWS = "wagtailsnippets_lihsite_term"


def person_data(**changes):
    return {"name": "Dr Ada Example", "sort_name": "", "slug": "ada", **TEXTS, **changes}


@operation
def add_a_person(site):
    site.post(f"{VIEWS}:add", data=person_data(slug="ben"))


@operation
def edit_a_person(site):
    site.post(f"{VIEWS}:edit", site.person.pk, data=person_data(name="Prof Ada Example"))


@operation
def copy_a_person(site):
    form = site.client.get(reverse(f"{VIEWS}:copy", args=[site.person.pk]))
    assert form.status_code == 200
    site.post(f"{VIEWS}:copy", site.person.pk, data=person_data(slug="ada-2"))


@operation
def autosave_a_person_twice(site):
    json = {"HTTP_ACCEPT": "application/json"}
    data = person_data(role_fr="Chercheuse")
    saved = site.post(f"{VIEWS}:edit", site.person.pk, data=data, **json).json()
    data = person_data(role_fr="Chercheuse en immunologie", role_de="Immunologin")
    data["overwrite_revision_id"] = saved["revision_id"]
    site.post(f"{VIEWS}:edit", site.person.pk, data=data, **json)


@operation
def revert_a_person(site):
    first = site.person.latest_revision
    site.post(f"{VIEWS}:edit", site.person.pk, data=person_data())
    past = {
        "role_en": "Biologist",
        "role_fr": "Biologiste",
        **{f"biography_{code}": rich_text("") for code in ("en", "fr", "de")},
    }
    data = person_data(revision=first.pk, **past)
    site.post(f"{VIEWS}:revisions_revert", site.person.pk, first.pk, data=data)


@operation
def publish_an_old_revision_of_a_person(site):
    first = site.person.latest_revision
    site.post(f"{VIEWS}:edit", site.person.pk, data=person_data())
    first.as_object().save()


@operation
def delete_a_person(site):
    site.post(f"{VIEWS}:delete", site.person.pk)


@operation
def delete_people_in_bulk(site):
    people = [site.person, Person.objects.create(name="Ben Example", slug="ben")]
    url = reverse("wagtail_bulk_action", args=["research", "person", "delete"])
    chosen = "&".join(f"id={person.pk}" for person in people)
    assert site.client.post(f"{url}?next=/admin/&{chosen}").status_code == 302


def term_data(**changes):
    return {"term_en": "cell", "term_fr": "cellule", "term_de": "", "note": "", **changes}


def stored_term() -> Term:
    return Term.objects.create(term_en="cells", term_fr="cellules")


@operation
def add_a_term(site):
    site.post(f"{TERM_VIEWS}:add", data=term_data(do_not_translate="on"))


@operation
def edit_a_term(site):
    site.post(f"{TERM_VIEWS}:edit", stored_term().pk, data=term_data(term_de="Zelle"))


@operation
def copy_a_term(site):
    term = stored_term()
    assert site.client.get(reverse(f"{TERM_VIEWS}:copy", args=[term.pk])).status_code == 200
    site.post(f"{TERM_VIEWS}:copy", term.pk, data=term_data(term_fr="une cellule"))


@operation
def delete_a_term(site):
    stored_term()
    site.post(f"{TERM_VIEWS}:delete", Term.objects.create(term_de="Zelle").pk)


def settings_data(**changes):
    profiles = streamfield([("link", {"name": "Bluesky", "url": "https://bsky.app/profile/lih"})])
    return {
        "footer_text_en": "An institute",
        "footer_text_fr": "Un institut",
        "footer_text_de": "",
        "address_en": "1 Street",
        "address_fr": "",
        "address_de": "",
        "contact_email": "info@example.org",
        "contact_phone": "+352 00 00 00 00",
        **nested_form_data({"social_links": profiles}),
        **changes,
    }


def save_settings(site, **changes):
    pk = Site.objects.get().pk
    data = settings_data(**changes)
    site.post("wagtailsettings:edit", "lihsite", "institutesettings", pk, data=data)


@operation
def open_settings_for_the_first_time(site):
    """Wagtail saves an empty row as soon as the form is opened."""
    url = reverse("wagtailsettings:edit", args=["lihsite", "institutesettings"])
    assert site.client.get(url, follow=True).status_code == 200


@operation
def save_settings_for_the_first_time(site):
    save_settings(site)


@operation
def edit_settings(site):
    InstituteSettings.objects.create(site=Site.objects.get(), footer_text_fr="Ancien")
    save_settings(site, footer_text_de="Ein Institut")
