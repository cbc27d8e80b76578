"""Tables in and out: CSV, XLSX and JSON lines as rows of text with their line numbers."""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import Cell, WriteOnlyCell
from openpyxl.utils.exceptions import InvalidFileException

from qms.formats.docx.preflight import check_package, check_size
from qms.formats.refusals import BadTable
from qms.model.ids import clean

MAX_ROWS = 200_000
MAX_COLUMNS = 200
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True)
class TableRow:
    """One row: where it stands in the file (the head is line 1), and its cells by lower-case column name."""

    line: int
    values: Mapping[str, str]


def read_table(data: bytes) -> list[TableRow]:
    """Return the rows of a CSV, XLSX or JSON lines file, told apart by content; raises ``BadTable``."""
    check_size(data)
    if data.startswith(b"PK"):
        return _from_xlsx(data)
    text = _decoded(data)
    if text.lstrip()[:1] == "{":
        return _from_json_lines(text)
    return _from_csv(text)


def read_sheets(data: bytes) -> list[list[tuple[int, list[str]]]]:
    """Return the cells of a file as they stand, with their lines: each sheet, or a text once for each way to part it.

    Heads are not told apart here: tables of agencies begin anywhere on a sheet. Raises ``BadTable``.
    """
    check_size(data)
    if data.startswith(b"PK"):
        return [list(enumerate(lines, 1)) for lines in _sheets(data)]
    text = _decoded(data)
    found = []
    for delimiter in ("\t", ",", ";", "|"):
        if delimiter in text:
            reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
            try:
                found.append(
                    [(reader.line_num, cells) for cells, _ in zip(reader, range(MAX_ROWS), strict=False)]
                )
            except csv.Error as error:
                raise BadTable(what=f"dòng {reader.line_num}: {error}") from None
    return found


def write_csv(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    """Return CSV as Excel opens it: UTF-8 with BOM; a cell that looks like a formula is kept as text."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([_guarded(name) for name in head])
    for row in rows:
        writer.writerow([_guarded(_shown(value)) for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def write_xlsx(head: Sequence[str], rows: Iterable[Sequence[object]], title: str = "Danh mục") -> bytes:
    """Return an XLSX file of one sheet in which every cell is text, never a formula."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_sheet_name(title))
    sheet.freeze_panes = "A2"

    def text_cell(value: object) -> Cell:
        cell: Cell = WriteOnlyCell(sheet, value=_printable(_shown(value)))
        cell.data_type = "s"
        cell.quotePrefix = True
        return cell

    for row in (head, *rows):
        sheet.append([text_cell(value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _from_csv(text: str) -> list[TableRow]:
    first = text.split("\n", 1)[0]
    delimiter = max((";", ",", "\t"), key=first.count)
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    rows: list[TableRow] = []
    try:
        head = [_column(name) for name in next(reader, [])]
        _check_head(head)
        before = reader.line_num
        for cells in reader:
            line, before = before + 1, reader.line_num
            rows.append(TableRow(line, _named(head, cells)))
            _check_count(rows)
    except csv.Error as error:
        raise BadTable(what=f"dòng {reader.line_num}: {error}") from None
    return [row for row in rows if any(row.values.values())]


def _from_json_lines(text: str) -> list[TableRow]:
    rows: list[TableRow] = []
    for line, words in enumerate(text.splitlines(), 1):
        if not words.strip():
            continue
        try:
            values = json.loads(words)
        except (ValueError, RecursionError):
            raise BadTable(what=f"dòng {line} không phải JSON") from None
        if not isinstance(values, dict):
            raise BadTable(what=f"dòng {line} không phải một đối tượng JSON")
        rows.append(TableRow(line, {_column(key): _value(value) for key, value in values.items()}))
        _check_count(rows)
    return rows


def _sheets(data: bytes, most: int | None = None) -> list[list[list[str]]]:
    check_package(data)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True, keep_links=False)
        return [
            [
                [_value(cell) for cell in row[:MAX_COLUMNS]]
                for row, _ in zip(sheet.iter_rows(values_only=True), range(MAX_ROWS + 2), strict=False)
            ]
            for sheet in book.worksheets[:most]
        ]
    except (
        InvalidFileException,
        zipfile.BadZipFile,
        KeyError,
        IndexError,
        ValueError,
        TypeError,
        SyntaxError,
    ):
        raise BadTable(what="tệp XLSX hỏng") from None


def _from_xlsx(data: bytes) -> list[TableRow]:
    lines = next(iter(_sheets(data, 1)), [])
    at = next((at for at, cells in enumerate(lines) if sum(map(bool, cells)) > 1), None)
    if at is None:
        raise BadTable(what="không có dòng tiêu đề")
    head = [_column(name) for name in lines[at]]
    _check_head(head)
    rows = [TableRow(line, _named(head, cells)) for line, cells in enumerate(lines[at + 1 :], at + 2)]
    _check_count(rows)
    return [row for row in rows if any(row.values.values())]


def _decoded(data: bytes) -> str:
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            return data.decode("utf-16")
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise BadTable(what="bảng mã không phải UTF-8") from None


def _column(name: object) -> str:
    return clean(str(name)).lower() if name is not None else ""


def _named(head: Sequence[str], cells: Sequence[str]) -> dict[str, str]:
    return {name: clean(_unguarded(cell)) for name, cell in zip(head, cells, strict=False) if name}


def _check_head(head: Sequence[str]) -> None:
    names = [name for name in head if name]
    if not names:
        raise BadTable(what="không có dòng tiêu đề")
    if len(names) > MAX_COLUMNS:
        raise BadTable(what=f"hơn {MAX_COLUMNS} cột")
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise BadTable(what=f"cột «{twice}» có hai lần")


def _check_count(rows: Sequence[TableRow]) -> None:
    if len(rows) > MAX_ROWS:
        raise BadTable(what=f"hơn {MAX_ROWS} dòng")


def _value(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime):
        return value.date().isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    if isinstance(value, list | tuple):
        return "; ".join(_value(one) for one in value)
    return str(value)


def _shown(value: object) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else str(value)


def _guarded(text: str) -> str:
    return f"'{text}" if text.startswith(_FORMULA_STARTS) else text


def _unguarded(text: str) -> str:
    return text[1:] if text[:1] == "'" and text[1:].startswith(_FORMULA_STARTS) else text


def _printable(text: str) -> str:
    return "".join(char for char in text if char in "\t\n" or char >= " ")[:32_000]


def _sheet_name(title: str) -> str:
    return "".join(" " if char in r"[]:*?/\'" else char for char in title)[:31].strip() or "Danh mục"
