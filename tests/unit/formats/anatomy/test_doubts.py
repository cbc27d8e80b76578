"""What a careful reader would stumble over is told once, in its own code, with the words it is about."""

from __future__ import annotations

from qms.formats.anatomy import read_anatomy
from qms.formats.text import Block
from qms.model.enums import WarningCode
from tests.unit.formats.builders import cell, p, table, text

STEPS = ("TT", "Trình tự các bước", "Trách nhiệm", "Thời gian")


def doubts(*blocks: Block) -> dict[WarningCode, str]:
    found = read_anatomy(text(*blocks)).warnings
    return {doubt.code: doubt.message for doubt in found}


def procedure(*blocks: Block, definitions: tuple[Block, ...] = ()) -> dict[WarningCode, str]:
    return doubts(
        table(
            [cell("QUY TRÌNH\nĐăng ký kết hôn"), "Mã hiệu: QT 01\nLần ban hành: 01\nNgày ban hành: 01/7/2025"]
        ),
        p("1. MỤC ĐÍCH", bold=True),
        p("2. ĐỊNH NGHĨA, VIẾT TẮT", bold=True),
        *definitions,
        p("3. NỘI DUNG", bold=True),
        *blocks,
    )


def test_a_time_without_unit_is_told_unless_its_head_has_the_unit():
    bare = procedure(table(list(STEPS), ["1", "Tiếp nhận", "A", "01"], ["2", "Trình", "B", "1/2"]))
    assert "bước: 1, 2" in bare[WarningCode.STEP_TIME_WITHOUT_UNIT]
    named = procedure(table([*STEPS[:3], "Thời gian (ngày)"], ["1", "Tiếp nhận", "A", "01"]))
    assert WarningCode.STEP_TIME_WITHOUT_UNIT not in named


def test_working_days_beside_days_are_mixed_units():
    found = procedure(
        p("b. Thời hạn giải quyết:"), p("- 05 ngày làm việc. Nếu xác minh thì không quá 25 ngày.")
    )
    assert "ngày làm việc (05) và ngày (25)" in found[WarningCode.TIME_UNITS_MIXED]
    assert WarningCode.TIME_UNIT_UNCLEAR not in found


def test_days_that_are_never_called_working_days_are_unclear():
    found = procedure(p("b. Thời hạn giải quyết: 10 ngày."))
    assert "10 ngày" in found[WarningCode.TIME_UNIT_UNCLEAR]
    clear = procedure(p("b. Thời hạn giải quyết: 10 (mười) ngày làm việc kể từ ngày 01/7."))
    assert not {WarningCode.TIME_UNIT_UNCLEAR, WarningCode.TIME_UNITS_MIXED} & set(clear)


def test_an_empty_column_of_the_step_table_is_told():
    found = procedure(table(["TT", "", *STEPS[1:]], ["1", "", "Tiếp nhận", "A", "01 ngày"]))
    assert "cột thứ 2 để trống" in found[WarningCode.STEP_COLUMN_EMPTY]
    unnamed = procedure(table(["TT", "", *STEPS[1:]], ["1", "Một cửa", "Tiếp nhận", "A", "01 ngày"]))
    assert "cột thứ 2 không có tên" in unnamed[WarningCode.STEP_COLUMN_EMPTY]
    whole = procedure(table(list(STEPS), ["1", "Tiếp nhận", "A", "01 ngày"]))
    assert WarningCode.STEP_COLUMN_EMPTY not in whole


def test_a_letter_used_twice_and_a_letter_without_its_mark_are_told():
    found = procedure(
        p("a. Thời hạn giải quyết: Trong ngày.", bold=True),
        p("c Phí, lệ phí: Không.", bold=True),
        p("i. Căn cứ pháp lý:", bold=True),
        p("i. Quy trình các bước xử lý công việc:", bold=True),
    )
    assert "Điểm i " in found[WarningCode.ITEM_NUMBER_REPEATED]
    assert "Điểm c " in found[WarningCode.ITEM_MARK_MISSING]


def test_a_heading_that_promises_a_number_of_dossiers_is_held_to_it():
    without = procedure(p("a. Thành phần, số lượng hồ sơ:", bold=True), p("- Tờ khai."))
    assert WarningCode.DOSSIER_COUNT_MISSING in without
    for words in (
        "- Số lượng hồ sơ: 01 (một) bộ.",
        "- Nộp 01 bộ hồ sơ gồm:",
        "- Hồ sơ lập thành một bộ.",
        "Số lượng bản sao: theo yêu cầu.",
    ):
        found = procedure(p("a. Thành phần, số lượng hồ sơ:", bold=True), p("- Tờ khai."), p(words))
        assert WarningCode.DOSSIER_COUNT_MISSING not in found
    assert WarningCode.DOSSIER_COUNT_MISSING not in procedure(
        p("a. Thành phần hồ sơ:", bold=True), p("- Tờ khai.")
    )


def test_a_person_in_place_of_the_agency_is_told():
    found = procedure(p("d. Cơ quan thực hiện: Công chức Tư pháp - Hộ tịch tham mưu Lãnh đạo UBND."))
    assert WarningCode.AGENCY_IS_OFFICIAL in found
    assert WarningCode.AGENCY_IS_OFFICIAL not in procedure(p("d. Cơ quan thực hiện: Ủy ban nhân dân cấp xã."))


def test_abbreviations_explained_twice_or_never_are_told():
    listed = tuple(
        map(
            p, ("TTHC: Thủ tục hành chính", "GCN: Giấy chứng nhận", "TTHC: Thủ tục hành chính", "VB: Văn bản")
        )
    )
    found = procedure(
        p("Nhận hồ sơ tại TTPVHCC theo Nghị quyết số 10/2022/NQ-HĐND."),
        p("Trích lục kết hôn (TLKH) và GCN; TLKH trả tại UBND."),
        definitions=listed,
    )
    assert found[WarningCode.ABBREVIATION_REPEATED].endswith(": TTHC.")
    assert found[WarningCode.ABBREVIATION_UNDEFINED].endswith(": TTPVHCC.")


def test_abbreviations_in_a_table_are_explained():
    rows = table(
        ["1", "TTHC", "Thủ tục hành chính"],
        ["2", "GCN", "Giấy chứng nhận"],
        ["3", "KSTT", "Kiểm soát thủ tục"],
    )
    found = procedure(p("GCN và KSTT nộp qua BCCI."), definitions=(rows,))
    assert found[WarningCode.ABBREVIATION_UNDEFINED].endswith(": BCCI.")


def test_abbreviations_behind_their_words_are_explained():
    listed = tuple(map(p, ("- Quản lý khoa học: QLKH", "- Công chức một cửa: CCMC;", "- Bưu điện: NVBĐ.")))
    found = procedure(p("CCMC chuyển Phòng QLKH và NVBĐ, BCCI."), definitions=listed)
    assert found[WarningCode.ABBREVIATION_UNDEFINED].endswith(": BCCI.")


def test_a_list_of_terms_is_no_list_of_abbreviations():
    terms = table(
        ["Tài liệu nội bộ", "Do xã soạn"], ["Bản kiểm soát", "Có số"], ["Lần ban hành", "Bằng quyết định"]
    )
    assert WarningCode.ABBREVIATION_UNDEFINED not in procedure(
        p("Nhận hồ sơ tại TTPVHCC."), definitions=(terms,)
    )


def test_a_paper_that_explains_no_abbreviations_is_not_asked_for_them():
    assert WarningCode.ABBREVIATION_UNDEFINED not in procedure(p("Nhận hồ sơ tại TTPVHCC."))


def test_records_of_another_procedure_are_told():
    result = p("đ. Kết quả thực hiện: Giấy chứng nhận kết hôn.", bold=True)

    def records(*names: str) -> tuple[Block, ...]:
        head = ["STT", "Tên biểu mẫu/ hồ sơ", "Nơi lưu", "Thời gian lưu trữ"]
        return p("4. HỒ SƠ LƯU", bold=True), table(
            head, *([str(at), one, "UBND", "Vĩnh viễn"] for at, one in enumerate(names))
        )

    copied = procedure(
        result, *records("Bộ hồ sơ", "Sổ đăng ký khai sinh", "Kết quả: Giấy khai sinh (bản photo)")
    )
    assert (
        "«Sổ đăng ký khai sinh»; «Kết quả: Giấy khai sinh (bản photo)»"
        in copied[WarningCode.RECORDS_OF_ANOTHER]
    )
    own = procedure(
        result, *records("Bộ hồ sơ", "Sổ đăng ký kết hôn", "Giấy chứng nhận kết hôn (bản sao)", "Sổ theo dõi")
    )
    assert WarningCode.RECORDS_OF_ANOTHER not in own


def test_a_decision_left_blank_at_the_head_is_told():
    found = doubts(
        p("(Kèm theo Quyết định số      /QĐ-UBND ngày   /11/2025)"), p("QUY TRÌNH", bold=True, centred=True)
    )
    assert WarningCode.DECISION_BLANK in found
    whole = doubts(
        p("(Kèm theo Quyết định số 3005/QĐ-UBND ngày 01/12/2025)"), p("QUY TRÌNH", bold=True, centred=True)
    )
    assert WarningCode.DECISION_BLANK not in whole
