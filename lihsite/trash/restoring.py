"""Brings a deleted page back with all that was its own."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime

from django.apps import apps
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from modelcluster.fields import ParentalKey
from wagtail.log_actions import log
from wagtail.models import ReferenceIndex, Revision, Site
from wagtail.search.index import insert_or_update_object

from lihsite.batches import batches
from lihsite.multilingual.addresses import column_value, slug_is_available, unique_slug
from lihsite.multilingual.languages import column, language_codes, language_name
from lihsite.multilingual.new_languages import complete_languages
from lihsite.multilingual.schedules import LanguageSchedule
from lihsite.multilingual.sections import store_section
from lihsite.pages.base_page import BasePage
from lihsite.pages.deleting import page_restored
from lihsite.plain_rows import plain_model, table_of, write

from .models import DeletedPage, DeletedRow

RESTORE = "lihsite.restore_page"
BATCH = 200

Rows = dict[type[models.Model], dict[object, dict]]
"""By model and key, the values of rows by column."""


def may_restore(user, entry: DeletedPage, parent) -> bool:
    """Whether the user may put the page below the parent: as if it were added, and published."""
    permissions = parent.permissions_for_user(user)
    if entry.was_live and not permissions.can_publish_subpage():
        return False
    return permissions.can_add_subpage()


def may_publish_below(user, parent) -> bool:
    """Whether the user, if any, may publish what is restored there."""
    return user is None or parent.permissions_for_user(user).can_publish_subpage()


def loses_publications(entry: DeletedPage, parent, user) -> bool:
    """Whether something would still go live by itself, were it not this user who restores it."""
    if may_publish_below(user, parent):
        return False
    labels = [model._meta.label for model in (Revision, LanguageSchedule)]
    rows = entry.rows.filter(kind=DeletedRow.Kind.ROW, model__in=labels).iterator(BATCH)
    hours = (hour_of_publication(apps.get_model(row.model), row.values) for row in rows)
    return any(hour and hour > timezone.now() for hour in hours)


def page_model(entry: DeletedPage) -> type[BasePage]:
    """Raises ValidationError if this version of the site has no such pages."""
    try:
        return apps.get_model(entry.page_type)
    except LookupError as error:
        raise ValidationError(
            _("The site has no more pages of this type (%(type)s).") % {"type": entry.page_type}
        ) from error


def check_parent(entry: DeletedPage, parent, user=None) -> None:
    """Raises PermissionDenied, and ValidationError if such a page cannot stand there."""
    if user and not may_restore(user, entry, parent):
        raise PermissionDenied(_("You may not restore this page there."))
    model = page_model(entry)
    if not model.can_exist_under(parent):
        raise ValidationError(
            _("A page of the type “%(type)s” cannot stand below “%(parent)s”.")
            % {
                "type": model._meta.verbose_name,
                "parent": parent.specific_deferred.get_admin_display_title(),
            }
        )
    if not model.can_create_at(parent):
        raise ValidationError(
            _("There cannot be another page of the type “%(type)s”.")
            % {"type": model._meta.verbose_name}
        )


def taken_slugs(entry: DeletedPage, parent) -> dict[str, str]:
    """The languages in which another page has the slug below the parent now, with a free one."""
    taken = {}
    for code in language_codes():
        slug = entry.slugs.get(code)
        if slug and not slug_is_available(slug, code, parent):
            taken[code] = unique_slug(slug, code, parent, None)
    return taken


def restore(entry: DeletedPage, parent=None, slugs: dict[str, str] | None = None, user=None):
    """Restore the page below its parent, or below another one; returns it.

    `slugs` replaces slugs by language. It is all there again as it was: the place among its
    siblings where that is free, ids, drafts, history, live languages, redirects and references.
    In languages that were added since, its pages get slugs and addresses as all others did.
    What was to go live meanwhile does not do so now, nor does what is to go live later if the user
    may not publish there; what has been deleted meanwhile (a picture, an account) is missing.
    Raises ValidationError and PermissionDenied; then nothing has changed.
    """
    with transaction.atomic():
        entry = DeletedPage.objects.select_for_update().filter(pk=entry.pk).first()
        if entry is None:
            raise ValidationError(_("The page has been restored, or deleted for good, meanwhile."))
        parent_key = parent.pk if parent else entry.parent_id
        parent = BasePage.objects.select_for_update().filter(pk=parent_key).first()
        if parent is None:
            raise ValidationError(_("Choose the page below which it is to stand."))
        parent = parent.specific
        check_parent(entry, parent, user)
        new_slugs = {**entry.slugs, **slugs_in_new_languages(entry, parent), **(slugs or {})}
        check_slugs(new_slugs, parent)
        rows = kept_rows(entry)
        place(rows, entry, parent, new_slugs)
        unschedule(rows, keeps_what_is_to_come=may_publish_below(user, parent))
        try:
            present = insert(rows)
        except IntegrityError as error:
            raise ValidationError(
                _("The page no longer fits this version of the site: %(error)s.")
                % {"error": str(error).strip().splitlines()[0]}
            ) from error
        BasePage.objects.filter(pk=parent.pk).update(numchild=F("numchild") + 1)
        complete_languages(None)
        refer_again(entry, present)
        return tell(entry, present, user)


def slugs_in_new_languages(entry: DeletedPage, parent) -> dict[str, str]:
    """Copies of the source's slug, numbered where a page has it below the parent by now."""
    source = entry.slugs[entry.source_language]
    return {
        code: unique_slug(source, code, parent, None)
        for code in language_codes()
        if code not in entry.slugs
    }


def check_slugs(slugs: dict[str, str], parent) -> None:
    for code in language_codes():
        slug = slugs.get(code)
        if slug and not slug_is_available(slug, code, parent):
            raise ValidationError(
                _("The slug “%(slug)s” is already in use in %(language)s within the parent page.")
                % {"slug": slug, "language": language_name(code)}
            )


def kept_rows(entry: DeletedPage) -> Rows:
    """The rows of models that this version has; a column that it lacks gets its default."""
    rows: Rows = defaultdict(dict)
    for row in entry.rows.filter(kind=DeletedRow.Kind.ROW).order_by("pk").iterator(BATCH):
        try:
            model = apps.get_model(row.model)
        except LookupError:
            continue
        table = table_of(model)
        defaults = {
            field.column: field.get_prep_value(field.get_default())
            for field in model._meta.local_concrete_fields
            if field.column not in row.values
        }
        values = {name: row.values.get(name, defaults.get(name)) for name in names_of(table)}
        rows[model][values[table.key.name]] = values
    return rows


def names_of(table) -> list[str]:
    return [one.name for one in table.columns]


def place(rows: Rows, entry: DeletedPage, parent, slugs: dict[str, str]) -> None:
    """Give the pages their places in the tree, and their addresses, below the parent."""
    path = free_path(entry, parent)
    pages = rows[BasePage]
    top = pages[entry.page_key]
    top.update({column("slug", code): slug for code, slug in slugs.items()})
    top["slug"] = slugs.get(entry.source_language) or top["slug"]
    moves = {}
    for code in language_codes():
        above = column_value(parent, "url_path", code)
        slug = top.get(column("slug", code)) or top["slug"]
        moves[code] = (entry.url_paths.get(code) or "", f"{above}{slug}/")
    for page in pages.values():
        page["path"] = path + page["path"][len(entry.path) :]
        page["depth"] = len(page["path"]) // BasePage.steplen
        for code, (old, new) in moves.items():
            name = column("url_path", code)
            if old and (page.get(name) or "").startswith(old):
                page[name] = new + page[name][len(old) :]
        page["url_path"] = page.get(column("url_path", page["source_language"])) or page["url_path"]
    draft = rows[Revision].get(top["latest_revision_id"]) if Revision in rows else None
    if draft and slugs != entry.slugs:
        # Who opens the draft would otherwise be told that its slug is taken.
        names = {column("slug", code): slug for code, slug in slugs.items()}
        draft["content"] = {**draft["content"], **names, "slug": top["slug"]}


def free_path(entry: DeletedPage, parent) -> str:
    """The old place among the parent's children if it is free, else the last one."""
    step = entry.path[-BasePage.steplen :]
    if not BasePage.objects.filter(path=parent.path + step).exists():
        return parent.path + step
    return parent.get_last_child()._inc_path()


def unschedule(rows: Rows, *, keeps_what_is_to_come: bool) -> None:
    """Nothing goes live by itself because it comes back; what was to go off does so."""
    now = timezone.now()
    for model in (Revision, LanguageSchedule):
        for key, row in list(rows.get(model, {}).items()):
            hour = hour_of_publication(model, row)
            if hour is None or (keeps_what_is_to_come and hour > now):
                continue
            if model is Revision:
                row["approved_go_live_at"] = None
            else:
                del rows[model][key]


def hour_of_publication(model: type[models.Model], row: dict) -> datetime | None:
    """When a revision or a schedule would put something live by itself, if it would."""
    if model is Revision:
        return row["approved_go_live_at"] and parse_datetime(row["approved_go_live_at"])
    is_waiting = row["done_at"] is None and row["failed_at"] is None
    publishes = row["action"] == LanguageSchedule.Action.PUBLISH
    return parse_datetime(row["at"]) if is_waiting and publishes else None


def insert(rows: Rows) -> dict[type[models.Model], set]:
    """Insert the rows, and return the keys of those that are there then.

    A row that refers to what is gone loses the reference, or is left out where it cannot be
    without; so is one whose place has been taken, such as a redirect from the same address.
    Raises ValidationError if a page itself cannot be inserted.
    """
    present = {model: set(of_model) for model, of_model in rows.items()}
    for model in in_order_of_reference(rows):
        kept = {
            key: row for key, row in rows[model].items() if forget_what_is_gone(model, row, present)
        }
        is_page = issubclass(model, BasePage)
        if is_page and len(kept) < len(rows[model]):
            raise ValidationError(
                _("The page cannot be without something that has been deleted meanwhile.")
            )
        table = table_of(model)
        write(table, kept.values(), ignore_conflicts=not is_page)
        present[model] = set()
        for keys in batches(kept, BATCH):
            stored = plain_model(table).objects.filter(pk__in=keys)
            present[model].update(stored.values_list("pk", flat=True))
    return present


def in_order_of_reference(rows: Rows) -> list[type[models.Model]]:
    """Each model after those that its rows cannot be without."""
    ordered, waiting = [], sorted(rows, key=lambda model: (not issubclass(model, BasePage),))
    while waiting:
        ready = [
            model
            for model in waiting
            if not any(target in waiting and target is not model for target in needed_models(model))
        ] or waiting[:1]
        ordered += ready
        waiting = [model for model in waiting if model not in ready]
    return ordered


def needed_models(model: type[models.Model]) -> set[type[models.Model]]:
    return {field.remote_field.model for field in references(model) if not field.null}


def references(model: type[models.Model]) -> list[models.ForeignKey]:
    """The foreign keys that the database itself watches over."""
    return [
        field
        for field in model._meta.local_concrete_fields
        if isinstance(field, models.ForeignKey) and field.db_constraint
    ]


def forget_what_is_gone(model: type[models.Model], row: dict, present: dict) -> bool:
    """Empty the row's references to what is gone; False if it cannot be without one of them."""
    for field in references(model):
        key, target = row[field.column], field.remote_field.model
        if key is None or key in present.get(target, ()):
            continue
        plain = plain_model(table_of(target)).objects
        if plain.filter(**{field.target_field.column: key}).exists():
            continue
        if not field.null:
            return False
        row[field.column] = None
    return True


def refer_again(entry: DeletedPage, present: dict[type[models.Model], set]) -> None:
    """Fill references elsewhere that the deletion emptied, unless they lead elsewhere by now.

    An alias that has been written or published as a page of its own since then stays one.
    """
    for row in entry.rows.filter(kind=DeletedRow.Kind.LINK).iterator(BATCH):
        try:
            model = apps.get_model(row.model)
        except LookupError:
            continue
        for name, key in row.values.items():
            field = next((one for one in references(model) if one.column == name), None)
            if field and key in present.get(field.remote_field.model, ()):
                if field.name == "alias_of" and has_own_life(row.key, entry.deleted_at):
                    continue
                empty = plain_model(table_of(model)).objects.filter(pk=row.key)
                empty.filter(**{f"{name}__isnull": True}).update(**{name: key})


def has_own_life(key: str, since: datetime) -> bool:
    is_newer = Q(latest_revision_created_at__gt=since) | Q(last_published_at__gt=since)
    return BasePage.objects.filter(is_newer, pk=key).exists()


def tell(entry: DeletedPage, present: dict[type[models.Model], set], user) -> BasePage:
    """Let index, log, caches and redirects know of the pages that are back; returns the first."""
    Site.clear_site_root_paths_cache()
    page = BasePage.objects.get(pk=entry.page_key)
    store_section(page)
    below = BasePage.objects.filter(path__startswith=page.path).order_by("path")
    for one in below.specific().iterator(BATCH):
        ReferenceIndex.create_or_update_for_object(one)
        insert_or_update_object(one)
        log(one, RESTORE, user=user, data={"deleted_at": entry.deleted_at.isoformat()})
    refer_index(others_of(present))
    referring = list(objects_of(entry.referring))
    refer_index(referring)
    moves = moves_of(entry, page, below)
    page_restored.send(sender=type(page), page=page, moves=moves, referring=referring)
    entry.delete()
    return page.specific


def others_of(present: dict[type[models.Model], set]) -> Iterable[models.Model]:
    """What is back besides pages and leads elsewhere by itself, such as a site's settings."""
    for model, keys in present.items():
        is_part = any(isinstance(field, ParentalKey) for field in model._meta.fields)
        leads_elsewhere = not is_part and model in ReferenceIndex.tracked_models
        if leads_elsewhere and not issubclass(model, BasePage):
            yield from model._base_manager.filter(pk__in=keys)


def refer_index(objects: Iterable[models.Model]) -> None:
    for one in objects:
        ReferenceIndex.create_or_update_for_object(one)


def objects_of(pairs: list) -> Iterable[models.Model]:
    """The objects of (label, key) that are still there; pages as their own type."""
    for label, key in pairs:
        try:
            model = apps.get_model(label)
        except LookupError:
            continue
        found = model._base_manager.filter(pk=key).first()
        if found:
            yield found.specific if isinstance(found, BasePage) else found


def moves_of(entry: DeletedPage, page, below) -> dict[str, tuple[str, str]]:
    """The languages in which the page has another address now, unless its old one is taken."""
    moves = {}
    others = BasePage.objects.exclude(pk__in=below.order_by().values("pk"))
    for code in language_codes():
        name = column("url_path", code)
        old, new = entry.url_paths.get(code), getattr(page, name)
        if old and old != new and not others.filter(**{name: old}).exists():
            moves[code] = (old, new)
    return moves
