"""Recording a package: everything that is ready goes into control by one decision, all of it or nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qms.model.enums import IssuanceKind
from qms.model.issuance import IssuingDecision
from qms.model.organisation import Unit
from qms.model.package import Package, PackageFile, PackageFileState, PackageStanding, StillReading
from qms.model.permissions import Act
from qms.usecases import acts, lookups, taking
from qms.usecases import package_files as held
from qms.usecases.candidates import Candidate
from qms.usecases.package_rows import Row, rows_of
from qms.usecases.ports import Work


@dataclass(frozen=True)
class Taken:
    """What one decision took in, and how many files it had to leave for a person."""

    issuances: tuple[str, ...]
    taken: int
    held: int
    closed: bool


def publish(
    work: Work, package_id: str, kind: IssuanceKind, decision: IssuingDecision | None = None
) -> Taken:
    """Record every file that is ready: by one decision, or without one by the dates on the covers.

    What the decision cannot take (no date, a date before what applies) stays in the package with its reason.
    """
    work.allow(Act.IMPORT)
    package = held.package_of(work, package_id, alone=True)
    package.require_open()
    home = held.home_of(work, package)
    if decision is not None:
        decision.check(work.today)
        acts.refuse_used_number(work, lookups.root_unit(work).name, decision)
    rows = rows_of(work, home, package.files)
    waiting = sum(row.standing is PackageStanding.WAITING for row in rows)
    if waiting:
        raise StillReading(count=waiting)
    files = {file.id: file for file in package.files}
    dated = [(files[r.id], taking.dated(work, r.candidate, decision)) for r in rows if r.ready]
    waiting_on = [(file, candidate) for file, candidate in dated if not candidate.taken]
    for file, candidate in waiting_on:
        file.reason = candidate.warnings[-1].message
    issuances = _issue(work, home, [one for one in dated if one[1].taken], kind, decision)
    _settle_same(work, package, rows)
    work.record("package_publish", package.id, taken=len(dated) - len(waiting_on), held=len(waiting_on))
    work.commit()
    return Taken(
        tuple(issuances), len(dated) - len(waiting_on), len(waiting_on), package.closed_at is not None
    )


def _issue(
    work: Work,
    home: Unit,
    dated: Sequence[tuple[PackageFile, Candidate]],
    kind: IssuanceKind,
    decision: IssuingDecision | None,
) -> list[str]:
    groups: dict[date, list[tuple[PackageFile, Candidate]]] = {}
    for file, candidate in dated:
        groups.setdefault(decision.signed if decision else candidate.printed_date, []).append(
            (file, candidate)
        )
    if not groups and decision is not None:
        raise acts.NothingChosen
    done = []
    for day in sorted(groups):
        group = groups[day]

        def settle(issuance: str, group: Sequence[tuple[PackageFile, Candidate]] = group) -> None:
            for file, candidate in group:
                _settle(file, candidate, issuance)

        by = decision or IssuingDecision(None, day, day)
        candidates = [candidate for _, candidate in group]
        chosen = kind if decision else IssuanceKind.RECORD
        done.append(taking.issue_together(work, home, candidates, by, chosen, settle).issuance_id)
    return done


def _settle(file: PackageFile, candidate: Candidate, issuance: str) -> None:
    file.state, file.data = PackageFileState.TAKEN, None
    file.match, file.matched_by = candidate.match, candidate.matched_by or ""
    file.document_id, file.issuance_id = candidate.document_id, issuance


def _settle_same(work: Work, package: Package, rows: Sequence[Row]) -> None:
    """Let go of what is in control already or left out, and end the package where nothing is left to do."""
    standing = {row.id: row for row in rows}
    for file in package.files:
        row = standing[file.id]
        if file.settled:
            continue
        if row.standing is PackageStanding.SAME:
            file.state, file.match = PackageFileState.SAME, row.candidate.match
            file.matched_by, file.document_id = row.candidate.matched_by or "", row.candidate.document_id
        elif row.standing is PackageStanding.LEFT_OUT:
            file.state = PackageFileState.LEFT_OUT
    if all(file.settled for file in package.files):
        held.end(work, package)
