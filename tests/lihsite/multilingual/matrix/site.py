"""A small site, and what an administrator does to it in the admin, whatever its language."""

from contextlib import contextmanager
from dataclasses import dataclass, fields
from pathlib import Path

from django.contrib.auth import get_user_model
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection, Site
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield
from wagtail.users.models import UserProfile

from home.models import ContentPage, HomePage
from lihsite.models import BasePage, Document, Image
from research.models import Person
from tests.lihsite.media import library

NO_COMMENTS = {
    "comments-TOTAL_FORMS": "0",
    "comments-INITIAL_FORMS": "0",
    "comments-MIN_NUM_FORMS": "0",
    "comments-MAX_NUM_FORMS": "",
}


@dataclass
class SmallSite:
    """A home page with two sections; the first has a published and a French page below it.

    Its library has a picture, a document and an empty collection; a person has a revision.
    """

    client: Client
    home: HomePage
    section: ContentPage
    other: ContentPage
    page: ContentPage
    french: ContentPage
    image: Image
    document: Document
    collection: Collection
    person: Person

    def reloaded(self):
        """The same site with its objects read from the database again."""
        stored = {
            field.name: getattr(self, field.name)
            for field in fields(self)
            if field.name != "client"
        }
        return SmallSite(
            client=self.client,
            **{name: type(one).objects.get(pk=one.pk) for name, one in stored.items()},
        )

    @contextmanager
    def files_kept(self):
        """After what is done within, the files of the library are there again."""
        paths = [Path(one.file.path) for one in (self.image, self.document)]
        contents = [path.read_bytes() for path in paths]
        yield
        for path, content in zip(paths, contents, strict=True):
            path.write_bytes(content)

    def post(self, name, *args, data=None, follow=False, **extra):
        """Post to a named admin view and insist that it worked."""
        response = self.client.post(reverse(name, args=args), data or {}, follow=follow, **extra)
        assert response.status_code in (200, 302), (name, response.status_code)
        if response.status_code == 200 and not follow and response.context:
            form = response.context.get("form")
            assert not (form and form.errors), form.errors
        return response

    def save(self, page, action="", **changes):
        """Save the page's form with the changes, as draft or with a named action."""
        data = page_data(page, **changes)
        if action:
            data[action] = "yes"
        return self.post("wagtailadmin_pages:edit", page.pk, data=data)


def page_data(page, **changes):
    """What the page's form posts, with the languages that have a title or are in `changes`."""
    values = {
        "source_language": page.source_language if page else "en",
        "go_live_at": "",
        "expire_at": "",
        **NO_COMMENTS,
    }
    for code in ("en", "fr", "de"):
        title = getattr(page, f"title_{code}") if page else ""
        if title or f"title_{code}" in changes:
            values.update(
                {
                    f"title_{code}": title,
                    f"slug_{code}": getattr(page, f"slug_{code}") if page else "",
                    f"seo_title_{code}": "",
                    f"search_description_{code}": "",
                    f"summary_{code}": getattr(page, f"summary_{code}") if page else "",
                    **nested_form_data(
                        {f"body_{code}": streamfield([("paragraph", rich_text(f"<p>{code}</p>"))])}
                    ),
                }
            )
        if page and getattr(page, f"live_in_{code}"):
            values[f"live_in_{code}"] = "on"
    return {**values, **changes}


def build_site() -> SmallSite:
    """Made under the default language; the runs of an operation all start from these rows."""
    root = BasePage.objects.get(depth=1)
    BasePage.objects.filter(depth=2).delete()
    root.refresh_from_db()
    home = HomePage(title_en="Home", title_fr="Accueil", title_de="Start", live_in_en=True)
    root.add_child(instance=home)
    Site.objects.all().delete()
    Site.objects.create(hostname="testserver", root_page=home, is_default_site=True)

    def page(parent, source="en", **titles):
        live = {f"live_in_{code}": f"title_{code}" in titles for code in ("en", "fr", "de")}
        page = ContentPage(source_language=source, **titles, **live)
        parent.add_child(instance=page)
        page.save_revision().publish()
        return ContentPage.objects.get(pk=page.pk)

    person = Person.objects.create(
        name="Dr Ada Example", slug="ada", role_en="Biologist", role_fr="Biologiste"
    )
    person.save_revision(log_action=True)
    section = page(home, title_en="Research", title_fr="Recherche", title_de="Forschung")
    return SmallSite(
        client=Client(),
        home=home,
        section=section,
        other=page(home, title_en="Careers", title_fr="Carrières"),
        page=page(
            section,
            title_en="Immune system",
            title_fr="Système immunitaire",
            title_de="Immunsystem",
        ),
        french=page(section, source="fr", title_fr="Communiqué"),
        image=library.image(title_fr="Cellules", description_fr="Des cellules"),
        document=library.document(title_fr="Rapport", title_de="Bericht"),
        collection=Collection.get_first_root_node().add_child(name="Brochures"),
        person=person,
    )


def log_in(client: Client, language: str):
    """Log an administrator in whose admin is in the language."""
    user, _created = get_user_model().objects.get_or_create(
        username="matrix", defaults={"is_superuser": True, "is_staff": True}
    )
    profile = UserProfile.get_for_user(user)
    profile.preferred_language = language
    profile.save()
    client.force_login(user)
    return user
