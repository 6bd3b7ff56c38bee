"""Texts of forms that several threads show at once stay in their forms."""

import json
import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from home.models import ContentPage


@pytest.fixture
def impatient_threads():
    """Threads that take turns far more often than they do by themselves."""
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("impatient_threads")
def test_threads_do_not_mix_their_texts():
    stream = ContentPage._meta.get_field("body_en").stream_block
    area = stream.child_blocks["paragraph"].field.widget

    def shown(number: int) -> list[str]:
        value = area.format_value(f"<p>text {number}</p>" * 5)
        return [block["text"] for block in json.loads(value)["blocks"]]

    with ThreadPoolExecutor(8) as threads:
        texts = list(threads.map(shown, range(400)))
    assert texts == [[f"text {number}"] * 5 for number in range(400)]
