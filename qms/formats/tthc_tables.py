"""Tables of administrative procedures (TTHC) as agencies print them: which column is which, which part says what.

Pure. A table of a Quyết định công bố or of an internal process comes as rows of cells, from Word, Excel or a paste;
headings above it or inside it ("B. Danh mục TTHC bị bãi bỏ") say what the decision does to the rows below. What is
returned bears the column names of the contract (``design.md`` §7). Words are compared folded: no marks, lower case.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from qms.formats.anatomy.labels import TTHC_CODE as CODE
from qms.model.enums import TthcChange
from qms.model.ids import clean, fold

__all__ = [
    "CODE",
    "HEADS",
    "TthcCells",
    "columns_of",
    "grid_rows",
    "is_tthc_head",
    "named_rows",
    "paper_rows",
    "read_change",
]

_THE_TTHC = r"(?: (?:tthc|thu tuc(?: hanh chinh)?))"
HEADS: Mapping[str, re.Pattern[str]] = {
    name: re.compile(words)
    for name, words in {
        "decision": rf"decision|(?:so )?(?:quyet dinh|qd)(?: cong bo{_THE_TTHC}?| phe duyet)?(?: so)?|so qd cong bo",
        "successor": rf"successor|new code|ma(?: so)?{_THE_TTHC}?(?: moi| thay the)|duoc thay the boi",
        "predecessor": rf"predecessor|old code|ma(?: so)?{_THE_TTHC}?(?: cu| (?:duoc|bi) thay the)",
        "code": rf"code|stem|ma(?: so)?{_THE_TTHC}?(?: (?:quoc gia|tren (?:co so du lieu|csdl).*))?"
        r"|ma so ho so(?: tthc)?",
        "old_name": r"old name|ten(?: thu tuc(?: hanh chinh)?| tthc)? (?:cu|(?:duoc|bi) thay the)",
        "name": r"name|ten(?: thu tuc(?: hanh chinh)?| tthc| quy trinh(?: noi bo)?)?(?: thay the| moi|"
        r" (?:duoc|bi) (?:sua doi.*|bai bo))?|(?:thu tuc hanh chinh|tthc)|danh muc thu tuc hanh chinh",
        "change": r"change|thay doi|noi dung thay doi|hinh thuc(?: cong bo)?|tinh trang|loai(?: cong bo)?",
        "field": r"field|linh vuc",
        "level": r"level|cap(?: thuc hien| giai quyet)?",
        "time_limit": r"time limit|thoi (?:han|gian)(?: (?:giai quyet|thuc hien|xu ly).*)?",
        "fee": r"fee|(?:muc )?(?:thu )?(?:phi|le phi)(?: va)?(?: le phi)?(?: neu co)?(?: dong)?",
        "effective": r"effective|from|(?:ngay )?(?:co )?hieu luc(?: tu(?: ngay)?)?|ngay ap dung",
        "issuer": r"issuer|co quan (?:cong bo|ban hanh(?: quyet dinh)?)|noi ban hanh",
        "source": r"source|loai quyet dinh",
        "url": r"url|link|dia chi",
        "suspect": r"suspect|nghi loi crawl",
    }.items()
}
"""Heads of columns, whole, on folded words; the first that fits is taken."""

_CHANGES: tuple[tuple[TthcChange | None, re.Pattern[str]], ...] = (
    (
        TthcChange.ABOLISHED,
        re.compile(
            r"abolish|repeal|\bbai bo\b|\bhuy(?: bo)?\b|\bhet hieu luc\b|\bcham dut\b|\bkhong con thuc hien\b"
        ),
    ),
    (TthcChange.RECODED, re.compile(r"re ?code|\b(?:doi|chuyen|thay|thay doi) ma\b|\bma moi\b")),
    (
        TthcChange.AMENDED,
        re.compile(
            r"amend|\bsua doi(?: (?:va )?bo sung)?\b|\bchuan hoa\b|\bdinh chinh\b|\bthay doi (?:thoi|phi|ten)"
        ),
    ),
    (
        TthcChange.NEW,
        re.compile(
            r"\bnew\b|\b(?:moi )?ban hanh moi\b|\bmoi ban hanh\b|\bcong bo moi\b|^(?:duoc )?bo sung\b|^moi\b"
        ),
    ),
    (None, re.compile(r"replace|\bthay the\b")),
)
_FIELD_HEAD = re.compile(r"(?:[ivx]+ |\d+ |[a-z] )?linh vuc (.+)")
_ABOUT_TTHC = re.compile(r"\btthc\b|\bthu tuc hanh chinh\b|\bdanh muc\b|\bquy trinh noi bo\b|\bthu tuc\b")
_ENUMERATED = re.compile(r"^(?:phần\s+)?[A-ZIVX]{1,4}[.)/\-: ]|^\d{1,2}[.)]", re.IGNORECASE)
_SENTENCE = re.compile(r"dieu \d|can cu\b|theo de nghi|xet de nghi|quyet dinh nay|.*\bquyet dinh so \d")
"""Paragraphs of the decision itself: what an article abolishes is no heading of a table."""
_LONGEST_HEADING = 250


@dataclass(frozen=True)
class TthcCells:
    """One row of such a table: its place (line of the file, or count of the row) and its cells by column name."""

    line: int
    values: Mapping[str, str]


def columns_of(heads: Sequence[str]) -> dict[int, str]:
    """Return which column is which by its head; a kind is taken once, unknown heads are left out."""
    found: dict[int, str] = {}
    for at, head in enumerate(heads):
        words = fold(head)
        kind = next((name for name, pattern in HEADS.items() if pattern.fullmatch(words)), None)
        if kind is not None and kind not in found.values():
            found[at] = kind
    return found


def is_tthc_head(heads: Sequence[str]) -> bool:
    """Tell whether heads are those of a table of administrative procedures: their code, and a name or what is done."""
    kinds = set(columns_of(heads).values())
    codes = {"code", "predecessor", "successor"} & kinds
    return bool(codes) and bool({"name", "decision", "change", "time_limit"} & kinds)


def named_rows(rows: Sequence[tuple[int, Mapping[str, str]]]) -> list[TthcCells]:
    """Return the rows of a table whose columns have names, renamed; parts inside it hold for the rows below."""
    heads = list(dict.fromkeys(name for _line, row in rows for name in row))
    grid = [(line, [row.get(head, "") for head in heads]) for line, row in rows]
    return list(_below(grid, columns_of(heads), _Part()))


def grid_rows(grid: Sequence[tuple[int, Sequence[str]]]) -> list[TthcCells]:
    """Return the rows of all tables of a sheet, each under the heading that stands before it; none gives nothing."""
    return _sheet_rows(grid, _Part())[0]


def paper_rows(
    tables: Sequence[Sequence[Sequence[str]]], above: Sequence[Sequence[str]] = ()
) -> list[TthcCells]:
    """Return the rows of all tables of procedures in a paper; ``above`` are the paragraphs before each table."""
    found: list[TthcCells] = []
    part, count = _Part(), 0
    for at, table in enumerate(tables):
        for line in above[at] if at < len(above) else ():
            part = part.under(line)
        rows, part = _sheet_rows([(count + number, row) for number, row in enumerate(table, 1)], part)
        found.extend(rows)
        count += len(table)
    return found


def read_change(words: str) -> TthcChange | None:
    """Return what words say is done to a procedure; None for nothing and for «thay thế», which the code decides.

    Raises ``ValueError`` where the words say nothing that is known, or two things at once.
    """
    folded = fold(words)
    if not folded:
        return None
    said = {change for change, pattern in _CHANGES if pattern.search(folded)}
    if said == {TthcChange.AMENDED, None}:
        said = {None}
    if len(said) != 1:
        raise ValueError(words)
    return said.pop()


@dataclass(frozen=True)
class _Part:
    """The part of a decision that one stands in: the words that say what is done, and the field."""

    heading: str = ""
    field: str = ""

    def under(self, heading: str) -> _Part:
        """Return the part that a heading opens; a text that is no heading changes nothing."""
        words = clean(heading)
        folded = fold(words)
        if not folded or len(words) > _LONGEST_HEADING or _SENTENCE.match(folded):
            return self
        if match := _FIELD_HEAD.fullmatch(folded):
            return _Part(self.heading, words[-len(match[1]) :] if len(words) >= len(match[1]) else words)
        if any(pattern.search(folded) for _change, pattern in _CHANGES) and (
            _ABOUT_TTHC.search(folded) or _ENUMERATED.match(words)
        ):
            return _Part(words, "")
        return self


def _sheet_rows(grid: Sequence[tuple[int, Sequence[str]]], part: _Part) -> tuple[list[TthcCells], _Part]:
    """Return the rows of the tables in a grid, and the part in which it ends."""
    found: list[TthcCells] = []
    columns: dict[int, str] = {}
    start = 0
    for at, (_line, cells) in enumerate(grid):
        if is_tthc_head(cells):
            if columns:
                found.extend(_below(grid[start:at], columns, part))
            part = _part_before(grid[start:at], part)
            columns, start = columns_of(cells), at + 1
    if columns:
        found.extend(_below(grid[start:], columns, part))
    return found, _part_before(grid[start:], part)


def _part_before(rows: Sequence[tuple[int, Sequence[str]]], part: _Part) -> _Part:
    for _line, cells in rows:
        only = _only(cells)
        part = part.under(only) if only else part
    return part


def _below(
    rows: Sequence[tuple[int, Sequence[str]]], columns: Mapping[int, str], part: _Part
) -> Iterator[TthcCells]:
    for line, cells in rows:
        values = {kind: clean(cells[at]) for at, kind in columns.items() if at < len(cells)}
        heading = _heading(cells)
        if heading:
            part = part.under(heading)
            continue
        values = _with_code(values)
        if not any(values.get(kind) for kind in ("code", "predecessor", "successor", "name")):
            continue
        if _is_numbering(cells):
            continue
        values["change"] = values.get("change") or part.heading
        values["field"] = values.get("field") or part.field
        yield TthcCells(line, {kind: value for kind, value in values.items() if value})


def _with_code(values: dict[str, str]) -> dict[str, str]:
    """Take the code out of the name where the table has no column for it or left it empty."""
    if values.get("code") or values.get("successor"):
        return values
    match = CODE.search(values.get("name", ""))
    if match is None:
        return values
    name = clean(values["name"].replace(match[0], " ").replace("( )", " "))
    return {**values, "code": match[0], "name": name.strip(" -–:;()")}


def _heading(cells: Sequence[str]) -> str:
    """Return the words of a row that opens a part: one cell alone, or a Roman number and one cell."""
    filled = list(dict.fromkeys(clean(cell) for cell in cells if cell.strip()))
    if any(CODE.search(cell) for cell in filled):
        return ""
    if len(filled) == 1:
        return filled[0]
    if len(filled) == 2 and re.fullmatch(r"(?:[IVX]{1,4}|[A-ZĐ])[.)]?", filled[0]):
        return f"{filled[0].rstrip('.)')}. {filled[1]}"
    return ""


def _only(cells: Sequence[str]) -> str:
    filled = list(dict.fromkeys(clean(cell) for cell in cells if cell.strip()))
    return " ".join(filled) if 0 < len(filled) <= 2 else ""


def _is_numbering(cells: Sequence[str]) -> bool:
    """Tell whether a row only numbers the columns: (1) (2) (3)."""
    filled = [clean(cell) for cell in cells if cell.strip()]
    return bool(filled) and all(re.fullmatch(r"\(?\d{1,2}\)?", cell) for cell in filled)
