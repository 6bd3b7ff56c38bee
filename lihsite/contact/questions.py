"""The questions of a form in one language, and the form that Wagtail's builder makes of them."""

from dataclasses import dataclass, field

from django import forms
from django.http import QueryDict
from wagtail.contrib.forms.forms import FormBuilder

from lihsite.contact.email_addresses import MailField
from lihsite.contact.guards import GuardedForm
from lihsite.xml_text import xml_text

LONGEST_TEXT = 10_000
"""In characters, of a longer text."""
MOST_DIGITS = 20


@dataclass
class Question:
    """A question as Wagtail's form builder takes it. Its name is the block's id in every language.

    Choices go by ids as well: pairs of an id and the text of a language.
    """

    clean_name: str
    field_type: str
    label: str
    help_text: str = ""
    required: bool = False
    default_value: str = ""
    purpose: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)
    default_choices: list[str] = field(default_factory=list)

    def get_field_clean_name(self) -> str:
        return self.clean_name


def questions_of(stream) -> list[Question]:
    """The questions in a stream of `QuestionsBlock`; those still without a label are left out."""
    return [_question(child) for child in stream if child.value["label"]]


def _question(child) -> Question:
    value, kind = child.value, child.block.meta.field_type
    if kind == "radio" and value["as_list"]:
        kind = "dropdown"
    options = value.get("options")
    options = [option for option in options.bound_blocks if option.value["text"]] if options else []
    return Question(
        clean_name=str(child.id),
        field_type=kind,
        label=value["label"],
        help_text=value["help_text"] or "",
        required=value["required"],
        default_value=value.get("default_value") or "",
        purpose=value.get("purpose") or "",
        choices=[(str(option.id), option.value["text"]) for option in options],
        default_choices=[str(option.id) for option in options if option.value["is_default"]],
    )


def as_in_source(questions: list[Question], source: list[Question]) -> list[Question]:
    """The questions of a translation, required where the source says so."""
    required = {question.clean_name: question.required for question in source}
    for question in questions:
        question.required = required.get(question.clean_name, question.required)
    return questions


class QuestionForm(GuardedForm):
    """Control characters, which nobody types, are dropped: no export could hold the answers."""

    def __init__(self, data: QueryDict | None = None, *args, **kwargs):
        super().__init__(data and _holdable(data), *args, **kwargs)


def _holdable(data: QueryDict) -> QueryDict:
    held = data.copy()
    for name, values in data.lists():
        held.setlist(name, [xml_text(value) for value in values])
    return held


class QuestionFormBuilder(FormBuilder):
    """Wagtail's, with inputs that browsers know, limits, and choices by id."""

    def get_form_class(self):
        return type("QuestionForm", (QuestionForm,), self.formfields)

    def create_singleline_field(self, question, options):
        if question.purpose:
            options["widget"] = forms.TextInput(attrs={"autocomplete": question.purpose})
        return super().create_singleline_field(question, options)

    def create_multiline_field(self, question, options):
        options["max_length"] = LONGEST_TEXT
        options["widget"] = forms.Textarea(attrs={"rows": 7})
        return super().create_multiline_field(question, options)

    def create_email_field(self, question, options):
        options["max_length"] = 254
        options["widget"] = forms.EmailInput(attrs={"autocomplete": "email"})
        return MailField(**options)

    def create_telephone_field(self, question, options):
        options["widget"] = forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"})
        return forms.CharField(max_length=40, **options)

    def create_number_field(self, question, options):
        # With a comma or a point, as the visitor's language writes it.
        options["widget"] = forms.TextInput(attrs={"inputmode": "decimal"})
        return forms.DecimalField(
            localize=True, max_digits=MOST_DIGITS, decimal_places=6, **options
        )

    def create_date_field(self, question, options):
        # Browsers send dates in this one form, and show them as their reader writes them.
        form = "%Y-%m-%d"
        options["widget"] = forms.DateInput(format=form, attrs={"type": "date"})
        return forms.DateField(input_formats=[form, "%d.%m.%Y", "%d/%m/%Y"], **options)

    def create_dropdown_field(self, question, options):
        self._start_with_first(question, options)
        chosen = [] if question.default_choices else [("", "—")]
        options["choices"] = [*chosen, *question.choices]
        return forms.ChoiceField(**options)

    def create_radio_field(self, question, options):
        self._start_with_first(question, options)
        return super().create_radio_field(question, options)

    @staticmethod
    def _start_with_first(question, options):
        options["initial"] = next(iter(question.default_choices), "")

    def create_checkbox_field(self, question, options):
        options["initial"] = False
        return super().create_checkbox_field(question, options)

    def get_formatted_field_choices(self, question):
        return question.choices

    def get_formatted_field_initial(self, question):
        return question.default_choices
