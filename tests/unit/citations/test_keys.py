"""What people type as an instrument, and what a key says."""

from __future__ import annotations

import pytest

from qms.citations import instrument_type, is_local, parse_key


@pytest.mark.parametrize(
    ("typed", "key"),
    [
        ("18/2026/nđ-cp", "18/2026/NĐ-CP"),
        ("Nghị định 18/2026/NĐ-CP", "18/2026/NĐ-CP"),
        ("nghi dinh 18/2026/nd-cp", "18/2026/NĐ-CP"),
        ("101/qđ-bkhcn", "101/QĐ-BKHCN"),
        ("  Luật Hộ tịch 2014 ", "Luật Hộ tịch 2014"),
        ("luật hộ tịch năm 2014", "Luật Hộ tịch 2014"),
        ("luat ho tich 2014", "Luật Hộ tịch 2014"),
        ("BLDS 2015", "Bộ luật Dân sự 2015"),
        ("14-KL/TW", "14-KL/TW"),
        ("Nghị định 116", None),
        ("18/2026", None),
        ("xin chào", None),
        ("", None),
    ],
)
def test_what_is_typed_becomes_the_canonical_key(typed: str, key: str | None) -> None:
    assert parse_key(typed) == key


@pytest.mark.parametrize(
    ("key", "kind"),
    [
        ("18/2026/NĐ-CP", "nghị định"),
        ("66.7/2025/NQ-CP", "nghị quyết"),
        ("146/2012/TTLT-BTC-BTP", "thông tư liên tịch"),
        ("60/2014/QH13", "luật"),
        ("04/2012/UBTVQH13", "pháp lệnh"),
        ("101/QĐ-BKHCN", "quyết định"),
        ("27/VBHN-VPQH", "văn bản hợp nhất"),
        ("Bộ luật Dân sự 2015", "bộ luật"),
        ("TCVN ISO 9001:2015", "tiêu chuẩn"),
        ("1209/UBND-KGVX", "công văn"),
    ],
)
def test_a_key_says_its_kind(key: str, kind: str) -> None:
    assert instrument_type(key) == kind


@pytest.mark.parametrize(
    "key", ["04/2024/NQ-HĐND", "2956/QĐ-UBND", "1209/UBND-KGVX", "12/TB-STP", "1535/QĐ-TTPVHCC"]
)
def test_numbers_of_local_offices_need_their_issuer(key: str) -> None:
    assert is_local(key)


@pytest.mark.parametrize(
    "key", ["123/2015/NĐ-CP", "101/QĐ-BKHCN", "60/2014/QH13", "Luật Hộ tịch 2014", "QCVN 16:2023/BXD"]
)
def test_numbers_of_central_bodies_are_keys_by_themselves(key: str) -> None:
    assert not is_local(key)
