"""ORCID identifiers and their check character."""

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from research.orcid import check_character, validate_orcid

fifteen_digits = st.text("0123456789", min_size=15, max_size=15)


def written(characters):
    return "-".join(characters[place : place + 4] for place in range(0, 16, 4))


@pytest.mark.parametrize(
    "orcid", ["0000-0002-1825-0097", "0000-0001-5109-3700", "0000-0002-1694-233X"]
)
def test_the_documented_samples_are_right(orcid):
    validate_orcid(orcid)


@pytest.mark.parametrize(
    "orcid",
    [
        "0000-0002-1825-0098",
        "0000000218250097",
        "https://orcid.org/0000-0002-1825-0097",
        "0000-0002-1694-233x",
        "\u0660000-0002-1825-0097",
        "0000-0002-1825-0097\n",
        "",
    ],
)
def test_what_is_no_orcid_is_refused(orcid):
    with pytest.raises(ValidationError):
        validate_orcid(orcid)


@given(digits=fifteen_digits, place=st.integers(0, 14), other=st.integers(1, 9))
def test_any_mistyped_digit_is_found(digits, place, other):
    right = digits + check_character(digits)
    validate_orcid(written(right))
    wrong_digit = str((int(digits[place]) + other) % 10)
    wrong = digits[:place] + wrong_digit + right[place + 1 :]
    with pytest.raises(ValidationError):
        validate_orcid(written(wrong))
