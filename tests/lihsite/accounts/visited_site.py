"""A site with one of everything that an address can name, and a visit to an address."""

from datetime import UTC, datetime, timedelta

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.contenttypes.models import ContentType
from django.contrib.messages import get_messages
from django.core.files.base import ContentFile
from django.db import transaction
from django.test import Client
from django.utils import timezone
from wagtail.contrib.redirects.models import Redirect
from wagtail.models import (
    Collection,
    CollectionViewRestriction,
    PageViewRestriction,
    Site,
    Task,
    UploadedFile,
    Workflow,
)

from lihsite.contact.models import Subscription
from lihsite.models import Image, Term
from lihsite.multilingual.reviews import LanguageReview
from lihsite.multilingual.schedules import LanguageSchedule
from lihsite.pages.reviewer_links import ReviewerLink
from tests import factories
from tests.lihsite.media import library
from tests.lihsite.pages.admin import accounts

ANONYMOUS = "anonymous"
ROLES = (ANONYMOUS, "french", "editor", "reviewer", "admin")
"""The accounts of the demonstration, from the least to the most that they may."""

OPEN, LOGIN, REFUSED, MISSING = "open", "login", "refused", "missing"
ELSEWHERE, METHOD, ERROR = "elsewhere", "method", "error"
DENIED = ("Sorry, you do not have permission", "Sie haben nicht", "Désolé")


def things() -> dict:
    """By the names that the table of endpoints uses."""
    home = factories.home()
    accounts(home)
    page = factories.content_page(home, title_en="About")
    content = page.save_revision().content
    draft = factories.content_page(home, live_in=(), title_en="Nobody knows yet")
    draft_revision = draft.save_revision()
    private = factories.content_page(home, title_en="Board")
    PageViewRestriction.objects.create(
        page=private, restriction_type=PageViewRestriction.GROUPS
    ).groups.add(Group.objects.get(name="Reviewers"))
    embargo = timezone.now() + timedelta(days=30)
    embargoed = factories.news(title_en="Later", embargo=embargo)
    embargoed.save_revision().publish()
    link = ReviewerLink.objects.create(
        page=embargoed, note="", expires_at=timezone.now() + timedelta(days=1)
    )
    collection = Collection.get_first_root_node().add_child(instance=Collection(name="Board"))
    CollectionViewRestriction.objects.create(
        collection=collection, restriction_type=CollectionViewRestriction.GROUPS
    ).groups.add(Group.objects.get(name="Reviewers"))
    private_document = library.document("minutes.pdf", collection=collection)
    public_document = library.document()
    library.shown(public_document)
    image = library.image()
    admin, french = (get_user_model().objects.get(username=name) for name in ("admin", "french"))
    file = UploadedFile.objects.create(
        for_content_type=ContentType.objects.get_for_model(Image),
        file=ContentFile(b"x", name="x.png"),
        uploaded_by_user=admin,
    )
    subscription = Subscription.objects.create(email="reader@example.org", language="en")
    schedule = LanguageSchedule.objects.create(
        page=page,
        action="publish",
        languages=["fr"],
        at=datetime(2040, 1, 1, tzinfo=UTC),
        user=admin,
    )
    review = LanguageReview.objects.create(
        page=page, language="fr", content=content, submitted_by=french
    )
    form = factories.form_page()
    return {
        "page": page.pk,
        "home": home.pk,
        "draft": draft.pk,
        "draft_revision": draft_revision.pk,
        "private": private.pk,
        "embargoed": embargoed.pk,
        "revision": page.latest_revision_id,
        "form": form.pk,
        "public_path": page.get_url_for_language("en").removeprefix("/en/"),
        "draft_path": draft.slug_en,
        "private_path": private.slug_en,
        "embargoed_path": embargoed.get_url_for_language("en").removeprefix("/en/"),
        "form_path": form.get_url_for_language("en").removeprefix("/en/"),
        "token": link.token,
        "link": link.pk,
        "document": public_document.pk,
        "document_file": public_document.filename,
        "private_document": private_document.pk,
        "private_file": private_document.filename,
        "document_restriction": collection.view_restrictions.get().pk,
        "page_restriction": private.view_restrictions.get().pk,
        "image": image.pk,
        "uploaded": file.pk,
        "collection": collection.pk,
        "person": factories.person().pk,
        "term": Term.objects.create(term_en="cell").pk,
        "subscription": subscription.pk,
        "redirect": Redirect.objects.create(old_path="/old", redirect_page=page).pk,
        "site": Site.objects.get().pk,
        "group": Group.objects.get(name="Editors").pk,
        "account": french.pk,
        "workflow": Workflow.objects.first().pk,
        "task": Task.objects.first().pk,
        "schedule": schedule.pk,
        "review": review.pk,
    }


def browser_of(role: str) -> Client:
    client = Client(raise_request_exception=False)
    if role != ANONYMOUS:
        client.force_login(get_user_model().objects.get(username=role))
    return client


def outcome(client: Client, method: str, path: str) -> str:
    """How the address meets the browser, leaving everything as it was."""
    cookies = client.cookies.copy()
    with transaction.atomic():
        response = client.generic(method, path)
        transaction.set_rollback(True)
    client.cookies = cookies
    return word_for(response)


def word_for(response) -> str:
    status = response.status_code
    if status in (301, 302):
        if "/login/?next=" in response.url:
            return LOGIN
        told = [str(message) for message in get_messages(response.wsgi_request)]
        is_refused = any(text.startswith(DENIED) for text in told)
        return REFUSED if is_refused else ELSEWHERE
    words = {401: LOGIN, 403: REFUSED, 404: MISSING, 405: METHOD, 500: ERROR}
    return words.get(status, OPEN)
