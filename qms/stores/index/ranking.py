"""Which documents answer a question, and in what order: whole postings, sets and sums.

``BM25`` by field over the catch-all, the marked words, the neighbours and the title. A short question is
answered by the documents that hold all of it, and by those that hold most of it and are named so; where nothing
holds all, and for a long question, by all that hold most.
"""

from __future__ import annotations

import heapq
from array import array
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence, Set
from dataclasses import dataclass
from math import log
from typing import NamedTuple, Protocol

from qms.model.search import RevisionKey
from qms.stores.index.question import WORD_SIZE, Group, Question, Term

SHORT = 4
"""So many groups are still a search for all of them; more is a question."""
MOST = 0.6
"""The share of what was asked that "most" means, or of the most that anything holds; never half a word."""


@dataclass(frozen=True)
class Curve:
    """How the count of a term weighs in a field: ``length`` is BM25's b, ``saturation`` its k1."""

    length: float
    saturation: float


CURVES = {
    "text": Curve(0.5, 3.0),
    "mark": Curve(0.5, 3.0),
    "pair": Curve(0.5, 3.0),
    "title": Curve(0.75, 1.2),
}
"""Fields that are not here are keys: there or not there."""


class Shelf(Protocol):
    """What ranking needs of an engine."""

    @property
    def keys(self) -> Mapping[int, RevisionKey]:
        """Who is who: the documents by number."""

    def holders(self, term: Term) -> array[int]:
        """Return the numbers of the documents that hold a term."""

    def impacts(self, term: Term) -> tuple[array[int], array[float]]:
        """Return the documents that hold a term and what it is worth in each."""


@dataclass(frozen=True)
class Ranked:
    """How many documents answer, and the best of them with their scores."""

    total: int
    best: tuple[tuple[int, float], ...] = ()


class Asked(NamedTuple):
    """A group of the question, with the documents that answer it."""

    holders: set[int]
    size: int


def rank(question: Question, shelf: Shelf, allowed: Set[int], limit: int) -> Ranked:
    """Return the documents among ``allowed`` that answer the question, best first."""
    if not question.groups:
        return Ranked(0)
    asked = [Asked(_holders(group, shelf) & allowed, group.size) for group in question.groups]
    answering = _answering(asked, _named(question, shelf) & allowed)
    scores = _scores(question, shelf, answering)
    for number, share in answering.items():
        scores[number] *= share
    # equals in the order of their keys: their numbers are those of one building of the index
    best = heapq.nsmallest(limit, scores.items(), key=lambda item: (-item[1], shelf.keys[item[0]]))
    return Ranked(len(scores), tuple(best))


def impacts(
    counts: Iterable[float], numbers: array[int], norms: array[float], curve: Curve, size: int
) -> array[float]:
    """Return BM25's worth of a term in each document; ``norms`` are lengths over the mean length."""
    idf = log(1 + (size - len(numbers) + 0.5) / (len(numbers) + 0.5))
    flat, slope = curve.saturation * (1 - curve.length), curve.saturation * curve.length
    gain = idf * (curve.saturation + 1)
    return array(
        "f",
        (
            gain * count / (count + flat + slope * norms[number])
            for number, count in zip(numbers, counts, strict=True)
        ),
    )


def _holders(group: Group, shelf: Shelf) -> set[int]:
    found: set[int] = set()
    for way in group.ways:
        found |= set.intersection(*(set(shelf.holders(term)) for term in way))
    return found


def _named(question: Question, shelf: Shelf) -> set[int]:
    """The documents whose title holds a word of two syllables that was asked for."""
    return {number for term in question.names for number in shelf.holders(term)}


def _answering(asked: Sequence[Asked], named: Set[int]) -> dict[int, float]:
    """The documents that answer, with the share of what was asked that they hold."""
    whole = set.intersection(*(group.holders for group in asked))
    total = sum(group.size for group in asked)
    held: Counter[int] = Counter()
    if whole and len(asked) <= SHORT:
        for group in asked:
            held.update(dict.fromkeys((named - whole) & group.holders, group.size))
        near = {number: size / total for number, size in held.items() if size >= total * MOST}
        return dict.fromkeys(whole, 1.0) | near
    for group in asked:
        held.update(dict.fromkeys(group.holders, group.size))
    least = max(MOST * max(held.values(), default=0), min(WORD_SIZE, total))
    return {number: size / total for number, size in held.items() if size >= least}


def _scores(question: Question, shelf: Shelf, answering: Iterable[int]) -> dict[int, float]:
    scores = dict.fromkeys(answering, 0.0)
    for term, weight in question.weights:
        numbers, worth = shelf.impacts(term)
        for number, value in zip(numbers, worth, strict=True):
            if number in scores:
                scores[number] += weight * value
    return scores
