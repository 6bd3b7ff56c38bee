"""The columns of the library's translated fields, for forms and for search."""

from wagtail.search import index

from lihsite.multilingual.languages import DEFAULT_LANGUAGE, column, language_codes


def form_field_name(name: str, language: str) -> str:
    """The name that a form knows a column by.

    The default language's goes by the plain name, which Wagtail's upload views post.
    """
    return name if language == DEFAULT_LANGUAGE else column(name, language)


def translated_form_fields(*names: str) -> list[str]:
    """The form fields of all languages, language by language."""
    return [form_field_name(name, language) for language in language_codes() for name in names]


def translated_search_fields(*names: str) -> list:
    """Search fields for the other languages; the plain names hold the default language."""
    return [
        field_class(column(name, language))
        for name in names
        for language in language_codes()
        if language != DEFAULT_LANGUAGE
        for field_class in (index.SearchField, index.AutocompleteField)
    ]
