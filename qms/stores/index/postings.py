"""How postings get into the files of a segment: lists of numbers in memory, each written in one stroke.

The files are those of Whoosh's own codec and are read by it. Its writer takes postings one by one through five
calls, and compresses every list however short; here a term costs one call, which makes indexing twice as fast.
"""

from __future__ import annotations

import struct
import zlib
from array import array
from collections.abc import Iterator, Mapping
from itertools import pairwise
from pickle import dumps
from typing import Any

from whoosh.codec.whoosh3 import WHOOSH3_HEADER_MAGIC, W3Codec, W3FieldWriter

BLOCK = 2048
"""So many postings are one block of a list."""
WORTH_COMPRESSING = 200
"""Bytes; a shorter block gains nothing."""

_PROTOCOL = 2
_TERM_INFO = struct.Struct("!BfIBBfIIqi")
"""Whoosh's ``W3TermInfo``: flags, weight, documents, lengths (none kept), greatest weight, first, last, extent."""
_FIELD = struct.Struct("!H")
_INT = struct.Struct("!i")

Numbers = tuple["array[int]", "array[float]"]


class BatchPostings:
    """The postings of one batch as numbers in memory, instead of a sorted file of pickled tuples.

    Documents come in ascending order, so each list is in order as it is. Takes the place of Whoosh's pool.
    """

    def __init__(self) -> None:
        self._fields: dict[str, dict[bytes, Numbers]] = {}

    @property
    def fieldnames(self) -> set[str]:
        """The fields that have postings, as Whoosh asks for them."""
        return set(self._fields)

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting: field, term, document number, weight and nothing."""
        name, term, number, weight, _ = item
        numbers, weights = self._fields.setdefault(name, {}).setdefault(term, (array("I"), array("f")))
        numbers.append(number)
        weights.append(weight)

    def add_bag(self, name: str, bag: Mapping[str, int], number: int) -> None:
        """Take all terms of a document's field with their counts."""
        terms = self._fields.setdefault(name, {})
        for word, count in bag.items():
            term = word.encode()
            lists = terms.get(term)
            if lists is None:
                lists = terms[term] = (array("I"), array("f"))
            lists[0].append(number)
            lists[1].append(count)

    def iter_postings(self) -> Iterator[tuple[str, Iterator[tuple[bytes, Numbers]]]]:
        """Yield the fields in order, each with its terms in order and their lists."""
        for name in sorted(self._fields):
            yield name, iter(sorted(self._fields[name].items()))

    def cleanup(self) -> None:
        """Let go of the memory."""
        self._fields.clear()


class LeanCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec without the lengths beside each posting, which nobody reads and which take half the time."""

    length_stats = False

    def field_writer(self, storage: Any, segment: Any) -> LeanFieldWriter:
        """Return what writes the terms and postings of a segment."""
        return LeanFieldWriter(self, storage, segment)


class LeanFieldWriter(W3FieldWriter):  # type: ignore[misc]
    """Writes the postings of a batch list by list."""

    def add_postings(
        self, schema: Any, _lengths: object, items: Iterator[tuple[str, Iterator[tuple[bytes, Numbers]]]]
    ) -> None:
        """Write the fields of a batch."""
        for name, terms in items:
            self.start_field(name, schema[name])
            field = _FIELD.pack(self._fieldid)
            for term, (numbers, weights) in terms:
                self._tindex.add(field + term, self._written(numbers, weights))
            self.finish_field()

    def _written(self, numbers: array[int], weights: array[float]) -> bytes:
        file, size = self._postfile, len(numbers)
        start = file.tell()
        file.write(WHOOSH3_HEADER_MAGIC)
        for first in range(0, size, BLOCK):
            block = _block(numbers[first : first + BLOCK], weights[first : first + BLOCK])
            last = first + BLOCK >= size
            file.write(_INT.pack(-len(block) if last else len(block)) + block)
        return _TERM_INFO.pack(
            0,
            sum(weights),
            size,
            0,
            0,
            max(weights),
            numbers[0],
            numbers[-1],
            start,
            file.tell() - start,
        )


def _block(numbers: array[int], weights: array[float]) -> bytes:
    """A block as Whoosh reads it: the facts about it, then steps between numbers, weights and no values."""
    steps = [numbers[0], *(later - sooner for sooner, later in pairwise(numbers))]
    most = max(weights)
    alike: object = tuple(weights) if most != min(weights) else None if most == 1.0 else most
    data = dumps((tuple(steps), alike, None), _PROTOCOL)
    # a short block is wrapped all the same: the checksum tells of spoiled bytes
    packed = zlib.compress(data, 3 if len(data) >= WORTH_COMPRESSING else 0)
    return dumps((len(numbers), numbers[-1], most, 3, 0, 0), _PROTOCOL) + packed
