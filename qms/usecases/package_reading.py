"""Reading packages: files are read a few at a time by a job, so that an interruption loses nothing that was read.

Two moves, as in deriving: ``prepare`` reads and writes nothing, ``settle`` writes what was made of it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import PurePath

from sqlalchemy import select

from qms.model.enums import ImportStatus
from qms.model.package import Package, PackageFile, PackageFileState
from qms.model.permissions import Act
from qms.usecases import acts, contents
from qms.usecases.candidates import Candidate, Source, examine
from qms.usecases.package_rows import load, remembered
from qms.usecases.ports import Work

AT_ONCE = 8
"""So many files are read before they are written down."""


@dataclass(frozen=True)
class FileRead:
    """What came of one file: what its row keeps of it, or why it was refused."""

    file_id: int
    reading: str = ""
    reason: str = ""


def prepare(work: Work) -> tuple[FileRead, ...]:
    """Read the files that have waited longest and write nothing."""
    work.allow(Act.MAINTAIN)
    rows = work.session.execute(
        select(PackageFile.id, PackageFile.name)
        .join(Package)
        .where(PackageFile.state == PackageFileState.WAITING, Package.closed_at.is_(None))
        .order_by(PackageFile.id)
        .limit(AT_ONCE)
    ).all()
    scans: dict[int, Candidate] = {}
    for key, name in rows:
        if (scan := _scan(load(work, key), name)) is not None:
            scans[key] = scan
    papers = [(key, Source(name, partial(load, work, key))) for key, name in rows if key not in scans]
    read = examine(work, [source for _, source in papers])
    found: dict[int, Candidate] = scans | {
        key: candidate for (key, _), candidate in zip(papers, read, strict=True)
    }
    return tuple(_told(key, found[key]) for key, _ in rows)


def settle(work: Work, read: Sequence[FileRead]) -> int:
    """Write down what was read and return how many files that was."""
    work.allow(Act.MAINTAIN)
    found = {one.file_id: one for one in read}
    files = work.session.scalars(
        select(PackageFile).where(PackageFile.id.in_(found), PackageFile.state == PackageFileState.WAITING)
    )
    for file in files:
        one = found[file.id]
        file.reading, file.reason = one.reading, one.reason
        file.state = PackageFileState.READ if one.reading else PackageFileState.UNREADABLE
    work.commit()
    return len(read)


def _told(file_id: int, candidate: Candidate) -> FileRead:
    if candidate.format is None:
        return FileRead(file_id, reason=candidate.warnings[0].message)
    return FileRead(file_id, reading=remembered(candidate))


def _scan(data: bytes, name: str) -> Candidate | None:
    """Return a PDF or a picture as what it is: content that nobody can read but a person."""
    if len(data) > acts.SCAN_BYTES:
        return None
    suffix = next((ending for ending, head in acts.SCAN_TYPES.items() if data.startswith(head)), None)
    if suffix is None:
        return None
    source = Source(PurePath(name).name, lambda: data)
    return Candidate(
        source=source,
        status=ImportStatus.IMPORTED,
        format=contents.SCANNED.format,
        warnings=contents.SCANNED.warnings,
        scan_suffix=suffix.removeprefix("."),
    )
