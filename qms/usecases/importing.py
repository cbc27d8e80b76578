"""Importing: files are read, matched with what is in control, and taken in as drafts or as issued papers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from qms.model.document import Revision
from qms.model.enums import ImportMatch, ImportStatus, IssuanceKind
from qms.model.issuance import IssuingDecision
from qms.model.organisation import Unit
from qms.model.permissions import Act, Subject
from qms.usecases import acts, contents, lookups, taking
from qms.usecases.candidates import Candidate, ImportLine, Progress, Source, examine, unseen
from qms.usecases.matching import matched
from qms.usecases.ports import Work


@dataclass(frozen=True)
class Package:
    """What one call of import did, in all: counts, and what is in control of the same issuers but was not in it."""

    next: int
    new: int
    same: int
    refused: int
    absent: tuple[str, ...]


@dataclass(frozen=True)
class Imported:
    """One line a file, in the order given, and the package as a whole."""

    lines: tuple[ImportLine, ...]
    package: Package

    @property
    def clean(self) -> bool:
        """Tell whether nothing is left for a person to do."""
        left = (ImportStatus.REVIEW, ImportStatus.REFUSED)
        return not any(line.status in left for line in self.lines)


def take_in(
    work: Work, sources: Sequence[Source], unit: str | None = None, progress: Progress = unseen
) -> Imported:
    """Take files in as drafts of new documents or of next revisions."""
    work.allow(Act.IMPORT)
    # the transaction begins with the first question to the database: whatever is slow is read before
    read = examine(work, sources, progress)
    home = lookups.unit(work, unit)
    work.allow(Act.IMPORT, Subject(home.id))
    candidates = matched(work, home, read)
    lines = [_draft(work, home, candidate) for candidate in candidates]
    work.record("import", home.key, files=len(sources), taken=sum(c.taken for c in candidates))
    work.commit()
    return _result(work, home, candidates, lines)


def publish(
    work: Work,
    sources: Sequence[Source],
    unit: str | None = None,
    decision: IssuingDecision | None = None,
    progress: Progress = unseen,
) -> Imported:
    """Record papers that were issued already: by one decision for all, else one ``record`` per date on the covers."""
    work.allow(Act.IMPORT)
    if decision is not None:
        decision.check(work.today)
    read = examine(work, sources, progress)
    home = lookups.unit(work, unit)
    work.allow(Act.IMPORT, Subject(home.id))
    if decision is not None:
        acts.refuse_used_number(work, lookups.root_unit(work).name, decision)
    candidates = [taking.dated(work, c, decision) for c in matched(work, home, read)]
    groups: dict[date, list[Candidate]] = {}
    for candidate in candidates:
        if candidate.taken:
            day = decision.signed if decision else candidate.printed_date
            groups.setdefault(day, []).append(candidate)
    for day in sorted(groups):
        by = decision or IssuingDecision(None, day, day)
        kind = IssuanceKind.ADOPT if decision else IssuanceKind.RECORD
        taking.issue_together(work, home, groups[day], by, kind)
    return _result(work, home, candidates, [candidate.line(home) for candidate in candidates])


def _draft(work: Work, home: Unit, candidate: Candidate) -> ImportLine:
    if not candidate.taken:
        return candidate.line(home)
    if candidate.match is ImportMatch.NEW:
        taking.new_document(work, home, candidate)
        base = None
    else:
        base = lookups.issued_revisions(work, candidate.document_id or "")
    revision = Revision(
        document_id=candidate.document_id,
        code=candidate.code,
        title=candidate.title,
        issue_number=candidate.issue_number,
        revision_number=candidate.revision_number,
        base_sequence=base[-1].sequence if base else None,
        source_file=candidate.base_name,
        source_sha256=candidate.sha256,
        printed_date=candidate.reading_date,
        created_at=work.now,
        **contents.author(work),
    )
    work.session.add(revision)
    work.session.flush()
    files = candidate.contents()
    for path, data in files.items():
        contents.put(work.session, revision, path, data)
    revision.master_sha256 = hashlib.sha256(files[candidate.content_path]).hexdigest()
    return candidate.line(home)


def _result(work: Work, home: Unit, candidates: Sequence[Candidate], lines: Sequence[ImportLine]) -> Imported:
    # what waits for a person is neither: its line says so
    settled = (ImportStatus.IMPORTED, ImportStatus.UNCHANGED)
    counted = Counter(line.match for line in lines if line.status in settled)
    package = Package(
        next=counted[ImportMatch.NEXT_REVISION],
        new=counted[ImportMatch.NEW],
        same=counted[ImportMatch.SAME],
        refused=sum(line.status is ImportStatus.REFUSED for line in lines),
        absent=tuple(taking.absent(work, home, candidates)),
    )
    return Imported(tuple(lines), package)
