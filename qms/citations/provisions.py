"""Articles, clauses and points before an instrument: lists and ranges read into Akoma Ntoso-like ids.

Pure. "khoản 3, điểm a khoản 4 Điều 7" becomes ``art_7__para_3`` and ``art_7__para_4__point_a``; "từ điểm b đến điểm
đ" runs in the order of Vietnamese letters (a b c d đ e g h ...). Naming: ``design.md`` §3; the order of parts is
that of the Law on promulgation of legal documents: phần, chương, mục, điều, khoản, điểm.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import NamedTuple

from qms.citations.runs import AND, JOINED, LABEL, PREFIX_OF_WORD, TO, UNIT, find_runs
from qms.citations.vocabulary import UNITS

LETTERS = "abcdđeghiklmnopqrstuvxy"
_LONGEST_RANGE = 200

_PREFIXES = tuple(unit.prefix for unit in UNITS)
_REMEMBERED, _LONGEST_REMEMBERED = 1 << 14, 200
_RANK = {prefix: rank for rank, prefix in enumerate(_PREFIXES)}
_ARTICLE = _RANK["art"]
_ABOVE_ARTICLE = frozenset({"part", "chp", "sec", "subsec"})

_ROMAN = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}

Path = tuple[tuple[str, str], ...]


class Provisions(NamedTuple):
    """A run of provisions in a plain text and the ids that it names, in the order in which it names them."""

    start: int
    end: int
    ids: tuple[str, ...]


@dataclass(frozen=True)
class _Group:
    prefix: str
    labels: tuple[str, ...]
    end: int
    joint: str = ""

    @property
    def continues_range(self) -> bool:
        """Tell whether the words before the group were "đến"."""
        return TO.fullmatch(self.joint) is not None

    @property
    def of_each(self) -> bool:
        """Tell whether what stands before is a part of every label: "khoản 1 các Điều 5, 6 và 7"."""
        return "các" in self.joint.lower().split() and not self.stands_beside

    @property
    def stands_beside(self) -> bool:
        """Tell whether the words before the group list it beside the one before, not around it."""
        return AND.match(f" {self.joint.lstrip()}") is not None


def find_provisions(text: str) -> Iterator[Provisions]:
    """Yield every run of provisions in a plain text, in order, without overlap."""
    for start, first, end in find_runs(text):
        run = text[first:end]
        yield Provisions(start, end, _usual_ids(run) if len(run) <= _LONGEST_REMEMBERED else _ids(run))


@lru_cache(_REMEMBERED)
def _usual_ids(run: str) -> tuple[str, ...]:
    """Remember what a run names: texts of law write the same few thousand runs again and again."""
    return _ids(run)


def _ids(run: str) -> tuple[str, ...]:
    unit = UNIT.match(run)
    groups = _spread(list(_read_groups(run, unit))) if unit else []
    return tuple(dict.fromkeys(_write(path) for path in _paths(groups)))


def expand(first: str, last: str) -> tuple[str, ...]:
    """Return the labels from ``first`` to ``last``, both kept: numbers, ``16a``-``16d``, or Vietnamese letters.

    What is no range (backwards, mixed, longer than 200) gives its two ends only, never a guess.
    """
    if first in LETTERS and last in LETTERS and first and last:
        low, high = LETTERS.index(first), LETTERS.index(last)
        return tuple(LETTERS[low : high + 1]) if low <= high else (first, last)
    head, tail = re.fullmatch(r"(.*?)(\d+)([a-zđ]?)", first), re.fullmatch(r"(.*?)(\d+)([a-zđ]?)", last)
    if head is None or tail is None or head[1] != tail[1]:
        return (first, last)
    low, high = int(head[2]), int(tail[2])
    if low == high and tail[3]:
        letters = expand(head[3] or "a", tail[3])
        return (*(() if head[3] else (first,)), *(f"{head[1]}{low}{letter}" for letter in letters))
    if not low < high <= low + _LONGEST_RANGE:
        return (first, last)
    between = tuple(f"{head[1]}{number}" for number in range(low + 1, high))
    return (first, *between, *((f"{head[1]}{high}",) if tail[3] else ()), last)


def _read_groups(text: str, unit: re.Match[str]) -> Iterator[_Group]:
    following: re.Match[str] | None = unit
    joint_text = ""
    while following is not None and (read := _labels(text, following)) is not None:
        labels, end = read
        yield _Group(_prefix(following), labels, end, joint_text)
        joint = TO.match(text, end) or JOINED.match(text, end)
        joint_text = joint.group() if joint else ""
        following = UNIT.match(text, joint.end()) if joint else None


def _spread(groups: list[_Group]) -> list[_Group]:
    """Write out "khoản 1 Điều 5 đến khoản 4 Điều 5", and what "khoản 3 Điều 5 đến khoản 2 Điều 7" spans."""
    spread: list[_Group] = []
    remaining = deque(groups)
    while remaining:
        group = remaining.popleft()
        if group.continues_range and _is_between_articles(spread, group, remaining):
            first, above, article = spread[-2], spread[-1], remaining[0]
            if above.labels == article.labels:
                until = expand(first.labels[-1], group.labels[0])[1:]
                spread[-2] = replace(first, labels=(*first.labels, *until, *group.labels[1:]))
                remaining.popleft()
                continue
            spread.append(_Group("art", expand(above.labels[-1], article.labels[0])[1:-1], group.end, ", "))
        spread.append(group)
    return spread


def _is_between_articles(before: list[_Group], group: _Group, after: Sequence[_Group]) -> bool:
    small = len(before) > 1 and before[-2].prefix == group.prefix and group.prefix != "art"
    return small and bool(after) and before[-1].prefix == after[0].prefix == "art"


def _prefix(unit: re.Match[str]) -> str:
    return PREFIX_OF_WORD[unit.group(1).lower()]


def _labels(text: str, unit: re.Match[str]) -> tuple[tuple[str, ...], int] | None:
    prefix = _prefix(unit)
    label = LABEL[prefix].match(text, unit.end())
    if label is None:
        return (("",), unit.start(1) + len(unit.group(1))) if prefix == "annex" else None
    labels, end = [_canonical(prefix, label.group())], label.end()
    while True:
        until, joint = TO.match(text, end), AND.match(text, end)
        step = until or joint
        label = LABEL[prefix].match(text, step.end()) if step else None
        if step is None or label is None:
            return tuple(labels), end
        written = _canonical(prefix, label.group())
        labels.extend(expand(labels[-1], written)[1:] if until else (written,))
        end = label.end()


def _canonical(prefix: str, label: str) -> str:
    label = label.rstrip(")")
    roman = re.fullmatch(r"([IVXLC]+)([a-zA-Z]?)", label)
    if roman and prefix in ("annex", "part", "chp", "sec"):
        number = _roman(roman[1])
        return f"{number}{roman[2].lower()}"
    if prefix == "annex" and not label.isalnum():
        return label
    return label.lower().lstrip("0") or label


def _roman(numeral: str) -> int:
    values = [_ROMAN[letter] for letter in numeral]
    return sum(-value if value < max(values[index:]) else value for index, value in enumerate(values))


def _paths(groups: list[_Group]) -> list[Path]:
    """Join the groups: small parts wait for the larger part that follows them ("điểm a khoản 1 Điều 5")."""
    waiting: list[Path] = []
    for index, group in enumerate(groups):
        labels = group.labels
        if group.continues_range and index and groups[index - 1].prefix == group.prefix:
            labels = expand(groups[index - 1].labels[-1], labels[0])[1:] + labels[1:]
        inside: list[Path] = []
        while waiting and _absorbs(group, waiting[-1]):
            inside.append(waiting.pop())
        of_each = labels if group.of_each else labels[:1]
        waiting += [((group.prefix, label), *path) for label in of_each for path in reversed(inside)]
        waiting += [((group.prefix, label),) for label in (labels[len(of_each) :] if inside else labels)]
    return _refined(waiting)


def _absorbs(group: _Group, path: Path) -> bool:
    """Tell whether the path is a part of the group: articles are numbered through and stand beside an annex."""
    rank, top = _RANK[group.prefix], path[0][0]
    if top == "sec" and group.prefix == "art":  # "Mục III Điều 1": a part of what the article contains
        return group.joint == " "
    closed = group.prefix == "annex" or group.stands_beside or any(prefix == "sec" for prefix, _ in path)
    if top == "art" and closed:
        return False
    return _RANK[top] > rank


def _refined(paths: list[Path]) -> list[Path]:
    """Read the other order, "Điều 5 khoản 2": a small part that found no larger one belongs to that before it."""
    refined: list[Path] = []
    for path in paths:
        rank = _RANK[path[0][0]]
        above = refined[-1] if refined else None
        if above is not None and rank > _ARTICLE and _RANK[above[0][0]] <= _ARTICLE:
            kept = tuple(step for step in above if _RANK[step[0]] < rank)
            if kept == above:
                refined.pop()
            refined.append((*kept, *path))
        else:
            refined.append(path)
    return refined


def _write(path: Path) -> str:
    above = next((index for index, (prefix, _) in enumerate(path) if prefix == "art"), 0)
    steps = [step for index, step in enumerate(path) if index >= above or step[0] not in _ABOVE_ARTICLE]
    return "__".join(f"{prefix}_{label}" for prefix, label in steps)
