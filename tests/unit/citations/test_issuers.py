"""The same issuer however it is written, and never two as one."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.citations import issuer_key
from qms.citations.vocabulary import CITIES, PROVINCES


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HĐND tỉnh Sóc Trăng", "Hội đồng nhân dân tỉnh Sóc Trăng"),
        ("HĐND tỉnh Sóc Trăng", "hội đồng nhân dân Tỉnh  Sóc Trăng"),
        ("HDND tinh Soc Trang", "Hội đồng nhân dân tỉnh Sóc Trăng"),
        ("HĐND Sóc Trăng", "Hội đồng nhân dân tỉnh Sóc Trăng"),
        ("UBND TP. Cần Thơ", "Uỷ ban nhân dân thành phố Cần Thơ"),
        ("Chủ tịch UBND TP Cần Thơ", "Ủy ban nhân dân thành phố Cần Thơ"),
        ("UBND Cần Thơ", "UBND thành phố Cần Thơ"),
        ("UBND TP.HCM", "Ủy ban nhân dân Thành phố Hồ Chí Minh"),
        ("UBND TPHCM", "UBND Tp. Hồ Chí Minh"),
        ("UBND tỉnh Thanh Hoá", "UBND tỉnh Thanh Hóa"),
        ("UBND tỉnh Đắc Lắc", "UBND tỉnh Đắk Lắk"),
        ("HĐND tỉnh Bà Rịa Vũng Tàu", "HĐND tỉnh Bà Rịa - Vũng Tàu"),
        ("UBND P. Tân An, TP. Cần Thơ", "Ủy ban nhân dân phường Tân An, thành phố Cần Thơ"),
        ("UBND xã Phú Hoà", "UBND xã Phú Hòa"),
        ("Bộ trưởng Bộ Tư pháp", "Bộ Tư pháp"),
        ("Bộ KH&CN", "Bộ Khoa học và Công nghệ"),
        ("BTP", "Bộ Tư pháp"),
        ("UBND quận 1", "Ủy ban nhân dân Quận 1"),
    ],
)
def test_one_issuer_has_one_key(one: str, other: str) -> None:
    assert issuer_key(one) == issuer_key(other)
    assert issuer_key(unicodedata.normalize("NFD", one)) == issuer_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("HĐND tỉnh Sóc Trăng", "UBND tỉnh Sóc Trăng"),
        ("HĐND tỉnh Sóc Trăng", "HĐND tỉnh Hậu Giang"),
        ("UBND tỉnh Hà Giang", "UBND thành phố Hà Giang"),
        ("UBND xã Phú Hòa", "UBND xã Phú Hoa"),
        ("UBND xã Tân Lợi", "UBND xã Tân Lợi, tỉnh Đồng Nai"),
        ("UBND quận 1", "UBND quận 10"),
        ("Bộ Tư pháp", "Sở Tư pháp"),
    ],
)
def test_two_issuers_have_two_keys(one: str, other: str) -> None:
    assert issuer_key(one) != issuer_key(other)


def test_the_key_reads_as_the_full_name() -> None:
    assert issuer_key("HĐND TP Huế") == "hội đồng nhân dân thành phố huế"


def test_every_province_is_known_without_its_level() -> None:
    for name in PROVINCES:
        level = "thành phố" if name in CITIES else "tỉnh"
        assert issuer_key(f"UBND {name}") == issuer_key(f"Ủy ban nhân dân {level} {name}")


@given(st.text(max_size=40))
def test_any_text_has_a_key_that_is_its_own_key(text: str) -> None:
    assert issuer_key(issuer_key(text)) == issuer_key(text)
