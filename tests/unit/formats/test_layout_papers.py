"""Whole Word papers of other layouts are read like those of the real files."""

from __future__ import annotations

from datetime import date

from qms.formats.anatomy import Anatomy
from qms.formats.reader import read
from qms.model.enums import WarningCode
from tests.unit.formats import layouts


def anatomy_of(data: bytes) -> Anatomy:
    return read(data, "a.docx").anatomy


def codes(anatomy: Anatomy) -> set[WarningCode]:
    return {doubt.code for doubt in anatomy.warnings}


def roles(anatomy: Anatomy) -> tuple[str | None, ...]:
    return anatomy.drafted_by_role, anatomy.reviewed_by_role, anatomy.approved_by_role


def test_a_district_with_roman_sections_that_word_numbers():
    anatomy = anatomy_of(layouts.district_in_roman())
    assert (anatomy.code, anatomy.title) == ("QT01 ISO", "Tiếp nhận và xử lý văn bản đến")
    assert (anatomy.issue_number, anatomy.issue_date) == ("01", date(2018, 10, 30))
    assert roles(anatomy) == ("Văn thư", "Chánh Văn phòng", "Chủ tịch")
    assert [one.number for one in anatomy.sections] == ["I", "II", "III", "IV", "V"]
    assert [(one.no, one.time) for one in anatomy.steps] == [
        ("1", "15 phút"),
        ("2", "01 giờ"),
        ("3", "04 giờ"),
    ]
    assert [(one.summary, one.revision, one.day) for one in anatomy.revision_rows] == [
        ("Bổ sung văn bản điện tử", "01/01", "15/3/2019")
    ]
    assert [(one.name, one.keeper, one.retention) for one in anatomy.records] == [
        ("Sổ văn bản đến", "Văn thư", "10 năm")
    ]
    assert codes(anatomy) == set()


def test_an_office_whose_running_header_contradicts_a_cover_without_day():
    anatomy = anatomy_of(layouts.office_with_running_header())
    assert (anatomy.code, anatomy.title, anatomy.issuer) == (
        "QT.ISO.02",
        "QUẢN LÝ RỦI RO",
        "CHI CỤC THI HÀNH ÁN DÂN SỰ HUYỆN MẪU",
    )
    assert roles(anatomy) == ("Chuyên viên", "Phó Chi cục trưởng", "Chi cục trưởng")
    assert [(one.no, one.action, one.result) for one in anatomy.steps] == [
        ("B1", "Nhận diện rủi ro", "BM.ISO.02.01"),
        ("B2", "Phân tích, đánh giá", "BM.ISO.02.02"),
    ]
    assert [one.day for one in anatomy.revision_rows] == ["01/9/2021"]
    assert {WarningCode.ISSUE_DATE_CONFLICT, WarningCode.ISSUE_NUMBER_CONFLICT} <= codes(anatomy)
    assert WarningCode.STEP_COLUMN_EMPTY not in codes(anatomy)


def test_a_commune_in_heading_styles_with_items_five_one_to_five_seven():
    anatomy = anatomy_of(layouts.commune_in_headings())
    assert (anatomy.code, anatomy.title, anatomy.issue_date) == (
        "QT-TP-01",
        "Chứng thực chữ ký",
        date(2025, 8, 1),
    )
    assert (anatomy.issue_number, anatomy.revision_number) == ("02", "01")
    assert roles(anatomy) == ("Công chức", "Trưởng phòng", "Chủ tịch")
    assert [one.number for one in anatomy.sections] == ["1", "2", "3", "4", "5", "6", "7"]
    assert anatomy.step_time_columns == ("Thời gian | Bình thường", "Thời gian | Xác minh")
    assert [(one.no, one.times, one.time_merged, one.result) for one in anatomy.steps] == [
        ("B1", ("½ ngày", "01 ngày"), True, "BM.TP.01.01"),
        ("B2", ("½ ngày", "01 ngày"), True, ""),
        (None, ("½ ngày", "½ ngày"), False, "BM.TP.01.02"),
        ("B3", ("01 ngày", "01 ngày"), False, "Chữ ký được chứng thực"),
    ]
    assert anatomy.legal_basis_lines == (
        "Luật Hộ tịch số 60/2014/QH13",
        "Nghị định số 23/2015/NĐ-CP ngày 16/02/2015",
    )
    assert (anatomy.time_limit, anatomy.fee) == ("02 ngày làm việc.", "10.000 đồng/trường hợp.")
    assert anatomy.forms == ("Giấy tiếp nhận hồ sơ", "Phiếu từ chối")
    assert [(one.title, one.code) for one in anatomy.appended_forms] == [
        ("GIẤY TIẾP NHẬN HỒ SƠ", "BM.TP.01.01")
    ]
    assert codes(anatomy) == {WarningCode.STEP_WITHOUT_NUMBER}


def test_a_province_with_lettered_sections_and_no_cover_table():
    anatomy = anatomy_of(layouts.province_in_one_line())
    assert (anatomy.code, anatomy.title) == ("QT.LĐ.03", "CẤP GIẤY PHÉP XÂY DỰNG NHÀ Ở RIÊNG LẺ")
    assert (anatomy.issuer, anatomy.issue_number, anatomy.issue_date) == (
        "SỞ XÂY DỰNG",
        "3",
        date(2025, 9, 5),
    )
    assert [one.number for one in anatomy.sections] == ["A", "B", "C", "D", "E"]
    assert [(one.no, one.action, one.time) for one in anatomy.steps] == [
        ("Bước 1", "Tiếp nhận", "4"),
        ("Bước 2", "Thẩm định", "84"),
    ]
    assert len(anatomy.legal_basis_lines) == 2
    assert [(one.keeper, one.retention) for one in anatomy.records] == [("Phòng Quản lý xây dựng", "20 năm")]
    assert codes(anatomy) == set()
