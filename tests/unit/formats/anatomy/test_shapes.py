"""Shapes that real procedures have and that a reader by place would stumble over (``data/anatomy_notes.md``)."""

from __future__ import annotations

import pytest

from qms.formats.anatomy import Anatomy, read_anatomy
from qms.formats.text import Block
from qms.model.enums import WarningCode
from tests.unit.formats.builders import cell, p, table, text

MOTTO = (
    p("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", bold=True, centred=True),
    p("Độc lập - Tự do - Hạnh phúc", bold=True, centred=True),
)
RECORDS = table(
    ["STT", "Tên biểu mẫu/ hồ sơ", "Nơi lưu/ người lưu trữ", "Thời gian lưu trữ"],
    ["1", "Bộ hồ sơ", "UBND", "5 năm"],
)
STEPS = table(
    ["TT", "Trình tự", "Trách nhiệm", "Thời gian"],
    ["1", "Tiếp nhận", "A", "½ ngày"],
    ["2", "Ký", "B", "½ ngày"],
)


def anatomy_of(*blocks: Block) -> Anatomy:
    return read_anatomy(text(*blocks))


def codes(anatomy: Anatomy) -> set[WarningCode]:
    return {doubt.code for doubt in anatomy.warnings}


def test_a_title_under_the_type_in_one_merged_cell_and_two_approvers():
    anatomy = anatomy_of(
        table(
            [cell("SỞ MẪU", down=2), cell("QUY TRÌNH\nGiải quyết việc\nnuôi con nuôi", across=2)],
            [cell("Mã hiệu: QT 02/CT-HCTP\nLần ban hành: 01\nNgày ban hành:  07/7/2025", across=2)],
        ),
        table(
            ["Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt", "Phê duyệt"],
            ["Họ tên", "Nguyễn Văn A", "Trần Thị B", "Lê Văn C", "Phạm Văn D"],
            ["Chức vụ", "Chuyên viên", "Trưởng phòng", "Phó Giám đốc", "Giám đốc"],
        ),
        p("1. MỤC ĐÍCH", bold=True),
        p("2. NỘI DUNG", bold=True),
    )
    assert (anatomy.code, anatomy.title) == ("QT 02/CT-HCTP", "Giải quyết việc nuôi con nuôi")
    assert anatomy.approved_by_role == "Phó Giám đốc"
    assert "Nguyễn Văn A" not in repr(anatomy)


def test_two_time_columns_merged_differently_are_never_added_up():
    anatomy = anatomy_of(
        table(
            ["TT", "Trình tự", "Trách nhiệm", "Thời gian (02 ngày)", "Thời gian trường hợp khác (03 ngày)"],
            ["1", "a", "A", cell("02 ngày", down=3), "01 ngày"],
            ["2", "b", "B", cell("02 ngày", down=2)],
            ["3", "c", "C"],
        )
    )
    assert [one.times for one in anatomy.steps] == [("02 ngày", "01 ngày"), *[("02 ngày", "02 ngày")] * 2]
    assert [one.time_merged for one in anatomy.steps] == [True, True, True]
    assert WarningCode.STEP_TIME_TOTAL not in codes(anatomy)


def test_three_rows_of_heads_name_each_time_column():
    anatomy = anatomy_of(
        table(
            [
                cell("STT", down=3),
                cell("Trình tự các bước", down=3),
                cell("Trách nhiệm", down=3),
                cell("Thời gian", across=3),
            ],
            [cell("Thay đổi", across=2), cell("Bổ sung", down=2)],
            ["Không xác minh", "Có xác minh"],
            ["1", "Tiếp nhận", "A", "½ ngày", "01 ngày", "04 giờ"],
        )
    )
    assert anatomy.step_time_columns == (
        "Thời gian | Thay đổi | Không xác minh",
        "Thời gian | Thay đổi | Có xác minh",
        "Thời gian | Bổ sung",
    )
    assert [one.times for one in anatomy.steps] == [("½ ngày", "01 ngày", "04 giờ")]


def test_rows_without_number_and_several_deadlines_in_a_cell_are_kept_as_printed():
    anatomy = anatomy_of(
        table(
            ["TT", "Trình tự", "Trách nhiệm", "Thời gian"],
            ["1", "Nộp", "Người nhận nuôi", ""],
            ["", "Kiểm tra", "Chuyên viên", "05 ngày, kể từ ngày nhận đủ hồ sơ hợp lệ"],
            ["2", "Lấy ý kiến", "Chuyên viên", "- 10 ngày\n- 15 ngày nếu phải xác minh"],
        )
    )
    assert [one.no for one in anatomy.steps] == ["1", None, "2"]
    assert anatomy.steps[2].time == "- 10 ngày - 15 ngày nếu phải xác minh"
    assert {WarningCode.STEP_WITHOUT_NUMBER, WarningCode.STEP_TIME_MISSING} <= codes(anatomy)


def test_sections_go_on_behind_a_form_that_stands_between_the_steps_and_their_notes():
    anatomy = anatomy_of(
        p("4. ĐỊNH NGHĨA VÀ VIẾT TẮT", bold=True),
        p("5. NỘI DUNG", bold=True),
        p("k. Quy trình xử lý công việc", bold=True),
        STEPS,
        *MOTTO,
        p("TỜ KHAI GHI CHÚ KẾT HÔN", bold=True, centred=True),
        p("I. Thông tin về người yêu cầu", bold=True),
        p("Ghi chú: các bước có thể thay đổi."),
        p("6. BIỂU MẪU", bold=True),
        p("- Mẫu sổ theo dõi hồ sơ"),
        p("7. HỒ SƠ LƯU TRỮ"),
        RECORDS,
    )
    assert [one.number for one in anatomy.sections] == ["4", "5", "6", "7"]
    assert anatomy.forms == ("Mẫu sổ theo dõi hồ sơ",)
    assert [one.name for one in anatomy.records] == ["Bộ hồ sơ"]
    assert len(anatomy.steps) == 2


def test_names_of_forms_in_one_line_are_parted_at_semicolons_and_at_strokes_before_the_same_word():
    anatomy = anatomy_of(
        p("1. MỤC ĐÍCH", bold=True),
        p("2. NỘI DUNG", bold=True),
        p("g. Tên mẫu đơn, mẫu tờ khai:", bold=True),
        p(
            "Tờ khai ghi vào sổ việc khai sinh/kết hôn; Tờ khai ghi chú ly hôn (nếu nộp trực tiếp);"
            " Mẫu điện tử ghi chú ly hôn/Mẫu điện tử ghi chú kết hôn."
        ),
    )
    assert anatomy.forms == (
        "Tờ khai ghi vào sổ việc khai sinh/kết hôn",
        "Tờ khai ghi chú ly hôn",
        "Mẫu điện tử ghi chú ly hôn",
        "Mẫu điện tử ghi chú kết hôn",
    )


def test_a_number_used_for_two_sections_is_told_and_both_are_kept():
    anatomy = anatomy_of(
        p("NỘI DUNG QUY TRÌNH", number="5.", bold=True),
        STEPS,
        p("BIỂU MẪU", number="5.", bold=True),
        p("6. HỒ SƠ LƯU", bold=True),
        RECORDS,
    )
    assert [(one.number, one.title) for one in anatomy.sections] == [
        ("5", "NỘI DUNG QUY TRÌNH"),
        ("5", "BIỂU MẪU"),
        ("6", "HỒ SƠ LƯU"),
    ]
    assert WarningCode.SECTION_NUMBER_REPEATED in codes(anatomy)


def test_a_position_in_a_form_is_none_of_the_approval():
    anatomy = anatomy_of(
        table(
            ["Trách nhiệm", "Soạn thảo", "Xem xét", "Phê duyệt"],
            ["Chức vụ", "Chuyên viên", "Trưởng Phòng", "Phó Giám đốc\nSở Mẫu"],
        ),
        p("1. MỤC ĐÍCH", bold=True),
        p("2. NỘI DUNG", bold=True),
        *MOTTO,
        table(["Người soạn thảo", "Người phê duyệt"], ["Chức vụ: ........", "Chức vụ: ........"]),
    )
    assert (anatomy.reviewed_by_role, anatomy.approved_by_role) == ("Trưởng Phòng", "Phó Giám đốc Sở Mẫu")


NAMES = ("Mục đích", "Phạm vi áp dụng", "Tài liệu viện dẫn", "Nội dung quy trình", "Hồ sơ lưu")


@pytest.mark.parametrize(
    ("printed", "number"),
    [
        ("{}. {}", "{}"),
        ("{}/ {}", "{}"),
        ("{} - {}", "{}"),
        ("{}. {}:", "{}"),
        ("Mục {}. {}", "Mục {}"),
        ("Phần {}: {}", "Phần {}"),
    ],
)
def test_sections_are_told_however_their_number_is_marked(printed, number):
    heads = [p(printed.format(at, name), bold=True) for at, name in enumerate(NAMES, 1)]
    anatomy = anatomy_of(*(block for head in heads for block in (head, p("Lời văn của mục."))))
    assert [one.number for one in anatomy.sections] == [number.format(at) for at in range(1, 6)]
    assert [one.title for one in anatomy.sections] == list(NAMES)


def test_sections_that_nothing_sets_off_are_told_by_words_and_rising_numbers():
    heads = [p(f"{at}. {name}") for at, name in enumerate(NAMES, 1)]
    anatomy = anatomy_of(*(block for head in heads for block in (head, p("Lời văn của mục."))))
    assert [one.title for one in anatomy.sections] == list(NAMES)
    falling = [p(f"{9 - at}. {name}") for at, name in enumerate(NAMES, 1)]
    assert anatomy_of(*falling).sections == ()


def test_internal_rules_have_their_articles_for_sections():
    anatomy = anatomy_of(
        p("QUY CHẾ", bold=True, centred=True),
        p("TIẾP CÔNG DÂN", bold=True, centred=True),
        p("Điều 1. Phạm vi điều chỉnh", bold=True),
        p("Quy chế này quy định việc tiếp công dân."),
        p("Điều 2. Đối tượng áp dụng", bold=True),
        p("Điều 3. Nguyên tắc", bold=True),
    )
    assert [(one.number, one.title) for one in anatomy.sections] == [
        ("Điều 1", "Phạm vi điều chỉnh"),
        ("Điều 2", "Đối tượng áp dụng"),
        ("Điều 3", "Nguyên tắc"),
    ]
