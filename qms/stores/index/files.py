"""How Whoosh is made to keep bags of terms: its schema, the postings of a batch in memory, when to merge.

The name of the index carries the version of what is kept. Files under another name are another version's.
Whoosh's own analysers, scoring and query parser are not used: postings are read whole and scored in
``ranking``, which takes a tenth of the time (``docs/benchmarks.md``).
"""

from __future__ import annotations

from array import array
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh.codec.whoosh3 import W3Codec
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

from qms.stores.index.bags import Bag

FAMILY = "qms"
VERSION = 1
INDEX_NAME = f"{FAMILY}{VERSION}"

SMALL = 400
"""Segments of at least so many revisions are left alone."""
CROWD = 8
"""So many small segments are made one."""


class TermBag(fields.FieldType):  # type: ignore[misc]
    """A field that is handed its terms counted, and keeps them with their counts."""

    def __init__(self, scorable: bool = False) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = scorable
        self.stored = False
        self.unique = False
        self.vector = None
        self.spelling = False
        self.column_type = None

    def index(self, value: Bag, **_options: object) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Yield each term with its count as frequency and weight."""
        for term, count in value.items():
            yield term.encode(), count, float(count), b""


class LeanCodec(W3Codec):  # type: ignore[misc]
    """Whoosh's codec without the lengths beside each posting, which nobody reads and which take half the time."""

    length_stats = False


class BatchPostings:
    """The postings of one batch as numbers in memory, instead of a sorted file of pickled tuples.

    Documents come in ascending order, so each list is in order as it is. Takes the place of Whoosh's pool.
    """

    def __init__(self) -> None:
        self._lists: dict[tuple[str, bytes], tuple[array[int], array[float]]] = {}
        self.fieldnames: set[str] = set()

    def add(self, item: tuple[str, bytes, int, float, bytes]) -> None:
        """Take one posting: field, term, document number, weight and nothing."""
        name, term, number, weight, _ = item
        lists = self._lists.get((name, term))
        if lists is None:
            lists = self._lists[name, term] = (array("I"), array("f"))
            self.fieldnames.add(name)
        lists[0].append(number)
        lists[1].append(weight)

    def iter_postings(self) -> Iterator[tuple[str, bytes, int, float, bytes]]:
        """Yield all postings by field, term and document."""
        for name, term in sorted(self._lists):
            numbers, weights = self._lists[name, term]
            for number, weight in zip(numbers, weights, strict=True):
                yield name, term, number, weight, b""

    def cleanup(self) -> None:
        """Let go of the memory."""
        self._lists.clear()


class CarefulStorage(FileStorage):  # type: ignore[misc]
    """A folder of index files that can close what was opened, which Whoosh forgets where reading fails.

    Files are read in place: mapped, Whoosh would copy every segment into memory.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder), supports_mmap=False)
        self._opened: list[Any] = []

    def open_file(self, name: str, **options: object) -> Any:
        """Open a file for reading."""
        file = super().open_file(name, **options)
        self._opened.append(file)
        return file

    def close_opened(self) -> None:
        """Close every file that is still open."""
        for file in self._opened:
            if not file.is_closed:
                file.close()
        self._opened.clear()


def schema() -> Any:
    """Return what is kept of a revision: its key, its text for passages, and the bags."""
    return fields.Schema(
        key=fields.ID(sortable=columns.VarBytesColumn()),
        body=fields.STORED(),
        bare=fields.STORED(),
        text=TermBag(scorable=True),
        title=TermBag(scorable=True),
        **{name: TermBag() for name in ("mark", "pair", "code", "cites", "unit", "type")},
    )


def merge_crowds(writer: Any, segments: list[Any]) -> list[Any]:
    """Keep segments few: drop the empty ones, make small ones that are many and mostly deleted ones anew."""
    alive = [segment for segment in segments if segment.doc_count()]
    holed = [segment for segment in alive if segment.deleted_count() * 2 > segment.doc_count_all()]
    small = [segment for segment in alive if segment.doc_count() < SMALL]
    merged = {segment.segment_id(): segment for segment in [*holed, *(small if len(small) >= CROWD else [])]}
    for segment in merged.values():
        reader = SegmentReader(writer.storage, writer.schema, segment)
        writer.add_reader(reader)
        reader.close()
    return [segment for segment in alive if segment.segment_id() not in merged]
