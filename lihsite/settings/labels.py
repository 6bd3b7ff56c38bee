"""How the admin names the columns of a translated field."""

from django.utils.translation import get_language_info


def localized_label(label: str, language: str) -> str:
    """The field's name with the language's own: "Title (Français)"."""
    name = get_language_info(language)["name_local"]
    return f"{label} ({name[:1].upper()}{name[1:]})"
