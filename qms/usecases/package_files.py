"""The files of packages: written down as they were handed in, found again, let go at the end. No acts here."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import PurePath

from sqlalchemy import func, select
from sqlalchemy.orm import selectinload

from qms.errors import QmsError
from qms.model.ids import clean, is_id
from qms.model.organisation import Unit
from qms.model.package import UNSETTLED, NoPackage, Package, PackageFile, PackageFileState
from qms.model.permissions import Act, Subject, allowed
from qms.usecases import archives
from qms.usecases.candidates import Source
from qms.usecases.ports import Work

MOST_FILES = 2000
MOST_BYTES = 500 * 1024 * 1024
_RAR = b"Rar!"
_ZIP = b"PK"


@dataclass(frozen=True)
class OpenPackage:
    """A package in which files wait for a person."""

    id: str
    name: str
    left: int
    since: datetime


@dataclass(frozen=True)
class Handed:
    """A file as it was uploaded."""

    name: str
    data: bytes


def package_of(work: Work, package_id: str, *, alone: bool = False) -> Package:
    """Return a package of a unit for which this person may import; raises ``NoPackage``.

    ``alone`` keeps others from recording it at the same time (SQLite has one writer anyway).
    """
    asked = select(Package).where(Package.id == package_id)
    found = (
        work.session.scalar(
            (asked.with_for_update() if alone else asked).options(selectinload(Package.files))
        )
        if is_id(package_id)
        else None
    )
    if found is None:
        raise NoPackage
    work.allow(Act.IMPORT, Subject(found.unit_id))
    return found


def open_packages(work: Work) -> tuple[OpenPackage, ...]:
    """Return the packages in which files wait for this person, oldest first."""
    rows = work.session.execute(
        select(Package, func.count(PackageFile.id))
        .join(PackageFile)
        .where(Package.closed_at.is_(None), PackageFile.state.in_(UNSETTLED))
        .group_by(Package.id)
        .order_by(Package.created_at, Package.id)
    )
    return tuple(
        OpenPackage(package.id, package.name, left, package.created_at)
        for package, left in rows
        if allowed(work.actor, Act.IMPORT, Subject(package.unit_id))
    )


def home_of(work: Work, package: Package) -> Unit:
    """Return the unit whose documents the package is compared with."""
    return work.session.get_one(Unit, package.unit_id)


def file_of(package: Package, file_id: int) -> PackageFile:
    """Return one file of a package; raises ``NoPackage``."""
    found = next((file for file in package.files if file.id == file_id), None)
    if found is None:
        raise NoPackage
    return found


def end(work: Work, package: Package) -> None:
    """Bring a package to its end: what is not in Git is let go."""
    package.closed_at = work.now
    for file in package.files:
        file.data = None


def keep(work: Work, package: Package, sources: Sequence[Source]) -> int:
    """Write files down, those of archives one by one, and return how many are new."""
    held = work.session.execute(
        select(PackageFile.name, PackageFile.sha256, PackageFile.size).where(
            PackageFile.package_id == package.id
        )
    ).all()
    seen = {(name, sha256) for name, sha256, _ in held}
    size, position, count = sum(row.size for row in held), len(held), 0
    for source in sources:
        file = _written(package, source)
        if (file.name, file.sha256) in seen:
            continue
        seen.add((file.name, file.sha256))
        size, count = size + file.size, count + 1
        if size > MOST_BYTES or position + count > MOST_FILES:
            raise archives.BadArchive(reason=f"gói quá {MOST_FILES} tệp hoặc {MOST_BYTES // 1024**2} MB")
        file.position = position + count
        work.session.add(file)
        work.session.flush()
        # one file at a time in memory, whatever the package weighs
        work.session.expunge(file)
    return count


def _written(package: Package, source: Source) -> PackageFile:
    name = clean(source.name.replace("\0", ""))[-500:]
    try:
        data = source.load()
    except QmsError as refusal:
        return PackageFile(
            package_id=package.id, name=name, sha256="", size=0, state=PackageFileState.UNREADABLE,
            reading="", reason=str(refusal), typed={}, matched_by="",
        )  # fmt: skip
    return PackageFile(
        package_id=package.id, name=name, sha256=hashlib.sha256(data).hexdigest(), size=len(data),
        state=PackageFileState.WAITING, data=data, reading="", reason="", typed={}, matched_by="",
    )  # fmt: skip


def sources_of(work: Work, handed: Sequence[Handed]) -> list[Source]:
    """Return the files that were handed in, those of archives one by one; slow, and asks the database nothing."""
    return list(_sources(work, handed))


def _sources(work: Work, handed: Sequence[Handed]) -> Iterable[Source]:
    for one in handed:
        suffix = PurePath(one.name.lower()).suffix
        if suffix == ".zip" or (suffix == ".rar" and one.data.startswith(_ZIP)):
            yield from archives.members(one.name, archives.in_memory(one.data))
        elif suffix == ".rar" or one.data.startswith(_RAR):
            yield from archives.unpacked(one.name, one.data, work.reader.unpack)
        else:
            yield Source(one.name, lambda data=one.data: data)  # type: ignore[misc]
