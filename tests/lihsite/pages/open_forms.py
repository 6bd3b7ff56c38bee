"""Forms that are open side by side: what each has loaded, and what each saves."""

from django.contrib.auth import get_user_model
from wagtail.test.utils.form_data import rich_text

from lihsite.multilingual.languages import column
from lihsite.multilingual.registration import translated_fields
from tests.lihsite.pages.admin import client_of, edit_url, posted

JSON = {"HTTP_ACCEPT": "application/json"}


def paragraphs(*texts) -> list:
    """Raw paragraphs, each with the first letter of its text as its id."""
    return [
        {"type": "paragraph", "id": f"id-{text[0].lower()}", "value": f"<p>{text}</p>"}
        for text in texts
    ]


def posted_paragraphs(stream: str, blocks: list) -> dict:
    children = {f"{stream}-count": str(len(blocks))}
    for index, block in enumerate(blocks):
        children |= {
            f"{stream}-{index}-deleted": "",
            f"{stream}-{index}-order": str(index),
            f"{stream}-{index}-type": block["type"],
            f"{stream}-{index}-id": block["id"],
            f"{stream}-{index}-value": rich_text(block["value"]),
        }
    return children


class OpenForm:
    """The edit form of a page in a tab of its own, with some languages open.

    It shows what it had loaded until something else is typed in it.
    """

    def __init__(self, page, username, *languages, url=None):
        self.client = client_of(username)
        self.page, self.languages, self.url = page, list(languages), url or edit_url(page)
        response = self.client.get(self.url)
        self.draft = str(response.context["loaded_draft"].pk)
        self.revision = None
        shown = response.context["form"].instance
        self.values = posted(shown, languages)
        for language in languages:
            self.show_stream(language, shown)

    def show_stream(self, language, shown):
        name = column("body", language)
        if "body" in translated_fields(type(shown)):
            self.type(**{name: getattr(shown, name).get_prep_value()})

    def open_tab(self, language):
        self.languages.append(language)
        query = {"language_tab": language, "loaded_draft": self.draft}
        assert self.client.get(self.url, query).status_code == 200
        shown = type(self.page).objects.get(pk=self.page.pk).get_latest_revision_as_object()
        self.values |= {
            name: value
            for name, value in posted(shown, [language]).items()
            if name.endswith(f"_{language}") and not name.startswith("live_in")
        }
        self.show_stream(language, shown)
        return self

    def type(self, **values):
        for name, value in values.items():
            if isinstance(value, list):
                self.values = {
                    key: kept for key, kept in self.values.items() if not key.startswith(f"{name}-")
                } | posted_paragraphs(name, value)
            else:
                self.values[name] = value
        return self

    def save(self, **values):
        """Save by the button; the response."""
        self.type(**values)
        return self.client.post(self.url, self.data())

    def autosave(self, **values):
        """Save as the form does by itself; what Wagtail's client gets back."""
        self.type(**values)
        data = self.data()
        if self.revision:
            data["overwrite_revision_id"] = self.revision
        response = self.client.post(self.url, data, **JSON)
        answer = response.json()
        if answer["success"]:
            self.revision = answer["revision_id"]
            self.values |= answer["field_updates"]
        return answer

    def data(self):
        return {**self.values, "loaded_draft": self.draft}


def account(username):
    return get_user_model().objects.get(username=username)
