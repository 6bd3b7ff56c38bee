"""The page of one's own account, sent as a browser shows it."""

from bs4 import BeautifulSoup

ACCOUNT = "/admin/account/"


def save(client, **fields):
    """Send the whole form, with some of it changed; `__` stands for the hyphen of a name."""
    form = form_of(client.get(ACCOUNT))
    sent = {field["name"]: value_of(field) for field in form.select("input[name], select[name]")}
    changed = {name.replace("__", "-"): value for name, value in fields.items()}
    assert changed.keys() <= sent.keys()
    return client.post(ACCOUNT, {**sent, **changed})


def form_of(response):
    return BeautifulSoup(response.content, "html.parser").select_one("form[enctype]")


def value_of(field) -> str:
    if field.name == "select":
        field = field.select_one("[selected]") or field.select_one("option")
    return field.get("value", "")
