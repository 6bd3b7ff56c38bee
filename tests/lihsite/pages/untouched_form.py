"""What a browser posts from an edit form in which nothing was typed."""

from django.forms import BooleanField
from wagtail import blocks
from wagtail.blocks.base import BlockField
from wagtail.contrib.typed_table_block.blocks import TypedTableBlock
from wagtail.test.utils.form_data import querydict_from_html

from tests.lihsite.pages.admin import client_of, edit_url


def save_untouched(page, username: str):
    """Open the form of the page's draft and save it; the response."""
    client, url = client_of(username), edit_url(page)
    response = client.get(url)
    data = querydict_from_html(response.content.decode(), form_id="page-edit-form")
    form = response.context["form"]
    for name, field in form.fields.items():
        if name in data and isinstance(field, BooleanField):
            data[name] = "on"
    for name in data:
        if name.endswith("-ORDER") and "__prefix__" not in name:
            # The form's script numbers the rows.
            data[name] = str(int(name.split("-")[-2]) + 1)
    for name, field in form.fields.items():
        if isinstance(field, BlockField):
            data.pop(name, None)
            state = field.block.get_form_state(form.initial[name])
            for key, value in posted_block(field.block, state, name):
                data.setlist(key, value if isinstance(value, list) else [value])
    return client.post(url, dict(data.lists()))


def posted_block(block, state, prefix: str):
    """Yield the names and values that the widgets of a block post for what the form gave them."""
    if isinstance(block, blocks.StreamBlock | blocks.ListBlock):
        yield f"{prefix}-count", str(len(state))
        for index, child in enumerate(state):
            is_list = isinstance(block, blocks.ListBlock)
            child_block = block.child_block if is_list else block.child_blocks[child["type"]]
            yield f"{prefix}-{index}-order", str(index)
            yield f"{prefix}-{index}-deleted", ""
            yield f"{prefix}-{index}-id", child["id"]
            yield f"{prefix}-{index}-type", child.get("type", "item")
            yield from posted_block(child_block, child["value"], f"{prefix}-{index}-value")
    elif isinstance(block, TypedTableBlock):
        yield from posted_table(block, state, prefix)
    elif isinstance(block, blocks.StructBlock):
        for name, child in block.child_blocks.items():
            yield from posted_block(child, state[name], f"{prefix}-{name}")
    elif isinstance(block, blocks.BooleanBlock):
        if state:
            yield prefix, "on"
    elif isinstance(state, dict):
        yield prefix, str(state["id"])
    else:
        yield prefix, "" if state is None else state


def posted_table(block, state: dict, prefix: str):
    yield f"{prefix}-caption", state["caption"]
    yield f"{prefix}-column-count", str(len(state["columns"]))
    yield f"{prefix}-row-count", str(len(state["rows"]))
    for index, column in enumerate(state["columns"]):
        yield f"{prefix}-column-{index}-type", column["type"]
        yield f"{prefix}-column-{index}-order", str(index)
        yield f"{prefix}-column-{index}-heading", column["heading"]
        yield f"{prefix}-column-{index}-deleted", ""
    for row_index, row in enumerate(state["rows"]):
        yield f"{prefix}-row-{row_index}-order", str(row_index)
        yield f"{prefix}-row-{row_index}-deleted", ""
        for index, cell in enumerate(row["values"]):
            child = block.child_blocks[state["columns"][index]["type"]]
            yield from posted_block(child, cell, f"{prefix}-cell-{row_index}-{index}")
