"""Records what Django and Wagtail do with accounts, whoever asks them to."""

from django.contrib.auth import get_user_model
from django.contrib.auth.models import Group
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.contrib.contenttypes.models import ContentType
from django.db.models.signals import m2m_changed, post_delete, post_init, post_save
from django.dispatch import receiver
from wagtail.models import GroupCollectionPermission, GroupPagePermission

from .audit import Kind, record

User = get_user_model()

WATCHED = {
    "is_active": (Kind.DEACTIVATED, Kind.ACTIVATED),
    "is_superuser": (Kind.NO_SUPERUSER, Kind.SUPERUSER),
}
"""What is recorded when a field of the account becomes false, and when it becomes true."""

MORE, LESS = "+", "-"
SIGNS = {"post_add": MORE, "post_remove": LESS}
ON_OBJECTS = (GroupPagePermission, GroupCollectionPermission)


class PasswordRecorder:
    """A rule for passwords that refuses none: Django tells it of each that was set.

    It does not when a password is only stored anew by a newer method, which is no change.
    """

    def validate(self, password, user=None):
        pass

    def get_help_text(self):
        return ""

    def password_changed(self, password, user=None):
        if user is not None and user.pk:
            record(Kind.PASSWORD, user)


@receiver(user_logged_in)
def record_login(sender, request, user, **kwargs):
    record(Kind.LOGIN, user, request)


@receiver(user_logged_out)
def record_logout(sender, request, user, **kwargs):
    if user is not None:
        record(Kind.LOGOUT, user, request)


@receiver(user_login_failed)
def record_failure(sender, credentials, request=None, **kwargs):
    name = credentials.get(User.USERNAME_FIELD)
    record(Kind.LOGIN_FAILED, User.objects.filter(**{User.USERNAME_FIELD: name}).first(), request)


@receiver(post_init, sender=User)
def note_state(sender, instance, **kwargs):
    """What the account was when it was read; a field that was not read is not asked for."""
    names = (*WATCHED, "email")
    instance.recorded_state = {name: instance.__dict__.get(name) for name in names}


@receiver(post_save, sender=User)
def record_account(sender, instance, created, raw=False, **kwargs):
    if raw:
        return
    before = {"is_active": True, "is_superuser": False} if created else instance.recorded_state
    if created:
        record(Kind.CREATED, instance)
    for name, (lost, gained) in WATCHED.items():
        now = instance.__dict__.get(name)
        if None not in (now, before[name]) and now != before[name]:
            record(gained if now else lost, instance)
    if not created and has_other_address(instance):
        record(Kind.EMAIL, instance)
    note_state(sender, instance)


def has_other_address(account) -> bool:
    before, now = account.recorded_state["email"], account.__dict__.get("email")
    return None not in (before, now) and before != now


@receiver(post_delete, sender=User)
def record_deletion(sender, instance, **kwargs):
    record(Kind.DELETED, instance)


@receiver(m2m_changed, sender=User.groups.through)
def record_groups(sender, instance, action, reverse, model, pk_set, **kwargs):
    record_members(Kind.GROUPS, instance, action, reverse, model, pk_set)


@receiver(m2m_changed, sender=User.user_permissions.through)
def record_permissions(sender, instance, action, reverse, model, pk_set, **kwargs):
    record_members(Kind.PERMISSIONS, instance, action, reverse, model, pk_set)


def record_members(kind, instance, action, reverse, model, pk_set):
    if action == "pre_clear" and reverse:
        for account in instance.user_set.all():
            record(kind, account, detail=changes(LESS, [instance]))
    elif action == "pre_clear":
        names = instance.groups.all() if kind == Kind.GROUPS else instance.user_permissions.all()
        record(kind, instance, detail=changes(LESS, names))
    elif action in SIGNS and pk_set:
        chosen = model._base_manager.filter(pk__in=pk_set)
        if reverse:
            for account in chosen:
                record(kind, account, detail=changes(SIGNS[action], [instance]))
        else:
            record(kind, instance, detail=changes(SIGNS[action], chosen))


def changes(sign: str, objects) -> str:
    return ", ".join(f"{sign} {name_of(one)}" for one in objects)


def name_of(group_or_permission) -> str:
    """Not the title of a permission, which is in the language of whoever acts."""
    if isinstance(group_or_permission, Group):
        return group_or_permission.name
    # Content types are kept in memory; `natural_key` would ask for each of a group's many.
    kind = ContentType.objects.get_for_id(group_or_permission.content_type_id)
    return f"{kind.app_label}.{group_or_permission.codename}"


@receiver(m2m_changed, sender=Group.permissions.through)
def record_group_permissions(sender, instance, action, reverse, model, pk_set, **kwargs):
    if action == "pre_clear":
        objects = instance.group_set.all() if reverse else instance.permissions.all()
        sign = LESS
    elif action in SIGNS and pk_set:
        objects, sign = model._base_manager.filter(pk__in=pk_set), SIGNS[action]
    else:
        return
    if reverse:
        for group in objects:
            record(Kind.GROUP_PERMISSIONS, detail=f"{group.name}: {changes(sign, [instance])}")
    elif objects:
        record(Kind.GROUP_PERMISSIONS, detail=f"{instance.name}: {changes(sign, objects)}")


def record_granted(sender, instance, raw=False, **kwargs):
    if not raw:
        record(Kind.GROUP_PERMISSIONS, detail=on_object(MORE, instance))


def record_withdrawn(sender, instance, **kwargs):
    record(Kind.GROUP_PERMISSIONS, detail=on_object(LESS, instance))


def on_object(sign: str, granted) -> str:
    place = granted.page if isinstance(granted, GroupPagePermission) else granted.collection
    return f"{granted.group.name}: {changes(sign, [granted.permission])} ({place})"


for model in ON_OBJECTS:
    post_save.connect(record_granted, sender=model)
    post_delete.connect(record_withdrawn, sender=model)
