"""Taking in decisions about administrative procedures: what each row would change, then the rows themselves.

A file is a Word decision, an Excel or CSV table, JSON lines, or a pasted table. The officer looks at the preview and
confirms; what is taken in is what was shown (``Handed.rows``).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from qms.errors import WrongUse
from qms.formats.tables import read_sheets, read_table
from qms.formats.tthc_papers import PaperHead
from qms.formats.tthc_tables import TthcCells, grid_rows, named_rows
from qms.model.durations import Unread, read_limit, same_limit
from qms.model.enums import TthcChange
from qms.model.ids import fold
from qms.model.permissions import Act
from qms.model.tthc import TthcRow
from qms.usecases import naming, tthc_lookups, tthc_rows
from qms.usecases.ports import Work
from qms.usecases.tthc_lines import Row, TthcLine, filled, in_paper, is_paper, of_head, read_line
from qms.usecases.tthc_lookups import Covering


class NoTthcTable(WrongUse):
    """Nothing in what was handed in is a table of procedures."""

    code = "no_tthc_table"
    sentence = (
        "Không thấy bảng thủ tục hành chính trong «{file}»: dòng đầu của bảng cần có cột mã TTHC (Mã số TTHC, code) "
        "và tên thủ tục hoặc thời hạn. Bảng trong PDF thì hãy dán bảng vào ô."
    )


@dataclass(frozen=True)
class Handed:
    """What was handed in, read: rows under the contract's names with their places; ``head`` is the paper's own."""

    file: str
    rows: Sequence[tuple[int, Row]]
    head: PaperHead = field(default_factory=PaperHead)


@dataclass(frozen=True)
class PreviewLine:
    """What one row would do: the limit and fee before and after, and the documents that cover the procedure."""

    line: int
    row: TthcLine
    known: bool
    name: str
    limit_before: str
    fee_before: str
    documents: tuple[Covering, ...]

    @property
    def limit_changes(self) -> bool:
        """Tell whether the row states another limit than the one known."""
        return bool(self.row.time_limit) and not same_limit(self.row.time_limit, self.limit_before)

    @property
    def without_unit(self) -> bool:
        """Tell whether the row states a limit as a bare number."""
        return read_limit(self.row.time_limit).unread is Unread.NO_UNIT

    @property
    def fee_changes(self) -> bool:
        """Tell whether the row states another fee than the one known."""
        return bool(self.row.fee) and fold(self.row.fee) != fold(self.fee_before)


@dataclass(frozen=True)
class Preview:
    """What a table would do, row by row, and the rows that cannot be taken."""

    handed: Handed
    lines: tuple[PreviewLine, ...]
    rejected: tuple[tuple[int, str], ...]


@dataclass
class Taken:
    """What an import of rows did; rejected rows are named with what is wrong, doubts need a person's eye."""

    created: int = 0
    updated: int = 0
    unchanged: int = 0
    rejected: list[tuple[int, str]] = field(default_factory=list)
    doubts: list[str] = field(default_factory=list)
    decisions: list[str] = field(default_factory=list)


def read(work: Work, name: str, data: bytes, given: Mapping[str, str]) -> Handed:
    """Read a file or a pasted table; ``given`` fills what neither row nor paper says. Raises ``NoTthcTable``."""
    work.allow(Act.MANAGE_TTHC)
    head = PaperHead()
    if is_paper(data):
        head, cells = in_paper(work.reader.regulation(data, name))
    elif data.lstrip()[:1] == b"{":
        cells = named_rows([(row.line, row.values) for row in read_table(data)])
    else:
        cells = _from_sheets(data)
    if not cells:
        raise NoTthcTable(file=name)
    typed = {column: value for column, value in given.items() if value}
    whole = {**of_head(head), **typed}
    return Handed(name, [(row.line, filled(row.values, whole)) for row in cells], head)


def as_text(handed: Handed) -> str:
    """Return the rows that were read as a table of text, to be confirmed and read again unchanged."""
    columns = list(dict.fromkeys(name for _line, row in handed.rows for name in row))
    lines = [columns, *([row.get(name, "") for name in columns] for _line, row in handed.rows)]
    return "\n".join("\t".join(" ".join(cell.split()) for cell in line) for line in lines)


def preview(work: Work, handed: Handed) -> Preview:
    """Return what the rows would change; nothing is written."""
    work.allow(Act.MANAGE_TTHC)
    book = tthc_rows.opened(work)
    lines: list[tuple[int, TthcLine]] = []
    rejected: list[tuple[int, str]] = []
    for number, row in handed.rows:
        try:
            lines.append((number, tthc_rows.settled(book, read_line(row))))
        except WrongUse as wrong:
            rejected.append((number, str(wrong)))
    covering = tthc_lookups.covering(work, {line.stem for _number, line in lines}, work.today)
    found = tuple(_preview_line(book, number, line, covering) for number, line in lines)
    return Preview(handed, found, tuple(rejected))


def take_in(work: Work, handed: Handed) -> Taken:
    """Take the rows in; twice changes nothing, a wrong row is named and the others are taken."""
    work.allow(Act.MANAGE_TTHC)
    book = tthc_rows.opened(work)
    taken = Taken()
    for number, row in handed.rows:
        try:
            what = tthc_rows.take_row(book, row)
        except WrongUse as wrong:
            taken.rejected.append((number, str(wrong)))
            continue
        setattr(taken, what, getattr(taken, what) + 1)
    taken.doubts = book.all_doubts()
    taken.decisions = sorted({key for key in book.keys.values() if key})
    naming.move(work)
    work.record(
        "import_tthc", "legal", decisions=taken.decisions, created=taken.created, updated=taken.updated
    )
    work.commit()
    return taken


def _from_sheets(data: bytes) -> list[TthcCells]:
    sheets = read_sheets(data)
    if data.startswith(b"PK"):
        return [row for sheet in sheets for row in grid_rows(sheet)]
    return next((rows for sheet in sheets if (rows := grid_rows(sheet))), [])


def _preview_line(
    book: tthc_rows.Book, number: int, line: TthcLine, covering: Mapping[str, Sequence[Covering]]
) -> PreviewLine:
    known = book.procedures.get(line.stem)
    limit = tthc_rows.known_row(book, line, "time_limit")
    fee = tthc_rows.known_row(book, line, "fee")
    ends = line.change is TthcChange.ABOLISHED
    return PreviewLine(
        line=number,
        row=line,
        known=known is not None,
        name=(known.name if known is not None and (ends or not line.name) else line.name),
        limit_before=_said(limit, "time_limit"),
        fee_before=_said(fee, "fee"),
        documents=tuple(covering.get(line.stem, ())),
    )


def _said(row: TthcRow | None, what: str) -> str:
    text: str = getattr(row, what) if row is not None else ""
    return text
