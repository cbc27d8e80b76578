"""Reading a question as people type it: which words count, which belong together, what may be a code.

Pure: what is known to be a code is told by the engine. A ``Question`` is made of groups; a document answers a
group when all terms of one of its ways are there, and answers the question well when it answers every group.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise

from qms.stores.index.letters import WORD, code_key, compose, fold, runs

Term = tuple[str, str]
"""A field of the index and a folded text in it."""

WORD_SIZE = 2
"""Most words of the language are two syllables."""
CODE_WINDOW = 4
"""A code is typed in at most so many pieces: ``QT 01 / CX``."""


@dataclass(frozen=True)
class Group:
    """One thing asked for; each way is a set of terms that must all be there.

    ``size`` counts syllables, two at most: one is rarely a word.
    """

    ways: tuple[tuple[Term, ...], ...]
    size: int = 1


@dataclass(frozen=True)
class Question:
    """What a text asks for: groups that should be answered, weighted terms that order the answers."""

    groups: tuple[Group, ...] = ()
    weights: tuple[tuple[Term, float], ...] = ()
    names: tuple[Term, ...] = ()
    """Neighbours that, in a title, say that the document is about what is asked."""
    shown: tuple[str, ...] = ()
    """The words to mark in a passage, as typed."""


@dataclass(frozen=True)
class Weights:
    """How much a term counts where it is found (tried on real questions, see ``docs/benchmarks.md``)."""

    word: float = 0.3
    exact: float = 0.3
    pair: float = 1.0
    title: float = 1.0
    title_pair: float = 2.0
    genre: float = 0.25
    code: float = 40.0
    citation: float = 6.0


WEIGHTS = Weights()

KnownCodes = Callable[[str], Sequence[Term]]
"""Tells which codes and instruments of the index begin as a key does."""


def read_question(text: str, known: KnownCodes) -> Question:
    """Read a text; every text is a question, an odd one asks for little."""
    pieces = compose(text).split()
    groups: list[Group] = []
    weights: list[tuple[Term, float]] = []
    words: list[list[str]] = [[]]
    shown: list[str] = []
    place = 0
    while place < len(pieces):
        size, terms = _code_at(pieces, place, known)
        if size:
            piece = " ".join(pieces[place : place + size])
            groups.append(_code_group(piece, terms))
            weights += [(term, _code_weight(term, code_key(piece))) for term in terms]
            shown += WORD.findall(piece)
            words.append([])
        else:
            words[-1].append(pieces[place])
        place += size or 1
    for stretch in words:
        more = _Stretch(" ".join(stretch))
        groups += more.groups()
        weights += more.weights()
        shown += more.shown()
    names = [term for term, weight in weights if term[0] == "title" and weight == WEIGHTS.title_pair]
    return Question(tuple(groups), tuple(weights), tuple(names), tuple(dict.fromkeys(shown)))


def _code_at(pieces: Sequence[str], place: int, known: KnownCodes) -> tuple[int, Sequence[Term]]:
    for size in range(min(CODE_WINDOW, len(pieces) - place), 0, -1):
        window = " ".join(pieces[place : place + size])
        key = code_key(window)
        if _may_be_code(window, key) and (terms := known(key)):
            return size, terms
    return 0, ()


def _may_be_code(window: str, key: str) -> bool:
    """At least two groups with a number among them; one that begins with a number is written in one piece."""
    if " " not in key or not window[-1].isalnum() or not any(char.isdigit() for char in key):
        return False
    return not key[0].isdigit() or any(mark in window for mark in "/.-")


def _code_weight(term: Term, typed: str) -> float:
    field, key = term
    weight = WEIGHTS.code if field == "code" else WEIGHTS.citation
    return weight * 2 if key == typed else weight


def _code_group(piece: str, terms: Sequence[Term]) -> Group:
    mention = tuple(("pair", pair) for pair in pairs(piece))
    ways: list[tuple[Term, ...]] = [(term,) for term in terms]
    if mention and all(field == "cites" for field, _ in terms):
        ways.append(mention)  # an instrument is also found where its number stands in the text unread
    return Group(tuple(ways), WORD_SIZE)


def pairs(text: str) -> list[str]:
    """Return the folded neighbours in a text, those that punctuation parts left out."""
    return [f"{a} {b}" for run in runs(fold(text)) for a, b in pairwise(run)]


class _Stretch:
    """A stretch of words without a code in it."""

    def __init__(self, text: str) -> None:
        self._runs = list(runs(text))
        self._words = [word for run in self._runs for word in run]
        self._bare = all(fold(word) == word for word in self._words)
        self._asking = question_words(self._bare)
        self._sayings = list(_sayings_in(self._words, self._bare))
        self._content = [word for word in self._words if word not in self._asking] or self._words

    def groups(self) -> Iterator[Group]:
        said: set[str] = set()
        for saying, target in self._sayings:
            said.update(saying)
            literal = tuple(("text", fold(word)) for word in saying)
            yield Group((literal, _meaning(target)), WORD_SIZE)
        for word in dict.fromkeys(fold(word) for word in self._content if word not in said):
            yield Group(((("text", word),),))

    def shown(self) -> Iterator[str]:
        yield from self._content
        for _, target in self._sayings:
            yield from WORD.findall(target)

    def weights(self) -> Iterator[tuple[Term, float]]:
        genre = {word for pair in genre_pairs() for word in pair.split()}
        lone = all(fold(word) in genre for word in self._content)
        for word in dict.fromkeys(self._content):
            bare = fold(word)
            share = WEIGHTS.genre if bare in genre and not lone else 1.0
            yield ("text", bare), WEIGHTS.word * share
            yield ("title", bare), WEIGHTS.title * share
            if bare != word:
                yield ("mark", word), WEIGHTS.exact * share
        for pair in dict.fromkeys(self._pairs()):
            share = WEIGHTS.genre if pair in genre_pairs() and not lone else 1.0
            yield ("pair", pair), WEIGHTS.pair * share
            yield ("title", pair), WEIGHTS.title_pair * share

    def _pairs(self) -> Iterator[str]:
        for run in self._runs:
            for a, b in pairwise(run):
                if not (a in self._asking and b in self._asking):
                    yield f"{fold(a)} {fold(b)}"
        for _, target in self._sayings:
            yield from pairs(target)


def _meaning(target: str) -> tuple[Term, ...]:
    together = pairs(target)
    return tuple(("pair", pair) for pair in together) or (("text", fold(target)),)


def _sayings_in(words: Sequence[str], bare: bool) -> Iterator[tuple[tuple[str, ...], str]]:
    """Yield the longest saying from each place on, none inside another."""
    known, place = sayings(bare), 0
    longest = max(map(len, known), default=0)
    while place < len(words):
        for size in range(min(longest, len(words) - place), 0, -1):
            said = tuple(words[place : place + size])
            if said in known:
                yield said, known[said]
                place += size - 1
                break
        place += 1


@cache
def question_words(bare: bool) -> frozenset[str]:
    """Return the words that only ask; of a question without marks only those that mean nothing else."""
    lines = [line.split() for line in _lines("question_words.txt")]
    if bare:
        return frozenset(fold(line[0]) for line in lines if len(line) > 1)
    return frozenset(line[0] for line in lines)


@cache
def genre_pairs() -> frozenset[str]:
    """Return the folded pairs of words that nearly every paper holds."""
    return frozenset(fold(line) for line in _lines("genre_words.txt"))


@cache
def sayings(bare: bool) -> dict[tuple[str, ...], str]:
    """Return what people say and what the papers say instead; for a question without marks, folded."""
    known = {}
    for line in _lines("sayings.txt"):
        said, _, meant = line.partition(" = ")
        words = tuple(said.split())
        if not bare:
            known[words] = meant
        elif len(words) > 1 or said.isascii():
            known[tuple(fold(word) for word in words)] = meant
    return known


def _lines(name: str) -> list[str]:
    text = files("qms.stores.index").joinpath(name).read_text("utf-8")
    return [compose(line.strip()) for line in text.splitlines() if line.strip() and not line.startswith("#")]
