"""The fixed words of a form: what is printed in it however it is filled, so that a filled one is known again.

Pure. A form's text is cut at its blanks (dotted lines, boxes, colons, line ends); the runs of two and three words in
the pieces are its *marks*. Whatever is written into the blanks, the marks stay; a file is a form as far as it holds
the form's marks. Single letters and digits are no words: numbers of lists and notes come and go.
"""

from __future__ import annotations

import hashlib
import re
import struct
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cached_property
from itertools import pairwise

from qms.model.ids import clean, fold

SKETCH = 64
"""So many of a form's marks, the smallest by hash, are looked for first: a fair sample of all."""
LONGEST = 3
FEWEST = 12
"""A form of fewer marks is not known by its words alone."""
_MOST_COMPARED = 6_000
_LONGEST_LABEL = 10

_BLANK = re.compile(r"\d{0,4}(?:[.…_‥․·﹒]\s?){2,}\d{0,2}|…|(?<!\w)/|/(?!\w)|[:;\\|\t\n□☐☑☒▢◻❑❒○✓✔]")
_DATE = re.compile(r"\b(ngày|tháng|năm)\s+(?=tháng\b|năm\b|\d{1,4}\b|,|$)", re.IGNORECASE)
_NOTE = re.compile(r"(?<=[a-zà-ỹđ])\d{1,3}\b")
_WORD = re.compile(r"[^\W\d_]+|\d+")
_LABEL = re.compile(r"([^:.…_;\n|]{4,90}):")
_PIECE = struct.Struct(">Q")


@dataclass(frozen=True)
class Piece:
    """Words printed without a blank between them: as shown, and each folded."""

    shown: str
    words: tuple[str, ...]


@dataclass(frozen=True)
class FormWords:
    """The fixed words of a blank form, piece by piece."""

    pieces: tuple[Piece, ...]

    @cached_property
    def marks(self) -> frozenset[int]:
        """Return what tells the form: its runs of words, hashed."""
        return frozenset(mark for piece in self.pieces for mark in _marks(piece.words, longest_only=True))

    @cached_property
    def run(self) -> frozenset[int]:
        """Return the marks of its words read through, as if nothing parted them."""
        return frozenset(_marks([word for piece in self.pieces for word in piece.words], longest_only=False))

    @cached_property
    def sketch(self) -> bytes:
        """Return the smallest marks packed, at most ``SKETCH``."""
        return b"".join(_PIECE.pack(mark) for mark in sorted(self.marks)[:SKETCH])

    @cached_property
    def sha256(self) -> str:
        """Return a name for the fixed words; two forms of one name cannot be told apart by them."""
        return hashlib.sha256(b"".join(_PIECE.pack(mark) for mark in sorted(self.marks))).hexdigest()


@dataclass(frozen=True)
class Change:
    """A stretch of fixed words: ``kind`` is ``same``, ``gone`` or ``new``."""

    kind: str
    text: str


def form_words(text: str) -> FormWords:
    """Return the fixed words of a blank form's text."""
    return FormWords(tuple(piece for piece in map(_piece, _cut(text)) if piece.words))


def held_marks(text: str) -> frozenset[int]:
    """Return every mark that a file holds, however it is filled and wherever its lines end."""
    return frozenset(_marks(_words(text), longest_only=False))


def sketched(sketch: bytes, held: frozenset[int]) -> float:
    """Return about which part of a form's marks a file holds (0 to 1), told from the sample."""
    if not sketch:
        return 0.0
    marks = [mark for (mark,) in _PIECE.iter_unpack(sketch)]
    return len(held.intersection(marks)) / len(marks)


def part_held(form: FormWords, held: frozenset[int]) -> float:
    """Return which part of a form's marks a file holds, 0 to 1."""
    return len(form.marks & held) / len(form.marks) if form.marks else 0.0


def alike(one: FormWords, other: FormWords) -> float:
    """Return how alike two blank forms are, 0 to 1 (Jaccard)."""
    both = len(one.marks | other.marks)
    return len(one.marks & other.marks) / both if both else 0.0


def leaning(one: FormWords, other: FormWords, held: frozenset[int]) -> float | None:
    """Return how far a file speaks for ``one`` against ``other``: 1 wholly, 0 wholly for the other.

    None where nothing in their words tells them apart (a blank more or less does not).
    """
    mine, theirs = one.marks - other.run, other.marks - one.run
    if not mine and not theirs:
        return None
    return (len(mine & held) + len(theirs - held)) / (len(mine) + len(theirs))


def missing(form: FormWords, held: frozenset[int], text: str) -> tuple[str, ...]:
    """Return the pieces of a form, as printed, that a file does not hold word for word.

    A PDF may glue words together or part them: what stands there letter for letter is not missing.
    """
    there = letters(text)
    return tuple(
        piece.shown
        for piece in form.pieces
        if len(piece.words) > 1
        and not held.issuperset(_marks(piece.words, longest_only=True))
        and "".join(piece.words) not in there
    )


def letters(text: str) -> str:
    """Return the words of a text folded and without anything between them."""
    return "".join(_words(text))


def labels_added(form: FormWords, text: str, beside: str = "") -> tuple[str, ...]:
    """Return labels (words before a colon) of a file that are not the form's: signs of another edition.

    ``beside`` is what stands around the form where it was issued: running headers, notes.
    """
    pieces = {piece.words for piece in form.pieces}
    known = form.run | held_marks(beside)
    found = []
    for match in _LABEL.finditer(clean_lines(text)):
        label = " ".join(match[1].split())
        words = [word for word in _words(label) if word.isalpha()]
        runs = [_hash(" ".join(pair)) for pair in pairwise(words)]
        # what was filled in before a label stands in one line with it
        if any(tuple(words[at:]) in pieces for at in range(len(words))):
            continue
        if 1 < len(words) <= _LONGEST_LABEL and 3 * sum(run in known for run in runs) < len(runs):
            found.append(label)
    return tuple(dict.fromkeys(found))


def changes(old: FormWords, new: FormWords) -> tuple[Change, ...]:
    """Return what differs between two blank forms, each stretch between a few words that stayed."""
    before, after = _shown(old), _shown(new)
    if len(before) + len(after) > _MOST_COMPARED:
        before, after = [piece.shown for piece in old.pieces], [piece.shown for piece in new.pieces]
    matcher = SequenceMatcher(
        None, [fold(word) or word for word in before], [fold(word) or word for word in after], autojunk=False
    )
    found: list[Change] = []
    for group in matcher.get_grouped_opcodes(4):
        if found:
            found.append(Change("same", "[…]"))
        for kind, one, two, three, four in group:
            if kind == "equal":
                found.append(Change("same", " ".join(before[one:two])))
                continue
            found.extend(Change("gone", " ".join(before[one:two])) for _ in range(two > one))
            found.extend(Change("new", " ".join(after[three:four])) for _ in range(four > three))
    return tuple(found)


def clean_lines(text: str) -> str:
    """Return text with its lines kept, each NFC and with single blanks."""
    return "\n".join(clean(line) for line in text.split("\n"))


def _cut(text: str) -> Iterator[str]:
    for line in clean_lines(text).split("\n"):
        # «ngày tháng năm» is a date to be filled, although nothing is printed between its words
        yield from _BLANK.split(_DATE.sub(r"\1…", line))


def _piece(shown: str) -> Piece:
    return Piece(" ".join(shown.split()), _words(shown))


def _words(text: str) -> tuple[str, ...]:
    return tuple(word for word in _WORD.findall(_plain(text)) if len(word) > 1)


def _plain(text: str) -> str:
    return " ".join(fold(_NOTE.sub("", line)) for line in text.split("\n"))


def _shown(form: FormWords) -> list[str]:
    return [word for piece in form.pieces for word in (*piece.shown.split(), "…")]


def _marks(words: Sequence[str], *, longest_only: bool) -> Iterable[int]:
    """Yield the runs of words: of three (of two where a piece has but two), or of both lengths."""
    lengths = (min(LONGEST, len(words)),) if longest_only else (2, LONGEST)
    for length in lengths:
        if length > 1:
            for at in range(len(words) - length + 1):
                yield _hash(" ".join(words[at : at + length]))


def _hash(words: str) -> int:
    return int.from_bytes(hashlib.blake2b(words.encode(), digest_size=8).digest(), "big")
