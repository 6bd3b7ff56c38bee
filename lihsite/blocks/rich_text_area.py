"""The input of rich texts, safe for several editors whose forms one process shows at a time."""

import threading

from wagtail.admin.rich_text import DraftailRichTextArea


class RichTextArea(DraftailRichTextArea):
    """Wagtail's, one text after another.

    A block keeps its input for all requests, and the input a parser that holds one text at a time:
    two threads would put their texts into one another's forms.
    """

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        # Each form has a copy of the input; all copies have the parser and this in common.
        self.parsing = threading.Lock()

    def format_value(self, value):
        with self.parsing:
            return super().format_value(value)
