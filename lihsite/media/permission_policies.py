"""Who may do what with pictures and documents: Wagtail's rules, and less for translators."""

from wagtail.permission_policies.collections import CollectionOwnershipPermissionPolicy

from lihsite.multilingual.permissions import own_languages


class LibraryPermissionPolicy(CollectionOwnershipPermissionPolicy):
    """Wagtail's, by which who may change an entry may delete it: translators may not.

    They are given the right to change for the texts of their languages.
    """

    def __init__(self, model):
        super().__init__(model, owner_field_name="uploaded_by_user")

    def user_has_permission(self, user, action):
        return bool(_possible(user, [action])) and super().user_has_permission(user, action)

    def user_has_any_permission_for_instance(self, user, actions, instance):
        actions = _possible(user, actions)
        return bool(actions) and super().user_has_any_permission_for_instance(
            user, actions, instance
        )

    def instances_user_has_any_permission_for(self, user, actions):
        actions = _possible(user, actions)
        found = super().instances_user_has_any_permission_for(user, actions)
        return found if actions else found.none()


def _possible(user, actions) -> list[str]:
    """Those of the actions that no translator is kept from."""
    kept_from = {"delete"} if user.is_authenticated and own_languages(user) else set()
    return [action for action in actions if action not in kept_from]
