"""Tables come in as rows of text with their lines, and go out so that Excel runs nothing."""

from __future__ import annotations

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from qms.formats.refusals import BadTable
from qms.formats.tables import TableRow, read_table, write_csv, write_xlsx

ROWS = [
    TableRow(2, {"number": "123/2015/NĐ-CP", "title": "Hộ tịch"}),
    TableRow(4, {"number": "87/2020/NĐ-CP", "title": ""}),
]


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
def test_csv_is_read_with_bom_and_any_of_the_usual_delimiters(delimiter):
    lines = ["Number;Title", "123/2015/NĐ-CP;Hộ  tịch", "", "87/2020/NĐ-CP;"]
    data = "\n".join(lines).replace(";", delimiter).encode("utf-8-sig")
    assert read_table(data) == ROWS


def test_a_quoted_cell_may_hold_a_line_break_and_lines_are_counted_on():
    rows = read_table(b'number,title\n1,"a\nb"\n2,c\n')
    assert [(row.line, row.values["title"]) for row in rows] == [(2, "a b"), (4, "c")]


def test_json_lines_are_read_with_lists_joined():
    assert read_table(b'{"number": "1", "topics": ["a", "b"], "issued": null}\n') == [
        TableRow(1, {"number": "1", "topics": "a; b", "issued": ""})
    ]


def test_xlsx_is_read_with_dates_as_days_and_whole_numbers_as_such():
    book = Workbook()
    book.active.append(["number", "issued"])
    book.active.append([7.0, date(2026, 1, 15)])
    out = io.BytesIO()
    book.save(out)
    assert read_table(out.getvalue()) == [TableRow(2, {"number": "7", "issued": "2026-01-15"})]


@pytest.mark.parametrize(
    "data", [b"a,a\n1,2\n", b'{"a": 1}\n[2]\n', "số".encode("utf-16-be"), b"PK\x03\x04xx"]
)
def test_a_table_that_cannot_be_read_is_refused(data):
    with pytest.raises(Exception) as caught:
        read_table(data)
    assert isinstance(caught.value, BadTable) or caught.value.code == "damaged"


def test_cells_that_look_like_formulas_stay_text():
    head, rows = ["tên"], [["=1+1"], ["@SUM(A1)"], ["-5"], ["bình thường"]]
    assert read_table(write_csv(head, rows)) == [
        TableRow(at, {"tên": row[0]}) for at, row in enumerate(rows, 2)
    ]
    assert b"\r\n'=1+1\r\n" in write_csv(head, rows)
    sheet = load_workbook(io.BytesIO(write_xlsx(head, rows))).active
    assert [(cell.value, cell.data_type) for (cell,) in sheet.iter_rows(min_row=2)] == [
        (row[0], "s") for row in rows
    ]


def test_csv_begins_with_the_mark_that_excel_needs():
    assert (
        write_csv(["Mã hiệu"], [[None], [date(2026, 1, 2)]])
        == '\ufeffMã hiệu\r\n""\r\n2026-01-02\r\n'.encode()
    )
