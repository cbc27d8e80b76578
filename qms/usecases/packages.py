"""Packages: files handed in together are kept, placed against what is in control, and recorded by one decision."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePath
from typing import Any

from sqlalchemy import func, select, update
from sqlalchemy.orm import selectinload

from qms.model.document import Document
from qms.model.enums import DocumentType, ImportStatus
from qms.model.ids import clean, new_id
from qms.model.issuance import Issuance
from qms.model.organisation import Unit
from qms.model.package import (
    Package,
    PackageChoice,
    PackageFile,
    PackageFileState,
    PackageStanding,
)
from qms.model.permissions import Act, Subject
from qms.usecases import acts, lookups, taking
from qms.usecases import package_files as held
from qms.usecases.package_files import Handed
from qms.usecases.package_rows import Row, load, rows_of
from qms.usecases.ports import Work

_TYPED = ("code", "title", "issuer", "issue_number")


@dataclass(frozen=True)
class PackageLine:
    """One package in the list of packages."""

    id: str
    name: str
    created_at: datetime
    created_by: str
    closed: bool
    files: int
    left: int


@dataclass(frozen=True)
class AbsentLine:
    """A document of the same issuer that is in control but was not in the package."""

    document_id: str
    code: str
    title: str
    issuer: str


@dataclass(frozen=True)
class PackagePage:
    """A package with its matrix, what it lacks, and the decisions by which its files were recorded."""

    id: str
    name: str
    unit: str
    created_at: datetime
    created_by: str
    closed: bool
    rows: tuple[Row, ...]
    absent: tuple[AbsentLine, ...]
    issuances: tuple[tuple[str, str], ...]

    def standing(self, *wanted: PackageStanding) -> list[Row]:
        """Return the rows that stand so."""
        return [row for row in self.rows if row.standing in wanted]

    @property
    def waiting(self) -> int:
        """Return how many files are still to be read."""
        return len(self.standing(PackageStanding.WAITING))

    @property
    def ready(self) -> list[Row]:
        """Return the rows that go into control by the next decision."""
        return [row for row in self.rows if row.ready]


@dataclass(frozen=True)
class FilePage:
    """One file of a package: its row, and what a person typed over its cover."""

    package: str
    package_name: str
    closed: bool
    row: Row
    typed: Mapping[str, Any]
    kept: bool


def listing(work: Work) -> list[PackageLine]:
    """Return the packages, latest first."""
    work.allow(Act.IMPORT)
    unsettled = PackageFile.state.in_(
        (PackageFileState.WAITING, PackageFileState.READ, PackageFileState.UNREADABLE)
    )
    rows = work.session.execute(
        select(Package, func.count(PackageFile.id), func.count(PackageFile.id).filter(unsettled))
        .outerjoin(PackageFile)
        .group_by(Package.id)
        .order_by(Package.created_at.desc(), Package.id)
    )
    return [
        PackageLine(p.id, p.name, p.created_at, p.created_by, p.closed_at is not None, files, left)
        for p, files, left in rows
    ]


def units(work: Work) -> list[tuple[str, str]]:
    """Return the units that may be given a package: key and name, the agency first."""
    work.allow(Act.IMPORT)
    found = work.session.scalars(select(Unit).where(Unit.ends.is_(None)).order_by(Unit.parent_id, Unit.name))
    return [(unit.key, unit.name) for unit in found]


def begin(work: Work, handed: Sequence[Handed], unit: str | None = None) -> str:
    """Keep files as a new package, to be read by the next job, and return its id."""
    work.allow(Act.IMPORT)
    if not handed:
        raise acts.NothingChosen
    sources = held.sources_of(work, handed)
    home = lookups.unit(work, unit)
    work.allow(Act.IMPORT, Subject(home.id))
    name = handed[0].name if len(handed) == 1 else f"{len(handed)} tệp ({handed[0].name} ...)"
    package = Package(
        id=new_id(),
        name=clean(name)[:200],
        unit_id=home.id,
        created_at=work.now,
        created_by=work.actor.name,
        outcome={},
    )
    work.session.add(package)
    work.session.flush()
    count = held.keep(work, package, sources)
    work.record("package_begin", package.id, files=count)
    work.commit()
    return package.id


def add(work: Work, package_id: str, handed: Sequence[Handed]) -> int:
    """Keep more files in a package; what lies in it already is not kept twice."""
    work.allow(Act.IMPORT)
    sources = held.sources_of(work, handed)
    package = held.package_of(work, package_id)
    package.require_open()
    count = held.keep(work, package, sources)
    work.record("package_add", package.id, files=count)
    work.commit()
    return count


def page(work: Work, package_id: str) -> PackagePage:
    """Return a package as it stands now against what is in control."""
    work.allow(Act.IMPORT)
    package = held.package_of(work, package_id)
    home = held.home_of(work, package)
    rows = rows_of(work, home, package.files)
    numbers = select(Issuance.id, Issuance.number).where(
        Issuance.id.in_({row.issuance_id for row in rows if row.issuance_id})
    )
    return PackagePage(
        id=package.id,
        name=package.name,
        unit=home.name,
        created_at=package.created_at,
        created_by=package.created_by,
        closed=package.closed_at is not None,
        rows=tuple(rows),
        absent=tuple(_absent(work, home, rows)),
        issuances=tuple((key, number or "") for key, number in work.session.execute(numbers)),
    )


def file_page(work: Work, package_id: str, file_id: int) -> FilePage:
    """Return one file of a package with what was read from it."""
    work.allow(Act.IMPORT)
    package = held.package_of(work, package_id)
    file = held.file_of(package, file_id)
    rows = rows_of(work, held.home_of(work, package), package.files)
    row = next(row for row in rows if row.id == file.id)
    kept = package.closed_at is None and not file.settled and bool(file.sha256)
    return FilePage(package.id, package.name, package.closed_at is not None, row, file.typed, kept)


def original(work: Work, package_id: str, file_id: int) -> Handed:
    """Return a file as it was handed in, for as long as it is kept; raises ``NotFound`` after that."""
    work.allow(Act.IMPORT)
    file = held.file_of(held.package_of(work, package_id), file_id)
    return Handed(PurePath(file.name).name, load(work, file.id))


def describe(work: Work, package_id: str, file_id: int, typed: Mapping[str, str], day: date | None) -> None:
    """Keep what a person typed of a file whose cover does not say it or says it wrongly (scans always)."""
    work.allow(Act.IMPORT)
    package = held.package_of(work, package_id)
    package.require_open()
    file = held.file_of(package, file_id)
    values: dict[str, Any] = {name: clean(typed.get(name, ""))[:500] for name in _TYPED}
    values["type"] = typed.get("type", "") if typed.get("type") in set(DocumentType) else ""
    values["issue_date"] = day.isoformat() if day else ""
    file.typed = {name: value for name, value in values.items() if value}
    file.reason = "" if file.reading else file.reason
    work.record("package_describe", package.id, file=file.name)
    work.commit()


def choose(work: Work, package_id: str, choices: Mapping[int, tuple[PackageChoice | None, str]]) -> None:
    """Keep what a person says of files: a new document, the next revision of one (by code or id), or left out."""
    work.allow(Act.IMPORT)
    package = held.package_of(work, package_id)
    package.require_open()
    for file_id, (choice, of) in choices.items():
        file = held.file_of(package, file_id)
        if file.settled:
            continue
        # a code that names nothing, or several, is told before anything is kept
        document = lookups.document(work, of) if choice is PackageChoice.NEXT else None
        file.choice, file.choice_of = choice, document.id if document else None
        file.reason = "" if file.reading else file.reason
    work.record("package_choose", package.id, files=len(choices))
    work.commit()


def again(work: Work, package_id: str) -> None:
    """Read once more what could not be read, for instance once LibreOffice was installed."""
    work.allow(Act.IMPORT)
    package = held.package_of(work, package_id)
    package.require_open()
    work.session.execute(
        update(PackageFile)
        .where(
            PackageFile.package_id == package.id,
            PackageFile.state == PackageFileState.UNREADABLE,
            PackageFile.data.is_not(None),
        )
        .values(state=PackageFileState.WAITING, reason="")
    )
    work.commit()


def close(work: Work, package_id: str) -> None:
    """End a package: whatever is not in control by now is left out, and its bytes are let go."""
    work.allow(Act.IMPORT)
    package = held.package_of(work, package_id)
    package.require_open()
    for file in package.files:
        if file.state in (PackageFileState.WAITING, PackageFileState.READ):
            file.state = PackageFileState.LEFT_OUT
    held.end(work, package)
    work.record("package_close", package.id)
    work.commit()


def _absent(work: Work, home: Unit, rows: Sequence[Row]) -> Iterable[AbsentLine]:
    """Yield what the same issuers have in control but did not send; what a file may be is not yet absent."""
    candidates = [row.candidate for row in rows if row.standing is not PackageStanding.LEFT_OUT]
    perhaps = {proposal.document_id for row in rows for proposal in row.proposals}
    taken = any(c.match or c.status is ImportStatus.UNCHANGED for c in candidates)
    wanted = [key for key in taking.absent(work, home, candidates) if key not in perhaps] if taken else []
    documents = work.session.scalars(
        select(Document).where(Document.id.in_(wanted)).options(selectinload(Document.codes))
    )
    for document in sorted(documents, key=lambda one: (one.code, one.title)):
        yield AbsentLine(document.id, document.code, document.title, document.issuer)
