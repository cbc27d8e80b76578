"""The cover: code, issue, dates, title and issuer, from labels beside, inside or above their values."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date

from qms.formats.anatomy.labels import (
    AGENCY_START,
    CODE_SHAPE,
    CODE_TYPES,
    COVER_LABELS,
    MOTTO,
    STANDARD_BEHIND,
    SYSTEM_LINE,
    TTHC_CODE,
    TYPE_WORDS,
)
from qms.formats.anatomy.lines import lines_in
from qms.formats.text import Block, Table
from qms.model.ids import clean, fold

_DAY = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})\s*[/.-]\s*(\d{4})")
_DAY_IN_WORDS = re.compile(r"(\d{1,2})\s+tháng\s+(\d{1,2})\s+năm\s+(\d{4})", re.IGNORECASE)
_MONTH = re.compile(r"(?<!\d)(\d{1,2})\s*(?:[/.-]|\s+năm\s+)\s*(\d{4})")
_NUMBER = re.compile(r"\d{1,3}(?!\d)")
_EDGES = " \t:;,.-–—_()"


@dataclass(frozen=True)
class Cover:
    """What labels and places say; a value is as printed, '' when not said. Dates are read, None if unreadable."""

    code: str = ""
    issue: str = ""
    revision: str = ""
    issued: date | None = None
    effective: date | None = None
    title: str = ""
    issuer: str = ""
    type_word: str = ""
    month: tuple[int, int] | None = None
    """Month and year of issue, also of a date whose day is left blank (``/07/2021``)."""

    @property
    def is_cover(self) -> bool:
        """Tell whether this block labels at least two of code, issue and date."""
        return sum(map(bool, (self.code, self.issue or self.revision, self.issued or self.effective))) >= 2


@dataclass
class _Found:
    """Label values while they are gathered; the first of each kind holds."""

    values: dict[str, str] = field(default_factory=dict)

    def put(self, kind: str, value: str) -> None:
        value = value.strip(_EDGES)
        if value and not self.values.get(kind):
            self.values[kind] = value


def read_cover_table(table: Table) -> Cover:
    """Return what a table says when it is read as a cover."""
    found = _Found()
    for kind, value in _table_pairs(table):
        found.put(kind, value)
    cover = _cover(found.values)
    if not cover.code and (cover.issue or cover.issued or cover.effective):
        cover = replace(cover, code=_bare_code(table))
    if not cover.is_cover:
        return cover
    type_word, title = _title_in(table)
    return replace(
        cover, title=cover.title or title, type_word=type_word, issuer=cover.issuer or _issuer_in(table)
    )


def read_labels(blocks: Iterable[Block]) -> Cover:
    """Return what labels in a header, a footer or loose paragraphs say."""
    found = _Found()
    for block in blocks:
        if isinstance(block, Table):
            pairs = _table_pairs(block)
        else:
            pairs = (pair for line in block.shown_lines for pair in label_values(line))
        for kind, value in pairs:
            found.put(kind, value)
    return _cover(found.values)


def label_values(line: str) -> Iterator[tuple[str, str]]:
    """Yield (kind, value) of every label in one line; a value ends where the next label begins."""
    hits = sorted(
        (match.start(), match.end(), kind)
        for kind, pattern in COVER_LABELS.items()
        for match in pattern.finditer(line)
    )
    kept: list[tuple[int, int, str]] = []
    for hit in hits:
        if not kept or hit[0] >= kept[-1][1]:
            kept.append(hit)
    waiting: list[str] = []
    for at, (_, end, kind) in enumerate(kept):
        stop = kept[at + 1][0] if at + 1 < len(kept) else len(line)
        value = line[end:stop].strip()
        if value.strip(" :") in {"/", "-", "–"}:
            waiting.append(kind)
            continue
        if waiting:
            parts = re.split(r"[/–-]", value.lstrip(" :"), maxsplit=len(waiting))
            yield from zip((*waiting, kind), parts, strict=False)
            waiting = []
            continue
        yield kind, value


def read_day(text: str) -> date | None:
    """Return the first whole date in ``text``: 07/7/2025, 07.7.2025, or in words; None if there is none."""
    match = _DAY.search(text) or _DAY_IN_WORDS.search(text)
    if match is None:
        return None
    try:
        return date(int(match[3]), int(match[2]), int(match[1]))
    except ValueError:
        return None


def read_code(text: str) -> str:
    """Return the document code that a label's value begins with, '' if it has not the shape of one."""
    value = clean(text).strip(_EDGES)
    value = re.split(r"[;,)(]|\s(?:–|-)\s", value)[0].strip(_EDGES)
    if TTHC_CODE.search(value) or len(value) > 40:
        return ""
    return value if any(char.isdigit() for char in value) or value in CODE_TYPES else ""


def issuer_of(lines: Iterable[str]) -> str:
    """Return the issuing agency among lines: the last one that begins as an agency's name, with what it wraps to."""
    issuer: list[str] = []
    for line in lines:
        folded = fold(line)
        if _has_label(line) or MOTTO.match(folded) or type_word_of(line):
            if issuer:
                break
        elif is_agency(line):
            issuer = [line]
        elif issuer and folded:
            issuer.append(line)
        elif issuer:
            break
    return clean(" ".join(issuer)).strip(_EDGES)


def is_agency(words: str) -> bool:
    """Tell whether words begin as an agency's name does."""
    return AGENCY_START.match(f"{clean(words)} ") is not None


def type_word_of(line: str) -> str:
    """Return the type word that a line consists of or begins with, folded; '' if it has none."""
    folded = fold(line)
    return next((word for word, _ in TYPE_WORDS if folded == word or folded.startswith(f"{word} ")), "")


def _cover(values: dict[str, str]) -> Cover:
    issued = read_day(values.get("issued", "")) or read_day(values.get("day", ""))
    return Cover(
        code=read_code(values.get("code", "")),
        issue=_number(values.get("issue", "")),
        revision=_number(values.get("revision", "")),
        issued=issued,
        effective=read_day(values.get("effective", "")),
        title=clean(values.get("title", "")).strip("_ :"),
        issuer=clean(values.get("issuer", "")).strip(_EDGES),
        month=_month(values.get("issued", "")),
    )


def _month(value: str) -> tuple[int, int] | None:
    match = _MONTH.search(value)
    return None if match is None or not 1 <= int(match[1]) <= 12 else (int(match[1]), int(match[2]))


def _number(value: str) -> str:
    match = _NUMBER.search(value)
    return match[0] if match else ""


def _has_label(line: str) -> bool:
    return any(pattern.search(line) for pattern in COVER_LABELS.values())


def _table_pairs(table: Table) -> Iterator[tuple[str, str]]:
    grid = table.grid()
    for at, row in enumerate(grid):
        for column, slot in enumerate(row):
            if slot is None or (slot.first_row, slot.first_column) != (at, column):
                continue
            for line in lines_in(slot.cell):
                for kind, value in label_values(line):
                    yield kind, value.strip(" :") or _neighbour(table, at, column)


def _neighbour(table: Table, row: int, column: int) -> str:
    """Return the text right of a label cell, or below it when the right one is a label too or not there."""
    grid = table.grid()
    own = grid[row][column]
    if own is None:
        return ""
    beside = grid[row][column + own.cell.colspan] if column + own.cell.colspan < len(grid[row]) else None
    below = grid[row + own.cell.rowspan][column] if row + own.cell.rowspan < len(grid) else None
    for slot in (beside, below):
        if slot is not None and slot.cell.text and not _has_label(slot.cell.text):
            return slot.cell.text
    return ""


def _title_in(table: Table) -> tuple[str, str]:
    """Return (type word, title): the words after the type word in its cell or in the cell below."""
    grid = table.grid()
    longest = ""
    for row in grid:
        for column, slot in enumerate(row):
            if slot is None:
                continue
            lines = [line for line in lines_in(slot.cell) if not _has_label(line)]
            lines = [STANDARD_BEHIND.sub("", line) for line in lines if not SYSTEM_LINE.fullmatch(line)]
            if not lines:
                continue
            at = next((at for at, line in enumerate(lines) if type_word_of(line)), None)
            if at is not None and (at == 0 or is_agency(lines[0])):
                word = type_word_of(lines[at])
                return word, _title_after(lines[at:], word) or _cell_below(table, slot.first_row, column)
            joined = clean(" ".join(lines))
            if len(joined) > len(longest) and _may_be_title(joined):
                longest = joined
    return "", longest


def _bare_code(table: Table) -> str:
    """Return a code that stands in a line of its own without a label, told by how codes of documents begin."""
    lines = (line for row in table.rows for cell in row.cells for line in lines_in(cell))
    codes = (line for line in lines if CODE_SHAPE.fullmatch(line) and not TTHC_CODE.search(line))
    return next((code for code in codes if re.split(r"[^A-ZĐ]", code)[0] in CODE_TYPES), "")


def _may_be_title(words: str) -> bool:
    """Tell whether words could be a title: several of them, no agency's name, no value of another label."""
    folded = fold(words)
    if len(folded.split()) < 3 or is_agency(words) or read_day(words) or MOTTO.match(folded):
        return False
    return not CODE_SHAPE.fullmatch(words)


def _title_after(lines: list[str], word: str) -> str:
    first = fold(lines[0])
    if len(first.split()) > len(word.split()) + 2:
        return clean(" ".join(lines))
    # "SỔ TAY CHẤT LƯỢNG" alone is the title, "QUY TRÌNH NỘI BỘ" above one is not
    return clean(" ".join(lines[1:])) or (clean(lines[0]) if first != word else "")


def _cell_below(table: Table, row: int, column: int) -> str:
    grid = table.grid()
    own = grid[row][column]
    at = row + (own.cell.rowspan if own is not None else 1)
    below = grid[at][column] if at < len(grid) else None
    if below is None or _has_label(below.cell.text):
        return ""
    return below.cell.text


def _issuer_in(table: Table) -> str:
    for row in table.rows:
        for cell in row.cells:
            if issuer := issuer_of(lines_in(cell)):
                return issuer
    return ""


def code_in(text: str) -> str:
    """Return the code after a label inside running words, only if it has the grammar of a code."""
    for kind, value in label_values(text):
        if kind == "code":
            match = CODE_SHAPE.match(clean(value).lstrip(": "))
            if match and not TTHC_CODE.match(match[0]):
                return match[0].strip(_EDGES)
    return ""
