"""Where the parts of a document are: table of contents, main sections, items inside the content."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from qms.formats.anatomy.labels import ITEMS, MOTTO
from qms.formats.anatomy.lines import Flow, Line, section_kind
from qms.formats.text import Table
from qms.model.ids import fold

_ROMAN = re.compile(r"[IVX]{1,5}")
_ALWAYS_NUMBERED = frozenset(
    {"forms", "fee", "time_limit", "legal_basis", "steps", "conditions", "applicants"}
)
_PAGE_NUMBER = re.compile(r"[\s._…]*\d{0,3}$")
_LONGEST_HEAD = 110
_CONTENTS = frozenset({"muc luc", "noi dung muc luc"})
_FEW_WORDS = 6
_FEWEST_PLAIN = 4


@dataclass(frozen=True)
class Part:
    """A section or an item: which kind, number and title as shown, the words on its own line, what follows."""

    kind: str
    number: str
    title: str
    rest: str
    start: int
    body: Flow
    place: int | None = None


@dataclass(frozen=True)
class Outline:
    """The parts of a flow, each in order; ``contents`` are the titles in the table of contents."""

    contents: tuple[str, ...]
    sections: tuple[Part, ...]
    items: tuple[Part, ...]
    body_start: int

    def item(self, kind: str) -> Part | None:
        """Return the first item of a kind."""
        return next((part for part in self.items if part.kind == kind), None)

    def section(self, kind: str) -> Part | None:
        """Return the first section of a kind."""
        return next((part for part in self.sections if part.kind == kind), None)


def read_outline(flow: Flow) -> Outline:
    """Return where the sections and items of a flow are; a flow without any has empty ones."""
    contents, start = _contents(flow)
    found = _sections(flow, start)
    sections = _parts(flow, found, _end_of(flow, found))
    first = found[0][0] if found else start
    items = _items(flow, first, found, _end_of(flow, found))
    return Outline(contents, sections, items, first)


def item_kind(line: Line) -> str | None:
    """Return which item a line begins, if any: by its words, and by a number or bold where prose could match."""
    head = line.head if ":" in line.text else line.text
    if len(head) > _LONGEST_HEAD:
        return None
    folded = re.sub(r" (?:cua )?(?:thu tuc hanh chinh|tthc)$", "", fold(head))
    kind = next((kind for kind, pattern in ITEMS.items() if pattern.fullmatch(folded)), None)
    if kind is None:
        return None
    marked = bool(line.number and not line.bulleted) or line.bold or line.heading is not None
    with_colon = ":" in line.text
    if kind == "time_limit" and with_colon and len(folded.split()) <= _FEW_WORDS:
        return kind
    if kind in _ALWAYS_NUMBERED and not marked:
        return None
    return kind if marked or with_colon else None


def _contents(flow: Flow) -> tuple[tuple[str, ...], int]:
    for at, block in enumerate(flow):
        if isinstance(block, Line) and len(block.text) <= _LONGEST_HEAD and fold(block.text) in _CONTENTS:
            return _entries(flow, at + 1)
    return _entries_without_head(flow)


def _entries_without_head(flow: Flow) -> tuple[tuple[str, ...], int]:
    """Find contents that no line announces: known sections on neighbouring lines, all of which come again."""
    known = [
        (at, kind, title)
        for at, block in enumerate(flow)
        if isinstance(block, Line)
        and (title := _PAGE_NUMBER.sub("", block.text))
        and (kind := _known_section(replace(block, text=title))) is not None
    ]
    again = next((at for at, (_, kind, _) in enumerate(known) if at > 1 and kind == known[0][1]), None)
    if again is None or known[again - 1][0] - known[0][0] > 2 * again:
        return (), 0
    return tuple(title for _, _, title in known[:again]), known[again][0]


def _entries(flow: Flow, start: int) -> tuple[tuple[str, ...], int]:
    titles: list[str] = []
    seen: set[str] = set()
    for at in range(start, len(flow)):
        block = flow[at]
        if isinstance(block, Table):
            return tuple(titles), at
        title = _PAGE_NUMBER.sub("", block.text)
        key = section_kind(title) or fold(title)
        if key in seen or len(title) > 150:
            return tuple(titles), at
        seen.add(key)
        titles.append(title)
    return tuple(titles), start


def _sections(flow: Flow, start: int) -> list[tuple[int, str]]:
    lines = [(at, block) for at, block in enumerate(flow) if at >= start and isinstance(block, Line)]
    known = [(at, line, kind) for at, line in lines if (kind := _known_section(line)) is not None]
    if len({kind for _, _, kind in known}) < 2:
        known = [(at, line, kind) for at, line in lines if (kind := _item_section(line)) is not None]
    if len({kind for _, _, kind in known}) < 2:
        known = _plain_sections(lines)
    if not known:
        return _styled(lines) or _articles(lines)
    shape = _shape(known[0][1])
    kinds = {at: kind for at, _, kind in known}
    return _in_sequence(lines, kinds, shape, flow)


def _in_sequence(
    lines: Sequence[tuple[int, Line]], kinds: dict[int, str], shape: tuple[str, bool], flow: Flow
) -> list[tuple[int, str]]:
    found: list[tuple[int, str]] = []
    last = 0
    seen: set[str] = set()
    for at, line in lines:
        kind = kinds.get(at)
        if kind is not None and kind not in seen and _fits(line, shape):
            seen.add(kind)
        elif kind is None and _shape(line) == shape and line.bold and _ordinal(line.number) == last + 1:
            if "records" in seen or _begins_a_form(flow, at):
                continue
            kind = "other"
        else:
            continue
        found.append((at, kind))
        last = _ordinal(line.number) or last + 1
    return found


def _known_section(line: Line) -> str | None:
    if line.bulleted or not (line.number or line.capitals or line.heading):
        return None
    if not (line.capitals or line.bold or line.heading):
        return None
    return section_kind(line.text.rstrip(":"))


def _item_section(line: Line) -> str | None:
    if not line.number or line.bulleted or not line.bold or line.rest:
        return None
    if not _ordinal(line.number):
        return None
    return item_kind(line) or section_kind(line.text)


def _plain_sections(lines: Sequence[tuple[int, Line]]) -> list[tuple[int, Line, str]]:
    """Return sections that nothing sets off from the text: known ones, numbered one after the other."""
    found = [
        (at, line, kind)
        for at, line in lines
        if _ordinal(line.number) and (kind := section_kind(line.text.rstrip(":"))) is not None
    ]
    numbers = [_ordinal(line.number) for _, line, _ in found]
    rising = numbers == sorted(numbers)
    return found if rising and len({kind for _, _, kind in found}) >= _FEWEST_PLAIN else []


def _articles(lines: Sequence[tuple[int, Line]]) -> list[tuple[int, str]]:
    """Return the articles of internal rules: ``Điều 1. Phạm vi điều chỉnh``."""
    found = [
        (at, section_kind(line.text) or "other")
        for at, line in lines
        if fold(line.number).startswith("dieu ")
    ]
    return found if len(found) >= _FEWEST_PLAIN - 1 else []


def _styled(lines: Sequence[tuple[int, Line]]) -> list[tuple[int, str]]:
    heads = [(at, line) for at, line in lines if line.heading is not None]
    levels = [line.heading for _, line in heads]
    top = next((level for level in (1, 2, 3) if levels.count(level) > 1), None)
    return [(at, section_kind(line.text) or "other") for at, line in heads if line.heading == top]


def _shape(line: Line) -> tuple[str, bool]:
    named, _, last = line.number.rpartition(" ")
    kind = "decimal" if last.isdecimal() else "roman" if _ROMAN.fullmatch(last) else "other" if last else ""
    return (f"{fold(named)} {kind}" if named else kind), line.capitals


def _fits(line: Line, shape: tuple[str, bool]) -> bool:
    numbering, capitals = _shape(line)
    return (not numbering and capitals) or (numbering == shape[0] and (capitals or not shape[1]))


def _ordinal(number: str) -> int:
    number = number.rpartition(" ")[2]
    if number.isdecimal():
        return int(number)
    if not _ROMAN.fullmatch(number):
        return 0
    values = {"I": 1, "V": 5, "X": 10}
    digits = [values[letter] for letter in number]
    following = [*digits[1:], 0]
    return sum(-one if one < after else one for one, after in zip(digits, following, strict=True))


def _begins_a_form(flow: Flow, at: int) -> bool:
    return any(
        isinstance(block, Line) and MOTTO.match(fold(block.text)) for block in flow[max(0, at - 6) : at]
    )


def _end_of(flow: Flow, found: list[tuple[int, str]]) -> int:
    """Return where the procedure ends: after the first table of the last section, before appended forms."""
    if not found:
        return len(flow)
    last = found[-1][0]
    for at in range(last + 1, len(flow)):
        block = flow[at]
        if isinstance(block, Table):
            return at if _is_form_head(block) else at + 1
        if MOTTO.match(fold(block.text)):
            return at
    return len(flow)


def _is_form_head(table: Table) -> bool:
    return any(MOTTO.search(fold(cell.text)) for row in table.rows[:2] for cell in row.cells)


def _parts(flow: Flow, found: list[tuple[int, str]], end: int) -> tuple[Part, ...]:
    if not found:
        return ()
    parts = []
    stops = [at for at, _ in found[1:]] + [end]
    for (at, kind), stop in zip(found, stops, strict=True):
        line = flow[at]
        if isinstance(line, Line):
            parts.append(Part(kind, line.number, line.text, line.rest, at, flow[at + 1 : stop], line.place))
    return tuple(parts)


def _items(flow: Flow, start: int, sections: list[tuple[int, str]], end: int) -> tuple[Part, ...]:
    heads: list[tuple[int, str]] = []
    borders = {at for at, _ in sections}
    for at in range(start, end):
        block = flow[at]
        if not isinstance(block, Line):
            continue
        kind = item_kind(block)
        if at in borders or kind is not None:
            heads.append((at, kind or "section"))
    return tuple(part for part in _parts(flow, heads, end) if part.kind != "section")
