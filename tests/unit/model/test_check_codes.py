import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.model.check_codes import (
    ShortCode,
    derived_token,
    is_token,
    new_token,
    print_short_code,
    read_short_code,
    short_code,
)
from qms.model.ids import CROCKFORD

TOKENS = st.text(CROCKFORD, min_size=26, max_size=26)


def test_a_new_token_is_one_and_never_twice_the_same() -> None:
    made = {new_token() for _ in range(100)}
    assert len(made) == 100
    assert all(map(is_token, made))


def test_a_derived_token_is_of_one_revision_of_one_commit() -> None:
    token = derived_token("c" * 40, "abcd1234", 1)
    assert is_token(token)
    assert token == derived_token("c" * 40, "abcd1234", 1)
    assert len({token, derived_token("d" * 40, "abcd1234", 1), derived_token("c" * 40, "abcd1234", 2)}) == 3


@given(TOKENS)
def test_a_printed_short_code_is_read_back(token: str) -> None:
    code = short_code(token)
    assert read_short_code(print_short_code(code)) == ShortCode(code)
    assert read_short_code(print_short_code(code, 3)) == ShortCode(code, 3)


@given(TOKENS, st.integers(0, 7), st.sampled_from(CROCKFORD))
def test_one_wrong_character_is_noticed(token: str, at: int, other: str) -> None:
    code = short_code(token)
    wrong = code[:at] + other + code[at + 1 :]
    assert (read_short_code(wrong) is None) == (wrong != code)


def test_letters_that_look_like_digits_are_taken_for_them() -> None:
    code = short_code("0110110" + "z" * 19)
    assert read_short_code(" oIL-0i1 0" + code[-1].upper()) == ShortCode(code)


@pytest.mark.parametrize("typed", ["", "abc", "k7m2-q9x!", "12345678901234", "x" * 10_000, "ĂÂĐÊÔƠƯ0"])
def test_what_is_no_short_code_is_none(typed: str) -> None:
    assert read_short_code(typed) is None
