"""What somebody pastes as rows of the legal register: copied from a spreadsheet, from a web page, or typed. Pure.

Columns are told by a header where there is one, else by what stands in them; lines without columns are read as
citations ("Nghị định số 18/2026/NĐ-CP ngày 10/01/2026 của Chính phủ ...").
"""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from qms.citations import find, parse_key
from qms.formats.refusals import BadTable
from qms.model.days import BadDay, parse_day
from qms.model.ids import clean, fold
from qms.usecases import law_rows
from qms.usecases.law_rows import Row

MAX_LINES = 2_000
_DAYS = ("issued", "effective", "expires")
_ISSUERS = (
    "bo ",
    "chinh phu",
    "quoc hoi",
    "uy ban",
    "thu tuong",
    "ubnd",
    "hdnd",
    "hoi dong",
    "so ",
    "toa an",
    "vien ",
)


@dataclass(frozen=True)
class Pasted:
    """What was pasted: its rows by line and name of column, and the lines as they were typed."""

    rows: Sequence[tuple[int, Row]]
    head: str
    typed: Mapping[int, str]

    def only(self, lines: Collection[int]) -> str:
        """Return these lines as they were typed, under the header if there was one."""
        kept = [self.head] if self.head and lines else []
        return "\n".join([*kept, *(self.typed[line] for line in sorted(lines))])


def read(text: str) -> Pasted:
    """Read a paste; raises ``BadTable`` for what cannot be taken apart or is too long."""
    delimiter = "\t" if "\t" in text else ";" if _looks_parted(text) else ""
    lines = _cells(text, delimiter) if delimiter else _plain(text)
    if len(lines) > MAX_LINES:
        raise BadTable(what=f"hơn {MAX_LINES} dòng; hãy nhập từ tệp")
    join = (delimiter or " ").join
    typed = {line: join(cells) for line, cells in lines}
    if not delimiter:
        return Pasted([(line, _cited(cells[0])) for line, cells in lines], "", typed)
    columns = _header(lines[0][1]) if lines else None
    head = typed.pop(lines[0][0]) if columns else ""
    rows = lines[1:] if columns else lines
    names = columns or _guessed([cells for _line, cells in rows])
    return Pasted([(line, dict(zip(names, cells, strict=False))) for line, cells in rows], head, typed)


def lacking(named: str) -> Row:
    """Return what is known of an instrument that somebody names: a law by its title has that and still no number."""
    row = _cited(named)
    return {**row, "number": row["number"] if "/" in row["number"] or ":" in row["number"] else ""}


def _looks_parted(text: str) -> bool:
    lines = [line for line in text.splitlines() if line.strip()]
    return bool(lines) and sum(";" in line for line in lines) * 2 > len(lines)


def _cells(text: str, delimiter: str) -> list[tuple[int, list[str]]]:
    reader = csv.reader(io.StringIO(text.strip("\n")), delimiter=delimiter)
    lines: list[tuple[int, list[str]]] = []
    try:
        before = reader.line_num
        for cells in reader:
            if any(cell.strip() for cell in cells):
                lines.append((before + 1, [clean(cell) for cell in cells]))
            before = reader.line_num
    except csv.Error as error:
        raise BadTable(what=f"dòng {reader.line_num}: {error}") from None
    return lines


def _plain(text: str) -> list[tuple[int, list[str]]]:
    return [
        (number, [clean(line)]) for number, line in enumerate(text.strip("\n").splitlines(), 1) if clean(line)
    ]


def _header(cells: Sequence[str]) -> list[str] | None:
    """Return the names of columns as they stand, if they are those of a table that can be taken in."""
    names = [cell.lower() or f"cột {at}" for at, cell in enumerate(cells, 1)]
    return names if law_rows.table_kind(names) else None


def _guessed(rows: Sequence[Sequence[str]]) -> list[str]:
    """Name columns by what most of their cells are; the longest of what is left is the title."""
    width = max((len(cells) for cells in rows), default=0)
    columns = [[cells[at] for cells in rows if at < len(cells) and cells[at]] for at in range(width)]
    names = [_kind_of(cells) for cells in columns]
    days = iter(_DAYS)
    named = [next(days, "") if name == "day" else name for name in names]
    for name in ("number", "type", "issuer"):
        first = named.index(name) if name in named else None
        named = ["" if one == name and at != first else one for at, one in enumerate(named)]
    silent = [at for at, name in enumerate(named) if not name and columns[at] and names[at] != "count"]
    if silent:
        named[max(silent, key=lambda at: sum(map(len, columns[at])))] = "title"
    return [name or f"cột {at}" for at, name in enumerate(named, 1)]


def _kind_of(cells: Sequence[str]) -> str:
    def most(count: int) -> bool:
        return count * 2 > len(cells)

    if not cells:
        return ""
    if most(sum(cell.rstrip(".").isdigit() for cell in cells)):
        return "count"
    if most(sum(_is_day(cell) for cell in cells)):
        return "day"
    if most(sum(len(cell) <= 40 and parse_key(cell) is not None for cell in cells)):
        return "number"
    if most(sum(law_rows.is_kind(cell) for cell in cells)):
        return "type"
    short = [cell for cell in cells if len(cell) <= 60]
    return "issuer" if most(sum(f"{fold(cell)} ".startswith(_ISSUERS) for cell in short)) else ""


def _is_day(cell: str) -> bool:
    try:
        parse_day(cell.split(" ", maxsplit=1)[0])
    except BadDay:
        return False
    return True


def _bare(title: str, kind: str) -> str:
    """Return the title of a law without its kind: "Luật Hộ tịch" is "Hộ tịch"."""
    bare = title[len(kind) :].strip() if title.lower().startswith(kind.lower()) else title
    return bare[:1].upper() + bare[1:]


def _cited(line: str) -> Row:
    """Read a line without columns as the citation of an instrument."""
    citation = next((one for one in find(line) if one.key), None)
    if citation is None:
        return {"number": line if parse_key(line) else "", "title": line}
    rest = line[citation.end :]
    # the issuer stands behind the citation itself
    behind = rest.partition(citation.issuer)[2] if citation.issuer else rest
    title = (behind or rest).strip(" ,;.-:") or _bare(citation.title or "", citation.type or "")
    return {
        # a law named by its title alone has no number yet
        "number": citation.instrument or "",
        "type": law_rows.instrument_kind(citation.type or ""),
        "title": title[:1].upper() + title[1:],
        "issuer": citation.issuer or "",
        "issued": f"{citation.date:%d/%m/%Y}" if citation.date else "",
        "effective": "",
    }
