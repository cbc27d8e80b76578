"""Blank forms in the same file as their procedure: where each begins and ends, its title, the code printed above it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from qms.formats.anatomy.labels import APPENDIX_HEAD, FORM_CODE, FORM_HEAD, MOTTO, SHORT_FORM_TITLE
from qms.formats.anatomy.lines import Flow, Line, placed_lines_in
from qms.formats.anatomy.outline import Outline
from qms.formats.anatomy.steps import step_tables
from qms.formats.anatomy.values import AppendedForm
from qms.formats.text import Table
from qms.model.ids import fold

_TITLE_WITHIN = 14
_LINES_ABOVE = 3
_LONGEST_TITLE = 300
_CONTENT_OF = re.compile(r"nội dung\s+(?=(?:biểu )?mẫu\b)", re.IGNORECASE)


@dataclass(frozen=True)
class _Head:
    """Where a form begins in the flow, and with what title and code."""

    at: int
    title: str
    code: str = ""


def read_appended_forms(outline: Outline, flow: Flow) -> tuple[AppendedForm, ...]:
    """Return the blank forms behind the first section, also those that stand between parts of the procedure.

    A form begins with the national motto or with a title that is a form's; it ends where the next one, an appendix
    or a part of the procedure begins.
    """
    found = []
    for head, stop in _spans(outline, flow):
        lines = [line for block in flow[head.at : stop] for line in _lines(block)]
        if places := [line.place for line in lines if line.place is not None]:
            text = "\n".join(f"{line.number} {line.text}".strip() for line in lines)
            found.append(AppendedForm(head.title, head.code, min(places), max(places), text))
    return tuple(found)


def without_forms(outline: Outline, flow: Flow) -> Flow:
    """Return the flow without the blank forms in it."""
    inside = {at for head, stop in _spans(outline, flow) for at in range(head.at, stop)}
    return tuple(block for at, block in enumerate(flow) if at not in inside) if inside else flow


def _spans(outline: Outline, flow: Flow) -> Iterator[tuple[_Head, int]]:
    start = _first_place(outline, flow)
    if start is None:
        return
    heads = list(_heads(flow, start))
    borders = sorted({head.at for head in heads} | set(_borders(outline, flow, start)) | {len(flow)})
    for number, head in enumerate(heads):
        stop = next(border for border in borders if border > head.at)
        following = heads[number + 1] if number + 1 < len(heads) else None
        if stop == head.at + 1 and following is not None and following.at == stop and _is_line(flow, head.at):
            # the other form is a text box that hangs on this one's title
            stop = next(border for border in borders if border > stop)
        elif _hangs_on_title(heads, number, flow):
            stop = head.at + 1
        yield head, stop


def _first_place(outline: Outline, flow: Flow) -> int | None:
    if outline.sections:
        return outline.sections[0].start + 1
    return next((at + 1 for at, _ in step_tables(flow)), None)


def _is_line(flow: Flow, at: int) -> bool:
    return isinstance(flow[at], Line)


def _hangs_on_title(heads: Sequence[_Head], number: int, flow: Flow) -> bool:
    before = heads[number - 1] if number else None
    own = heads[number].at
    return (
        before is not None and before.at == own - 1 and _is_line(flow, before.at) and not _is_line(flow, own)
    )


def _heads(flow: Flow, start: int) -> Iterator[_Head]:
    covered = start
    for at in range(start, len(flow)):
        if at < covered:
            continue
        block = flow[at]
        lines = _lines(block)
        if any(MOTTO.match(fold(line.text)) for line in lines[:_TITLE_WITHIN]):
            rest = (
                lines
                if isinstance(block, Table)
                else [one for item in flow[at : at + _TITLE_WITHIN] for one in _lines(item)]
            )
            title, count = _title_in(rest)
            code, first = _code_above(flow, start, at)
            covered = at + 1 if isinstance(block, Table) else at + count
            yield _Head(first, title, code)
        elif isinstance(block, Line) and _is_form_title(block):
            title, count = _joined([one for item in flow[at : at + _TITLE_WITHIN] for one in _lines(item)], 0)
            code, first = _code_above(flow, start, at)
            covered = at + count
            yield _Head(first, title, code)


def _is_form_title(line: Line) -> bool:
    looks = (line.centred or line.bold) and line.capitals and not line.number
    return looks and len(line.text) <= _LONGEST_TITLE and FORM_HEAD.match(fold(line.text)) is not None


def _title_in(lines: Sequence[Line]) -> tuple[str, int]:
    """Return the first title below the motto and behind which line it ends."""
    for at, line in enumerate(lines):
        folded = fold(line.text)
        if not line.capitals or line.number or MOTTO.match(folded) or len(folded.split()) < 2:
            continue
        if not FORM_CODE.fullmatch(line.text):
            return _joined(lines, at)
    return "", 1


def _joined(lines: Sequence[Line], at: int) -> tuple[str, int]:
    words = [lines[at].text]
    stop = at + 1
    while stop < len(lines) and lines[stop].capitals and not lines[stop].number and len(words) < _LINES_ABOVE:
        if MOTTO.match(fold(lines[stop].text)) or FORM_HEAD.match(fold(lines[stop].text)):
            break
        words.append(lines[stop].text)
        stop += 1
    if SHORT_FORM_TITLE.fullmatch(fold(" ".join(words))) and stop < len(lines) and not lines[stop].number:
        words.append(lines[stop].text)
        stop += 1
    return _CONTENT_OF.sub("", " ".join(words)), stop


def _code_above(flow: Flow, start: int, at: int) -> tuple[str, int]:
    """Return the code of a form printed within a few lines above its head, and where the form then begins."""
    for above in range(at - 1, max(start - 1, at - 1 - _LINES_ABOVE), -1):
        block = flow[above]
        if not isinstance(block, Line):
            break
        shown = f"{block.number}. {block.text}" if block.number else block.text
        if match := FORM_CODE.fullmatch(shown.strip(" .:()")):
            return match["code"], above
    return "", at


def _borders(outline: Outline, flow: Flow, start: int) -> Iterator[int]:
    yield from (part.start for part in (*outline.sections, *outline.items) if part.start >= start)
    for at in range(start, len(flow)):
        block = flow[at]
        if (
            isinstance(block, Line)
            and (block.bold or block.capitals)
            and APPENDIX_HEAD.match(fold(block.text))
        ):
            yield at


def _lines(block: Line | Table) -> list[Line]:
    if isinstance(block, Line):
        return [block]
    return [line for row in block.rows for cell in row.cells for line in placed_lines_in(cell)]
