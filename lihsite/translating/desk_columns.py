"""The columns of the desk."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.ui.tables import (
    BulkActionsCheckboxColumn,
    Column,
    DateColumn,
    TitleColumn,
)

from lihsite.multilingual.states import State


class ObjectColumn(TitleColumn):
    """The object's name with its type and section, and a link to where it is translated."""

    cell_template_name = "lihsite/admin/desk/title_cell.html"


class StateColumn(Column):
    cell_template_name = "lihsite/admin/desk/state_cell.html"

    def get_value(self, instance):
        return State(instance.state)


class WordsColumn(Column):
    """The words to do, and how many texts they are in."""

    cell_template_name = "lihsite/admin/desk/words_cell.html"

    def get_cell_context_data(self, instance, parent_context):
        context = super().get_cell_context_data(instance, parent_context)
        context["texts"] = instance.segments - instance.translated + instance.outdated
        return context


class AssignmentColumn(Column):
    """The assignee, and until when."""

    cell_template_name = "lihsite/admin/desk/assignment_cell.html"


class PeopleColumn(Column):
    cell_template_name = "lihsite/admin/desk/people_cell.html"


CHECKBOXES = BulkActionsCheckboxColumn("bulk_actions", obj_type="translationstate")

COLUMNS = [
    ObjectColumn(
        "title",
        label=_("Title"),
        sort_key="title",
        get_url=lambda row: row.address,
        get_title_id=lambda row: f"translationstate_{row.pk}_title",
    ),
    Column("language_name", label=_("Language"), sort_key="language"),
    StateColumn("state", label=_("State"), sort_key="state"),
    WordsColumn("words_to_do", label=_("Words to do"), sort_key="words_to_do"),
    DateColumn("outdated_since", label=_("Outdated since"), sort_key="outdated_since"),
    AssignmentColumn("assignment", label=_("Assigned to"), sort_key="due_on"),
    PeopleColumn("people", label=_("At work now")),
]
"""Each row has been given its `address`, `type_name`, `assignment` and `people`."""
