"""The list of external documents (danh mục tài liệu bên ngoài): what documents in force rest on, as of a day.

Columns of ``domain.md`` §3. What is cited but not registered stands in it too, its effect unknown: a list that left it
out would say that all is known.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from qms.model.document import Document, Revision
from qms.model.enums import InstrumentStatus, RelationKind
from qms.model.law import Citation, Clearance, Instrument, Ref
from qms.model.legal_status import Standing
from qms.model.lifecycle import in_force, revision_period
from qms.model.organisation import Unit
from qms.model.permissions import Act
from qms.usecases import law_rows, law_views, naming
from qms.usecases.law_views import InstrumentLine
from qms.usecases.ports import Work


@dataclass(frozen=True)
class ExternalLine:
    """One external document: how it stands, by what (``cause``), who follows it and when it was last looked at."""

    instrument: InstrumentLine
    cause: RelationKind | None
    units: tuple[str, ...]
    reviewed: date | None
    registered: bool


@dataclass
class _Followed:
    units: set[str]
    reviewed: date | None = None

    def look(self, unit: str, day: date | None) -> None:
        self.units.add(unit)
        self.reviewed = max(filter(None, (self.reviewed, day)), default=None)


def external(work: Work, on: date | None = None) -> list[ExternalLine]:
    """Return what the documents in force on a day cite, in order of number of citing documents."""
    work.allow(Act.READ_LAW)
    day = on or work.today
    rows = _registered(work, day)
    lines = [*law_views.described(work, rows, day), *_unregistered(work, day, rows)]
    followed = _followed(work, day)
    return [
        ExternalLine(
            instrument=line,
            cause=_cause(line.standing),
            units=tuple(sorted(mine.units)),
            reviewed=mine.reviewed,
            registered=number < len(rows),
        )
        for number, line in enumerate(lines)
        for mine in (_of(followed, line),)
    ]


def _registered(work: Work, day: date) -> Sequence[Instrument]:
    ranked = law_views.instrument_counts(work, day)
    rows = {row.id: row for row in work.session.scalars(select(Instrument).where(law_views.among(ranked)))}
    return [rows[number] for number in ranked]


def _unregistered(work: Work, day: date, rows: Iterable[Instrument]) -> list[InstrumentLine]:
    known = {(row.key, row.issuer_key) for row in rows}
    numbers = {key for key, _issuer in known}
    ranked = sorted(law_views.cited(work, day).items(), key=lambda item: (-item[1].documents, item[0]))
    return [
        InstrumentLine(
            number=one.key,
            type=law_rows.default_kind(one.key),
            title="",
            issuer=count.issuer,
            issued=None,
            effective=None,
            standing=Standing(InstrumentStatus.UNKNOWN),
            cited_by=count.documents,
            issuer_key=one.issuer,
        )
        for one, count in ranked
        if (one.key, one.issuer) not in known and (one.issuer or one.key not in numbers)
    ]


def _followed(work: Work, day: date) -> Mapping[Ref, _Followed]:
    """Return for everything cited which units' documents cite it and when one of them was last looked at."""
    found: dict[Ref, _Followed] = defaultdict(lambda: _Followed(set()))
    rows = work.session.execute(
        select(Citation.key, Citation.issuer, Unit.name, func.max(Revision.looked_at))
        .join(Revision, Revision.id == Citation.revision_id)
        .join(revision_period, revision_period.c.revision_id == Revision.id)
        .join(Document, Document.id == Revision.document_id)
        .join(Unit, Unit.id == Document.unit_id)
        .where(Citation.nested.is_(False), in_force(day))
        .group_by(Citation.key, Citation.issuer, Unit.name)
    )
    numbers: dict[str, str] = {}
    for key, issuer, unit, looked_at in rows:
        number = numbers.setdefault(key, naming.number_of(work, key, day) or key)
        found[Ref(number, naming.local_key(number, issuer))].look(unit, looked_at)
    cleared = work.session.execute(
        select(Clearance.target_key, func.max(Clearance.day))
        .where(Clearance.day <= day)
        .group_by(Clearance.target_key)
    )
    for key, looked_at in cleared:
        if (one := Ref(key)) in found:
            found[one].reviewed = max(filter(None, (found[one].reviewed, looked_at)), default=None)
    return found


def _of(followed: Mapping[Ref, _Followed], line: InstrumentLine) -> _Followed:
    """Return who follows a line; a citation that does not say whose local number it means counts for each."""
    mine = [followed[one] for one in {Ref(line.number, line.issuer_key), Ref(line.number)} if one in followed]
    units = {unit for one in mine for unit in one.units}
    return _Followed(units, max(filter(None, (one.reviewed for one in mine)), default=None))


def _cause(standing: Standing) -> RelationKind | None:
    return next((step.kind for step in standing.path if step.source == standing.because), None)
