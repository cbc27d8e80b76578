"""The real procedures as entries of the index, read as the importer reads them."""

from __future__ import annotations

from functools import cache
from pathlib import Path

from qms.formats.reader import read
from qms.model.enums import DocumentType
from qms.model.search import IndexEntry


@cache
def real_entries(data: Path) -> tuple[IndexEntry, ...]:
    """Return the procedures of the real data; the title of a file that shows none is its name."""
    paths = sorted((data / "procedures").glob("*.docx"))
    return tuple(_entry(number, path) for number, path in enumerate(paths))


def _entry(number: int, path: Path) -> IndexEntry:
    reading = read(path.read_bytes(), path.name)
    anatomy = reading.anatomy
    return IndexEntry(
        document_id=f"real{number:04d}",
        sequence=1,
        codes=(anatomy.code,) if anatomy.code else (),
        title=anatomy.title or path.stem,
        type=DocumentType.PROCEDURE,
        headings=tuple(section.title for section in anatomy.sections),
        forms=anatomy.forms,
        body=reading.plain,
        source_file=path.name,
    )
