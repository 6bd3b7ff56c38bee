"""A sealed stream opens with its key alone, and only if nothing of it was touched."""

import io

import pytest

from lihsite.operations.backup.errors import Damaged, WrongKey
from lihsite.operations.backup.sealing import PIECE, TAG, Opener, Sealer


def sealed(content: bytes, key="key") -> bytes:
    out = io.BytesIO()
    sealer = Sealer(out, key)
    sealer.write(content)
    sealer.finish()
    return out.getvalue()


def unsealed(content: bytes, key="key") -> bytes:
    return io.BufferedReader(Opener(io.BytesIO(content), key)).read()


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE, 200_000])
def test_what_was_sealed_is_opened(size):
    content = bytes(number % 251 for number in range(size))
    whole = sealed(content)
    assert unsealed(whole) == content
    # A single byte may stand in any noise, but not each time.
    wholes = [whole, *(sealed(content) for _ in range(40 if size == 1 else 0))]
    assert not size or any(content[:100] not in one for one in wholes)


def test_no_two_are_alike():
    assert sealed(b"the same") != sealed(b"the same")


def test_another_key_is_told_from_damage():
    with pytest.raises(WrongKey):
        unsealed(sealed(b"content"), "another")


@pytest.mark.parametrize("place", [16, 40, 60, 100, PIECE + 100, -1])
def test_a_changed_byte_is_noticed(place):
    content = bytearray(sealed(bytes(2 * PIECE)))
    content[place] ^= 1
    with pytest.raises((Damaged, WrongKey)):
        unsealed(bytes(content))


@pytest.mark.parametrize("left", [0, 20, 55, 60, 55 + PIECE + TAG, 55 + 2 * (PIECE + TAG), -1])
def test_what_is_cut_off_is_noticed_even_between_two_pieces(left):
    whole = sealed(bytes(2 * PIECE + 10))
    with pytest.raises(Damaged):
        unsealed(whole[:left])


def test_pieces_in_another_order_are_noticed():
    whole = sealed(bytes(PIECE) + bytes([1]) * PIECE + b"end")
    start, size = 55, PIECE + TAG
    first, second = whole[start : start + size], whole[start + size : start + 2 * size]
    with pytest.raises(Damaged):
        unsealed(whole[:start] + second + first + whole[start + 2 * size :])
