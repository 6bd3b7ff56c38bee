import pytest

from lihsite.delivery.page_cache.answers import Answer, answer_of


def test_an_answer_is_the_same_after_its_way_through_another_process():
    headers = [("Content-Type", "text/html"), ("Vary", "Origin")]
    answer = answer_of(b"\x00token", 12.5, headers, "Études".encode())
    assert Answer.from_bytes(answer.to_bytes()) == answer
    assert answer.vary == "Origin, Accept-Encoding"


def test_a_part_of_an_answer_is_none():
    data = answer_of(b"token", 12.5, [], b"whole").to_bytes()
    with pytest.raises(ValueError, match="not whole"):
        Answer.from_bytes(data[:-1])


def test_nothing_of_the_first_request_is_kept():
    headers = [("Content-Type", "text/html"), ("X-Request-ID", "abc"), ("Content-Length", "4")]
    answer = answer_of(b"token", 12.5, headers, b"whole")
    assert answer.headers == [("Content-Type", "text/html")]
