"""One state of the index opened for reading: who is who, postings read whole, and what was read before.

A state never changes; when another process has written, a new snapshot takes its place and with it all caches.
"""

from __future__ import annotations

from array import array
from bisect import bisect_left
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from functools import cached_property
from typing import Any

from whoosh.reading import TermNotFound

from qms.model.search import RevisionKey, RevisionSet
from qms.stores.index.damage import reading
from qms.stores.index.letters import begins
from qms.stores.index.question import Term
from qms.stores.index.ranking import CURVES, impacts

POSTINGS_KEPT = 2_000_000
"""How many postings are remembered, 8 bytes each."""
SETS_KEPT = 16
"""For how many days the numbers of the allowed revisions are remembered."""
CODES_NAMED = 200
"""A beginning that more codes share is no code."""

Postings = tuple["array[int]", "array[float]"]


class Snapshot:
    """The documents of one state by number, and the postings of their terms."""

    def __init__(self, reader: Any) -> None:
        self._reader = reader
        self._leaves: list[tuple[Any, int]] = list(reader.leaf_readers()) if reader.doc_count_all() else []
        with reading():
            self.keys: dict[int, RevisionKey] = dict(self._read_keys())
        self._numbers = {key: number for number, key in self.keys.items()}
        self._postings: OrderedDict[Term, Postings] = OrderedDict()
        self._kept = 0
        self._sets: OrderedDict[str, frozenset[int]] = OrderedDict()

    def close(self) -> None:
        """Let go of the files."""
        self._reader.close()

    @cached_property
    def everything(self) -> frozenset[int]:
        """The numbers of all revisions."""
        return frozenset(self.keys)

    def allowed(self, within: RevisionSet) -> frozenset[int]:
        """Return the numbers of the revisions of a set, translated once for each token."""
        known = self._sets.get(within.token)
        if known is None:
            numbers = self._numbers
            known = frozenset(numbers[key] for key in within.keys if key in numbers)
            self._sets[within.token] = known
            if len(self._sets) > SETS_KEPT:
                self._sets.popitem(last=False)
        return known

    def holders(self, term: Term) -> array[int]:
        """Return the numbers of the documents that hold a term."""
        return self.impacts(term)[0]

    def impacts(self, term: Term) -> Postings:
        """Return the documents that hold a term and what it is worth in each; keys are worth one."""
        known = self._postings.get(term)
        if known is not None:
            self._postings.move_to_end(term)
            return known
        numbers, counts = self._read(term)
        curve = CURVES.get(term[0])
        if curve is not None:
            norms = self._title_norms if term[0] == "title" else self._text_norms
            counts = impacts(counts, numbers, norms, curve, len(self.keys))
        self._remember(term, (numbers, counts))
        return numbers, counts

    def codes_like(self, start: str) -> Sequence[Term]:
        """Return the codes and instruments that begin as typed."""
        found: list[Term] = []
        for field, keys in self._code_keys.items():
            for key in keys[bisect_left(keys, start) :]:
                if not key.startswith(start) or len(found) >= CODES_NAMED:
                    break
                if begins(key, start):
                    found.append((field, key))
        return found

    def body(self, number: int) -> tuple[str, str]:
        """Return the text of a document, and the same folded."""
        with reading():
            stored = self._reader.stored_fields(number)
            return stored["body"], stored["bare"]

    @cached_property
    def _code_keys(self) -> dict[str, list[str]]:
        with reading():
            return {
                field: sorted({term.decode() for leaf, _ in self._leaves for term in leaf.lexicon(field)})
                for field in ("code", "cites")
            }

    @cached_property
    def _text_norms(self) -> array[float]:
        return self._norms("text")

    @cached_property
    def _title_norms(self) -> array[float]:
        return self._norms("title")

    def _norms(self, field: str) -> array[float]:
        with reading():
            lengths = array(
                "f",
                (
                    leaf.doc_field_length(number, field, 0) or 0
                    for leaf, _ in self._leaves
                    for number in range(leaf.doc_count_all())
                ),
            )
        mean = sum(lengths) / (len(lengths) or 1) or 1.0
        return array("f", (length / mean for length in lengths))

    def _read_keys(self) -> Iterator[tuple[int, RevisionKey]]:
        for leaf, offset in self._leaves:
            column = leaf.column_reader("key")
            for number in range(leaf.doc_count_all()):
                if not leaf.is_deleted(number):
                    document_id, _, sequence = column[number].partition("/")
                    yield offset + number, (document_id, int(sequence))

    def _read(self, term: Term) -> Postings:
        numbers, counts = array("I"), array("f")
        with reading():
            for leaf, offset in self._leaves:
                for number, count in _postings(leaf, term):
                    numbers.append(number + offset)
                    counts.append(count)
        return numbers, counts

    def _remember(self, term: Term, postings: Postings) -> None:
        self._postings[term] = postings
        self._kept += len(postings[0]) + 20
        while self._kept > POSTINGS_KEPT and len(self._postings) > 1:
            _, dropped = self._postings.popitem(last=False)
            self._kept -= len(dropped[0]) + 20


def _postings(leaf: Any, term: Term) -> Iterator[tuple[int, float]]:
    try:
        matcher = leaf.postings(*term)
    except TermNotFound:
        return
    while matcher.is_active():
        yield matcher.id(), matcher.weight()
        matcher.next()
