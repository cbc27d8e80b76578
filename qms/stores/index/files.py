"""How Whoosh is made to keep bags of terms: its schema, its files, when to merge.

The name of the index carries the version of what is kept. Files under another name are another version's.
Whoosh's own analysers, scoring and query parser are not used: postings are read whole and scored in
``ranking``, which takes a tenth of the time (``docs/benchmarks.md``).
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from whoosh import columns, fields, formats
from whoosh.filedb.filestore import FileStorage
from whoosh.reading import SegmentReader

FAMILY = "qms"
VERSION = 1
INDEX_NAME = f"{FAMILY}{VERSION}"

SMALL = 400
"""Segments of at least so many revisions are left alone."""
CROWD = 8
"""So many small segments are made one."""


class TermBag(fields.FieldType):  # type: ignore[misc]
    """A field that keeps terms with their counts, which ``BatchPostings`` is handed counted."""

    def __init__(self, scorable: bool = False) -> None:
        self.format = formats.Existence()
        self.analyzer = None
        self.scorable = scorable
        self.stored = False
        self.unique = False
        self.vector = None
        self.spelling = False
        self.column_type = None


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
