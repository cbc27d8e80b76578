"""What differs between two editions: of their parts as values, and of their words passage by passage."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import TypeVar

from qms.formats.anatomy.values import Anatomy, Record, Step
from qms.formats.frontmatter import split
from qms.formats.reading import Reading
from qms.model.comparison import Part, PartChange
from qms.model.ids import clean, fold

_ALIKE = 0.6
"""From so much likeness on two passages are one that was reworded."""

_SIDE_BY_SIDE = 0.35
"""From so much likeness on two passages of one changed block are shown side by side."""

_MOST_COMPARED = 400
"""A block of more lines is not paired line by line: it was replaced as a whole."""

_HEADING = re.compile(r"#{1,6}\s+(.+)")
_RULE = re.compile(r"[|\s:-]+")
_MARKS = re.compile(r"\\(?=[^\w\s])|\*\*|(?<!\w)_(?=\w)|(?<=\w)_(?!\w)")
_BREAK = re.compile(r"<br\s*/?>")
_WORD = re.compile(r"\S+\s*")

One = TypeVar("One")


@dataclass(frozen=True)
class Words:
    """A stretch of a passage; ``marked`` means that it went or came."""

    text: str
    marked: bool


@dataclass(frozen=True)
class Passage:
    """A changed passage: its words before and now, either empty where it came or went as a whole."""

    old: tuple[Words, ...]
    new: tuple[Words, ...]


@dataclass(frozen=True)
class ChangedSection:
    """The changed passages under one heading; '' is what stands before the first."""

    title: str
    passages: tuple[Passage, ...]


def part_changes(old: Anatomy, new: Anatomy) -> tuple[PartChange, ...]:
    """Return what changed in sections, steps, times, forms, records and legal basis, in the order of the paper."""
    return (
        *_value(Part.TITLE, old.title, new.title),
        *_names(Part.SECTION, (one.title for one in old.sections), (one.title for one in new.sections)),
        *_names(Part.BASIS, old.legal_basis_lines, new.legal_basis_lines),
        *_value(Part.TIME_LIMIT, old.time_limit, new.time_limit),
        *_value(Part.FEE, old.fee, new.fee),
        *_steps(old.steps, new.steps),
        *_names(Part.FORM, old.forms, new.forms),
        *_records(old.records, new.records),
    )


def changed_passages(old: Reading, new: Reading) -> tuple[ChangedSection, ...]:
    """Return every passage that changed, under the heading it stands beneath now (or stood beneath before)."""
    before, after = _lines(old.markdown), _lines(new.markdown)
    found: list[tuple[str, Passage]] = []
    for kind, a, b, c, d in _opcodes([line for _, line in before], [line for _, line in after]):
        if kind == "equal":
            continue
        for gone, come in _pairs(before[a:b], after[c:d], lambda one: one[1]):
            title = come[0] if come else gone[0] if gone else ""
            found.append((title, _passage(gone[1] if gone else "", come[1] if come else "")))
    sections: list[ChangedSection] = []
    for title, passage in found:
        if sections and sections[-1].title == title:
            sections[-1] = ChangedSection(title, (*sections[-1].passages, passage))
        else:
            sections.append(ChangedSection(title, (passage,)))
    return tuple(sections)


def _value(part: Part, old: str | None, new: str | None) -> Iterator[PartChange]:
    if clean(old or "") != clean(new or ""):
        yield PartChange(part, clean(old or ""), clean(new or ""))


def _names(part: Part, old: Iterable[str], new: Iterable[str]) -> Iterator[PartChange]:
    for gone, come in _changed(list(old), list(new), clean):
        yield PartChange(part, gone or "", come or "")


def _steps(old: Sequence[Step], new: Sequence[Step]) -> Iterator[PartChange]:
    for gone, come in _matched(old, new, lambda step: fold(f"{step.case} {step.action}")):
        if gone is None or come is None:
            yield PartChange(
                Part.STEP, gone.action if gone else "", come.action if come else "", _step(come or gone)
            )
            continue
        if clean(gone.action) != clean(come.action):
            yield PartChange(Part.STEP, gone.action, come.action, _step(come))
        for part, before, after in (
            (Part.RESPONSIBLE, gone.responsible, come.responsible),
            (Part.TIME, _times(gone), _times(come)),
        ):
            if clean(before) != clean(after):
                yield PartChange(part, before, after, _step(come))


def _step(step: Step | None) -> str:
    return "" if step is None or not step.no else step.no.rstrip(".")


def _times(step: Step) -> str:
    return "; ".join(filter(None, step.times)) or step.time


def _records(old: Sequence[Record], new: Sequence[Record]) -> Iterator[PartChange]:
    for gone, come in _matched(old, new, lambda record: fold(record.name)):
        if gone is None or come is None or clean(gone.name) != clean(come.name):
            yield PartChange(Part.RECORD, gone.name if gone else "", come.name if come else "")
        if gone is not None and come is not None:
            before, after = (", ".join(filter(None, (one.keeper, one.retention))) for one in (gone, come))
            if clean(before) != clean(after):
                yield PartChange(Part.RETENTION, before, after, come.name)


def _changed(
    old: Sequence[str], new: Sequence[str], key: Callable[[str], str]
) -> Iterator[tuple[str | None, str | None]]:
    """Yield what differs; what only moved is no change."""
    for gone, come in _matched(old, new, key):
        if gone is None or come is None or key(gone) != key(come):
            yield gone, come


def _matched(
    old: Sequence[One], new: Sequence[One], key: Callable[[One], str]
) -> Iterator[tuple[One | None, One | None]]:
    """Pair equal ones wherever they stand, then those that are alike; yield in the order of the new edition."""
    waiting: dict[str, list[int]] = {}
    for at, one in enumerate(old):
        waiting.setdefault(key(one), []).append(at)
    partner: dict[int, int] = {}
    for at, one in enumerate(new):
        if waiting.get(key(one)):
            partner[at] = waiting[key(one)].pop(0)
    left = [at for at in range(len(old)) if at not in partner.values()]
    come = [at for at in range(len(new)) if at not in partner]
    if len(left) * len(come) <= _MOST_COMPARED**2:
        for at in come:
            best = max(left, key=lambda one: _likeness(key(old[one]), key(new[at])), default=None)
            if best is not None and _likeness(key(old[best]), key(new[at])) >= _ALIKE:
                partner[at] = best
                left.remove(best)
    for at, one in enumerate(new):
        yield old[partner[at]] if at in partner else None, one
    for at in left:
        yield old[at], None


def _likeness(one: str, other: str) -> float:
    return SequenceMatcher(None, one.split(), other.split(), autojunk=False).ratio()


def _pairs(
    old: Sequence[One], new: Sequence[One], words: Callable[[One], str]
) -> Iterator[tuple[One | None, One | None]]:
    """Pair passages of a changed block in their order: those that are alike stand side by side."""
    at = 0
    small = len(old) * len(new) <= _MOST_COMPARED
    for one in new:
        alike = (
            place
            for place in range(at, len(old))
            if small and _likeness(fold(words(old[place])), fold(words(one))) >= _SIDE_BY_SIDE
        )
        place = next(alike, None)
        if place is None:
            yield None, one
            continue
        for gone in old[at:place]:
            yield gone, None
        yield old[place], one
        at = place + 1
    for gone in old[at:]:
        yield gone, None


def _passage(old: str, new: str) -> Passage:
    if not old or not new:
        return Passage(_stretch(old, marked=True), _stretch(new, marked=True))
    before, after = _WORD.findall(old), _WORD.findall(new)
    gone: list[Words] = []
    come: list[Words] = []
    for kind, a, b, c, d in _opcodes([one.strip() for one in before], [one.strip() for one in after]):
        gone.extend(_stretch("".join(before[a:b]), marked=kind != "equal"))
        come.extend(_stretch("".join(after[c:d]), marked=kind != "equal"))
    return Passage(tuple(gone), tuple(come))


def _stretch(text: str, *, marked: bool) -> tuple[Words, ...]:
    return (Words(text, marked),) if text else ()


def _opcodes(old: Sequence[str], new: Sequence[str]) -> list[tuple[str, int, int, int, int]]:
    return list(SequenceMatcher(None, old, new, autojunk=False).get_opcodes())


def _lines(markdown: str) -> list[tuple[str, str]]:
    """Return (heading, words) of every line that says something; a row of a table is one line."""
    found: list[tuple[str, str]] = []
    title = ""
    for raw in split(markdown)[1].splitlines():
        heading = _HEADING.match(raw.strip())
        line = heading[1] if heading else raw
        if not line.strip() or _RULE.fullmatch(line):
            continue
        cells = _BREAK.sub(" ", _MARKS.sub("", line)).split("|")
        words = " | ".join(filter(None, map(clean, cells)))
        if heading:
            title = words
        if words:
            found.append((title, words))
    return found
