"""The StreamField of the site."""

from wagtail.fields import StreamField


class BodyField(StreamField):
    """A StreamField whose migrations say nothing of its blocks.

    They would repeat the whole vocabulary once a language and again at each change of a label,
    while the column is JSON all the same. Pass a StreamBlock class, not an instance, which the
    language columns would share. A data migration works on the raw JSON.
    """

    def __init__(self, block_types=(), **kwargs):
        super().__init__(block_types, **kwargs)

    def deconstruct(self):
        name, path, _args, kwargs = super().deconstruct()
        del kwargs["block_lookup"]
        return name, path, [], kwargs
