"""Covers of many offices say the same things in different places and words."""

from __future__ import annotations

from datetime import date

import pytest

from qms.formats.anatomy import read_anatomy
from qms.formats.text import Block
from qms.model.enums import DocumentType
from tests.unit.formats.builders import p, table, text


def facts(*blocks: Block) -> tuple[str | None, str | None, str | None, str | None, date | None]:
    anatomy = read_anatomy(text(*blocks))
    return anatomy.code, anatomy.title, anatomy.issuer, anatomy.issue_number, anatomy.issue_date


def test_a_line_about_the_management_system_is_no_part_of_the_title():
    cover = table(
        [
            "UBND XÃ MẪU",
            "HỆ THỐNG QUẢN LÝ CHẤT LƯỢNG TCVN ISO 9001:2015\nQUY TRÌNH TIẾP CÔNG DÂN",
            "Mã số: QT-06\nLần BH: 02\nNgày BH: 01/01/2024\nTrang: 1/9",
        ]
    )
    assert facts(cover) == ("QT-06", "QUY TRÌNH TIẾP CÔNG DÂN", "UBND XÃ MẪU", "02", date(2024, 1, 1))


def test_the_standard_behind_the_type_is_no_part_of_the_title():
    cover = table(
        [
            "UBND TỈNH MẪU\nSỞ NỘI VỤ",
            "QUY TRÌNH ISO 9001:2015\nThi đua, khen thưởng",
            "Ký hiệu: QT.TĐ-KT.05\nBan hành: Lần 1\nNgày: 10/10/2022\nSố trang: 12",
        ]
    )
    assert facts(cover) == ("QT.TĐ-KT.05", "Thi đua, khen thưởng", "SỞ NỘI VỤ", "1", date(2022, 10, 10))


def test_the_agency_may_stand_in_lines_above_the_table():
    cover = table(["Mã số", "QT.CA.01"], ["Lần ban hành", "01"], ["Ngày ban hành", "02-05-2023"])
    above = [
        p(line, bold=True, centred=True)
        for line in ("ỦY BAN NHÂN DÂN", "XÃ MẪU", "QUY TRÌNH", "ĐĂNG KÝ TẠM TRÚ")
    ]
    found = facts(*above, cover)
    assert found == ("QT.CA.01", "ĐĂNG KÝ TẠM TRÚ", "ỦY BAN NHÂN DÂN XÃ MẪU", "01", date(2023, 5, 2))


@pytest.mark.parametrize(
    ("code", "printed", "kind"),
    [
        ("STCL", "Mã hiệu: STCL", DocumentType.MANUAL),
        ("ST-01", "Mã hiệu: ST-01", DocumentType.MANUAL),
        ("BM-05-02", "BM-05-02", DocumentType.FORM),
        ("QT-TP-01", "QT-TP-01", DocumentType.PROCEDURE),
    ],
)
def test_codes_without_number_and_codes_without_label_are_read(code, printed, kind):
    title = {DocumentType.MANUAL: "SỔ TAY CHẤT LƯỢNG", DocumentType.FORM: "BIÊN BẢN HỌP XEM XÉT CỦA LÃNH ĐẠO"}
    shown = title.get(kind, "QUY TRÌNH\nĐăng ký tạm trú")
    anatomy = read_anatomy(
        text(table(["UBND XÃ MẪU", shown, f"{printed}\nLần ban hành: 01\nNgày ban hành: 1/3/2024"]))
    )
    assert (anatomy.code, anatomy.title, anatomy.type) == (code, shown.rpartition("\n")[2], kind)


def test_codes_in_a_list_of_forms_are_none_of_the_document():
    forms = table(["TT", "Mã hiệu", "Tên biểu mẫu"], ["1", "BM.TP.01.01", "Giấy tiếp nhận hồ sơ"])
    assert read_anatomy(text(p("6. BIỂU MẪU", bold=True), forms)).code is None


def test_positions_are_read_from_an_approval_table_without_a_row_for_them():
    signed = table(
        ["Người soạn thảo", "Người kiểm tra", "Người phê duyệt"],
        [
            "Nguyễn Văn A\nChuyên viên phòng Tư pháp",
            "Trần Văn B\nTrưởng phòng",
            "Lê Văn C\nPhó Chủ tịch UBND",
        ],
    )
    anatomy = read_anatomy(text(signed, p("1. MỤC ĐÍCH", bold=True), p("2. PHẠM VI", bold=True)))
    assert (anatomy.drafted_by_role, anatomy.reviewed_by_role, anatomy.approved_by_role) == (
        "Chuyên viên phòng Tư pháp",
        "Trưởng phòng",
        "Phó Chủ tịch UBND",
    )
