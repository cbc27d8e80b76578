"""Tables of procedures as agencies print them: heads in many words, parts inside and above, codes inside names."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.formats.tthc_papers import read_head
from qms.formats.tthc_tables import columns_of, grid_rows, is_tthc_head, named_rows, read_change
from qms.model.enums import TthcChange


@pytest.mark.parametrize(
    ("heads", "kinds"),
    [
        ("decision|code|name|change|time_limit|fee|effective", None),
        ("ma|ten|linh_vuc|cap|qd_cong_bo|thoi_han", "code name field level decision time_limit"),
        (
            "STT|Mã số TTHC|Tên thủ tục hành chính|Thời hạn giải quyết|Phí, lệ phí (nếu có)",
            "code name time_limit fee",
        ),
        (
            "TT|Mã TTHC|Tên TTHC|Thời gian thực hiện (ngày làm việc)|Lệ phí (đồng)",
            "code name time_limit fee",
        ),
        ("TT|Mã TTHC|Tên TTHC được thay thế|Tên TTHC thay thế", "code old_name name"),
        ("STT|Mã TTHC cũ|Mã TTHC mới|Tên thủ tục", "predecessor successor name"),
        ("STT|Mã thủ tục hành chính|Thủ tục hành chính|Cơ quan thực hiện", "code name"),
    ],
)
def test_heads_are_known_in_many_words(heads: str, kinds: str | None) -> None:
    wanted = kinds.split() if kinds else heads.split("|")
    assert list(columns_of(heads.split("|")).values()) == wanted
    assert is_tthc_head(heads.split("|"))


@pytest.mark.parametrize(
    "heads", ["number|type|title|issuer", "source|kind|target|from", "STT|Họ và tên|Mã số thuế", "a|b"]
)
def test_other_tables_are_left_alone(heads: str) -> None:
    assert not is_tthc_head(heads.split("|"))


@pytest.mark.parametrize(
    ("words", "change"),
    [
        ("mới ban hành", TthcChange.NEW),
        ("Danh mục TTHC được công bố mới", TthcChange.NEW),
        ("new", TthcChange.NEW),
        ("Thủ tục hành chính được sửa đổi, bổ sung", TthcChange.AMENDED),
        ("chuẩn hóa", TthcChange.AMENDED),
        ("B. TTHC BỊ BÃI BỎ", TthcChange.ABOLISHED),
        ("abolished", TthcChange.ABOLISHED),
        ("đổi mã", TthcChange.RECODED),
        ("thay thế", None),
        ("", None),
    ],
)
def test_what_is_done_is_read_from_words(words: str, change: TthcChange | None) -> None:
    assert read_change(words) is change


@pytest.mark.parametrize("words", ["công bố mới và bãi bỏ", "sửa đổi, bổ sung và bị bãi bỏ", "nhảy múa"])
def test_words_that_say_two_things_or_nothing_are_not_guessed(words: str) -> None:
    with pytest.raises(ValueError, match=words):
        read_change(words)


def test_parts_of_a_sheet_hold_for_the_rows_below_until_the_next() -> None:
    sheet = [
        ["DANH MỤC THỦ TỤC HÀNH CHÍNH MỚI BAN HÀNH; BỊ BÃI BỎ", "", "", ""],
        ["A. Danh mục TTHC mới ban hành", "", "", ""],
        ["STT", "Mã TTHC", "Tên thủ tục hành chính", "Thời hạn giải quyết"],
        ["(1)", "(2)", "(3)", "(4)"],
        ["I", "Lĩnh vực Hộ tịch", "", ""],
        ["1", "1.000001.H42", "Thủ tục A", "05 ngày"],
        ["B. Danh mục TTHC bị bãi bỏ", "", "", ""],
        ["STT", "Mã TTHC", "Tên thủ tục hành chính", ""],
        ["1", "1.000002", "Thủ tục B", ""],
        ["II", "Lĩnh vực Chứng thực", "", ""],
        ["2", "", "Thủ tục C (1.000003)", ""],
    ]
    rows = [cells.values for cells in grid_rows(list(enumerate(sheet, 1)))]
    assert [(row["code"], row["name"], read_change(row["change"]), row.get("field")) for row in rows] == [
        ("1.000001.H42", "Thủ tục A", TthcChange.NEW, "Hộ tịch"),
        ("1.000002", "Thủ tục B", TthcChange.ABOLISHED, None),
        ("1.000003", "Thủ tục C", TthcChange.ABOLISHED, "Chứng thực"),
    ]


def test_a_row_says_more_than_the_part_it_stands_in() -> None:
    rows = [
        (2, {"code": "Danh mục TTHC bị bãi bỏ"}),
        (3, {"code": "1.000001", "name": "A", "change": "sửa đổi"}),
    ]
    (row,) = named_rows(rows)
    assert (row.line, row.values["change"]) == (3, "sửa đổi")


def test_the_head_of_a_decision_is_read() -> None:
    head = read_head(
        "ỦY BAN NHÂN DÂN\nTỈNH MẪU\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nSố: 12 /QĐ-UBND\n"
        "Mẫu, ngày 05 tháng 3 năm 2026\nQUYẾT ĐỊNH\nVề việc phê duyệt quy trình nội bộ giải quyết thủ tục\n"
        "Điều 2. Quyết định này có hiệu lực kể từ ngày ký.\n"
    )
    assert (head.number, head.issuer, head.internal) == ("12/QĐ-UBND", "ỦY BAN NHÂN DÂN TỈNH MẪU", True)
    assert head.signed == head.effective == date(2026, 3, 5)
    assert read_head("").number == ""


def test_a_subject_that_names_one_kind_holds_for_all_rows() -> None:
    subject = "QUYẾT ĐỊNH\nVề việc công bố danh mục thủ tục hành chính bị bãi bỏ\nBỘ TRƯỞNG\n"
    assert read_change(read_head(subject).change) is TthcChange.ABOLISHED
    assert read_head(subject.replace("bị bãi bỏ", "mới ban hành và bị bãi bỏ")).change == ""


@given(st.lists(st.lists(st.text(max_size=20), max_size=5), max_size=8))
def test_no_sheet_makes_the_reader_fail(sheet: list[list[str]]) -> None:
    grid_rows([(0, ["Mã TTHC", "Tên TTHC"]), *enumerate(sheet, 1)])
