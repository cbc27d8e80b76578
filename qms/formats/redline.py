"""What changed between two texts: marked in HTML for the eye, counted by section for a summary."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from difflib import SequenceMatcher

from htmldiff2 import render_html_diff

from qms.formats.frontmatter import split
from qms.formats.html import sanitise, sanitise_redline
from qms.formats.refusals import GaveUp
from qms.model.ids import fold

MAX_HTML = 3_000_000
"""Characters of one side; the comparison is quadratic in the worst case."""

_HEADING = re.compile(r"#{1,6}\s+(.*)")
_NUMBER = re.compile(r"^(?:\d{1,2}(?:\.\d{1,2})*|[IVX]{1,5})[.)\\]*\s+")
_MARKS = re.compile(r"\\(?=\W)|\*\*|<br>|\|")
_EXACT_UP_TO = 4_000_000


@dataclass(frozen=True)
class SectionChange:
    """How much of one section changed: words put in and taken out."""

    title: str
    words_in: int
    words_out: int


@dataclass(frozen=True)
class Summary:
    """What changed, by section titles in order; '' is what stands before the first heading."""

    added: tuple[str, ...]
    removed: tuple[str, ...]
    changed: tuple[SectionChange, ...]

    @property
    def is_empty(self) -> bool:
        """Tell whether nothing changed."""
        return not (self.added or self.removed or self.changed)


def redline(old_html: str, new_html: str) -> str:
    """Return the new HTML with ``<ins>`` and ``<del>`` marks, safe to show; raises ``GaveUp``."""
    if max(len(old_html), len(new_html)) > MAX_HTML:
        raise GaveUp(what="dung lượng")
    return sanitise_redline(render_html_diff(sanitise(old_html), sanitise(new_html)))


def summary(old_markdown: str, new_markdown: str) -> Summary:
    """Return which sections came, went or changed between two Markdown texts, and by how many words."""
    old, new = _sections(old_markdown), _sections(new_markdown)
    changed = []
    for key, (title, lines) in new.items():
        if key in old and (change := _change(title, old[key][1], lines)) is not None:
            changed.append(change)
    return Summary(
        added=tuple(title for key, (title, _) in new.items() if key not in old and key[0]),
        removed=tuple(title for key, (title, _) in old.items() if key not in new and key[0]),
        changed=tuple(changed),
    )


def _sections(markdown: str) -> dict[tuple[str, int], tuple[str, list[str]]]:
    found: dict[tuple[str, int], tuple[str, list[str]]] = {("", 0): ("", [])}
    current = found["", 0][1]
    seen: Counter[str] = Counter()
    for line in split(markdown)[1].splitlines():
        if match := _HEADING.match(line):
            title = _NUMBER.sub("", match[1].strip())
            key = fold(title)
            current = []
            found[key, seen[key]] = (title, current)
            seen[key] += 1
        elif line.strip():
            current.append(line.strip())
    return found


def _change(title: str, old: list[str], new: list[str]) -> SectionChange | None:
    if old == new:
        return None
    words_in = words_out = 0
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, old, new, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            into, out = _words_between(old[old_from:old_to], new[new_from:new_to])
            words_in += into
            words_out += out
    return SectionChange(title, words_in, words_out) if words_in or words_out else None


def _words_between(old: list[str], new: list[str]) -> tuple[int, int]:
    before, after = _words(old), _words(new)
    if len(before) * len(after) > _EXACT_UP_TO:
        gone, come = Counter(before), Counter(after)
        return (come - gone).total(), (gone - come).total()
    into = out = 0
    for kind, old_from, old_to, new_from, new_to in SequenceMatcher(
        None, before, after, autojunk=False
    ).get_opcodes():
        if kind != "equal":
            into += new_to - new_from
            out += old_to - old_from
    return into, out


def _words(lines: list[str]) -> list[str]:
    return _MARKS.sub(" ", " ".join(lines)).split()
