"""What is pasted becomes rows: from a spreadsheet, from a web page without heads, from lines of plain words."""

from __future__ import annotations

import pytest

from qms.formats.refusals import BadTable
from qms.usecases import law_paste, law_rows


def rows(text: str) -> list[dict[str, str]]:
    return [law_rows.named(row) for _line, row in law_paste.read(text).rows]


@pytest.mark.parametrize("between", ["\t", ";"])
def test_heads_name_the_columns(between: str) -> None:
    lines = [
        ("STT", "Số ký hiệu", "Trích yếu", "Ngày ban hành"),
        ("1", "18/2026/NĐ-CP", "Sửa đổi nghị định", "10/01/2026"),
        ("2", "23/2015/NĐ-CP", "", "16/02/2015"),
    ]
    found = rows("\n".join(between.join(line) for line in lines))
    assert [(row["number"], row["title"], row["issued"]) for row in found] == [
        ("18/2026/NĐ-CP", "Sửa đổi nghị định", "10/01/2026"),
        ("23/2015/NĐ-CP", "", "16/02/2015"),
    ]


def test_without_heads_columns_are_told_by_what_stands_in_them() -> None:
    text = (
        "1\tNghị định\t18/2026/NĐ-CP\tSửa đổi, bổ sung một số nghị định\tChính phủ\t10/01/2026\t15/01/2026\n"
        "2\tThông tư\t04/2020/TT-BTP\tQuy định chi tiết Luật Hộ tịch\tBộ Tư pháp\t28/05/2020\t16/07/2020\n"
    )
    first, second = rows(text)
    assert first["number"] == "18/2026/NĐ-CP"
    assert (first["type"], first["issuer"]) == ("Nghị định", "Chính phủ")
    assert (second["issued"], second["effective"]) == ("28/05/2020", "16/07/2020")
    assert second["title"] == "Quy định chi tiết Luật Hộ tịch"


def test_lines_of_words_are_read_as_citations() -> None:
    (row,) = rows("Nghị định số 18/2026/NĐ-CP ngày 10/01/2026 của Chính phủ sửa đổi một số nghị định")
    assert (row["number"], row["issuer"], row["issued"]) == ("18/2026/NĐ-CP", "Chính phủ", "10/01/2026")
    assert row["title"].startswith("Sửa đổi")


def test_a_law_named_by_title_alone_has_no_number_yet() -> None:
    (row,) = rows("Luật Hộ tịch năm 2014")
    assert (row["number"], row["title"]) == ("", "Hộ tịch")
    assert law_paste.lacking("123/2015/NĐ-CP")["number"] == "123/2015/NĐ-CP"


def test_lines_that_are_wrong_are_given_back_under_their_heads() -> None:
    text = "Số ký hiệu\tNgày ban hành\n1/2020/NĐ-CP\t01/01/2020\n\n2/2020/NĐ-CP\t31/02/2020"
    pasted = law_paste.read(text)
    assert [line for line, _row in pasted.rows] == [2, 4]
    assert pasted.only([4]) == "Số ký hiệu\tNgày ban hành\n2/2020/NĐ-CP\t31/02/2020"
    assert pasted.only([]) == ""


def test_relations_and_procedures_are_pasted_as_well() -> None:
    (relation,) = rows(
        "Văn bản tác động\tQuan hệ\tVăn bản bị tác động\n18/2026/NĐ-CP\tsửa đổi\t123/2015/NĐ-CP"
    )
    assert (relation["kind"], relation["target"]) == ("sửa đổi", "123/2015/NĐ-CP")
    pasted = law_paste.read("Mã thủ tục\tTên thủ tục\tLĩnh vực\n1.001193\tĐăng ký khai sinh\tHộ tịch")
    assert law_rows.table_kind(pasted.rows[0][1]) is law_rows.TableKind.TTHC


def test_a_cell_with_a_line_break_stays_one_cell() -> None:
    (row,) = rows('Số ký hiệu\tTrích yếu\n1/2020/NĐ-CP\t"Quy định\nchi tiết"')
    assert row["title"] == "Quy định chi tiết"


def test_a_paste_that_is_too_long_is_refused() -> None:
    with pytest.raises(BadTable):
        law_paste.read("a;b\n" * (law_paste.MAX_LINES + 1))
