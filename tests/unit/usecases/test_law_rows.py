"""Rows as people write them: Vietnamese heads, kinds, days and provisions mean what the contract's words mean."""

from __future__ import annotations

from datetime import date

import pytest

from qms.model.enums import RelationKind
from qms.usecases.law_rows import BadRow, TableKind, instrument_facts, named, relation_facts, table_kind

RELATION = {"source": "18/2026/NĐ-CP", "kind": "amends", "target": "123/2015/NĐ-CP"}


@pytest.mark.parametrize(
    ("columns", "kind"),
    [
        ("number,type,title", TableKind.INSTRUMENTS),
        ("STT,Số ký hiệu,Trích yếu,Ngày ban hành", TableKind.INSTRUMENTS),
        ("Số, ký hiệu;Loại văn bản".replace(",", " "), None),
        ("source,kind,target,from", TableKind.RELATIONS),
        ("Văn bản tác động,Quan hệ,Văn bản bị tác động,Từ ngày", TableKind.RELATIONS),
        ("decision,code,name,change,time_limit,fee,effective", TableKind.TTHC),
        ("a,b", None),
    ],
)
def test_the_header_tells_what_a_table_is_about(columns: str, kind: TableKind | None) -> None:
    assert table_kind(columns.split(",")) is kind


def test_vietnamese_heads_and_days_are_read() -> None:
    row = {
        "số, ký hiệu": "18/2026/nđ-cp",
        "loại văn bản": "NGHỊ ĐỊNH",
        "trích yếu": "Sửa đổi một số điều",
        "cơ quan ban hành": "Chính phủ",
        "ngày ban hành": "10/01/2026",
        "ngày hiệu lực": "ngày 15 tháng 01 năm 2026",
        "ngày hết hiệu lực": "2027-01-15 00:00:00",
        "lĩnh vực": "Hộ tịch",
    }
    facts = instrument_facts(named(row))
    assert (facts.key, facts.type, facts.title) == ("18/2026/NĐ-CP", "Nghị định", "Sửa đổi một số điều")
    assert (facts.issued, facts.effective, facts.expires) == (
        date(2026, 1, 10),
        date(2026, 1, 15),
        date(2027, 1, 15),
    )
    assert facts.topics == "Hộ tịch"


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("thay thế", RelationKind.REPLACES),
        ("Bãi bỏ", RelationKind.REPEALS),
        ("sửa đổi, bổ sung", RelationKind.AMENDS),
        ("Đính chính", RelationKind.CORRECTS),
        ("hợp nhất", RelationKind.CONSOLIDATES),
        ("hướng dẫn", RelationKind.GUIDES),
        ("quy định chi tiết", RelationKind.IMPLEMENTS),
        ("căn cứ", RelationKind.BASIS),
        ("ngưng hiệu lực", RelationKind.SUSPENDS),
        ("Repeals", RelationKind.REPEALS),
    ],
)
def test_kinds_of_relations_are_read_in_words(words: str, kind: RelationKind) -> None:
    assert relation_facts({**RELATION, "kind": words}).kind is kind


def test_provisions_are_read_as_ids_or_in_words() -> None:
    words = relation_facts({**RELATION, "target_provisions": "khoản 2 Điều 5, Điều 7"})
    ids = relation_facts({**RELATION, "target_provisions": "art_5__para_2; art_7"})
    assert words.target_provisions == ids.target_provisions == "art_5__para_2 art_7"
    spared = relation_facts({**RELATION, "except_provisions": "Điều 9"})
    assert spared.except_provisions == "art_9"


def test_a_local_relation_is_told_apart_by_its_issuers() -> None:
    facts = relation_facts(
        {
            "source": "12/2026/NQ-HĐND",
            "source_issuer": "HĐND tỉnh Sóc Trăng",
            "kind": "replaces",
            "target": "04/2024/NQ-HĐND",
            "target_issuer": "Hội đồng nhân dân tỉnh Sóc Trăng",
        }
    )
    assert facts.source_issuer == facts.target_issuer == "hội đồng nhân dân tỉnh sóc trăng"
    assert relation_facts({**RELATION, "target_issuer": "Chính phủ"}).target_issuer == ""


@pytest.mark.parametrize(
    ("row", "said"),
    [
        ({"type": "Luật"}, "số, ký hiệu"),
        ({"number": "1/2020/NĐ-CP", "issued": "31/02/2020"}, "issued"),
        ({"number": "1/2020/NĐ-CP", "url": "javascript:alert(1)"}, "http://"),
        ({"number": "x" * 90}, "dài quá"),
    ],
)
def test_what_is_wrong_with_an_instrument_is_said(row: dict[str, str], said: str) -> None:
    with pytest.raises(BadRow, match=said):
        instrument_facts(row)


@pytest.mark.parametrize(
    ("change", "said"),
    [
        ({"kind": "ghét"}, "ghét"),
        ({"target": ""}, "target"),
        ({"target": "18/2026/NĐ-CP"}, "chính nó"),
        ({"target_provisions": "phần nào đó"}, "điều khoản"),
        ({"from": "hôm qua"}, "from"),
    ],
)
def test_what_is_wrong_with_a_relation_is_said(change: dict[str, str], said: str) -> None:
    with pytest.raises(BadRow, match=said):
        relation_facts({**RELATION, **change})


def test_a_title_glued_to_a_long_issuer_is_cut_off() -> None:
    glued = "Chính phủ quy định chi tiết thi hành " + "một số điều của luật này " * 10
    assert instrument_facts({"number": "1/2020/NĐ-CP", "issuer": glued}).issuer == "Chính phủ"
