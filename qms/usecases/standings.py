"""How instruments stand on a day and what that makes of citations: few questions to the register. No acts here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import and_, select

from qms.model.document import Revision
from qms.model.enums import InstrumentStatus, RelationKind, Verdict
from qms.model.law import Citation, Clearance, Instrument, Ref, Relation
from qms.model.legal_status import (
    CHANGING,
    NOTHING_AROUND,
    RETIRING,
    Standing,
    Surroundings,
    said,
    standing_on,
    touches,
    verdict_of,
    worst,
)
from qms.usecases.naming import (
    Meaning,
    chosen,
    chunks,
    meaning,
    same_issuer,
)
from qms.usecases.ports import Work


@dataclass(frozen=True)
class Known:
    """What the register knows of a cited key: its number and issuer, its title and how it stands."""

    key: str
    title: str
    standing: Standing
    issuer: str = ""
    issuer_key: str = ""


@dataclass(frozen=True)
class Judgment:
    """What a text makes of one instrument that it cites: how it stands, the verdict, what made it and since when."""

    known: Known
    verdict: Verdict
    by: str = ""
    since: date | None = None


_BY_STATUS = {
    InstrumentStatus.EXPIRED: Verdict.DEAD,
    InstrumentStatus.SUSPENDED: Verdict.DEAD,
    InstrumentStatus.UNKNOWN: Verdict.UNKNOWN,
}


@dataclass(frozen=True)
class Judge:
    """What was read of the register for some citations: it answers how each stands, without asking again."""

    day: date
    meanings: Mapping[str, Meaning]
    instruments: Mapping[str, Sequence[Instrument]]
    incoming: Mapping[str, Sequence[Relation]]
    texts_of: Mapping[str, Sequence[Ref]]
    """What a consolidated text consolidates: it changes as they do."""
    around: Surroundings = NOTHING_AROUND
    cleared: Mapping[int, Sequence[Clearance]] = field(default_factory=dict)
    told: dict[Ref, Known] = field(default_factory=dict, repr=False, compare=False)
    """What was answered already: many documents cite the same instruments."""

    def known(self, ref: Ref) -> Known:
        """Return how an instrument stands; unknown, with the reason, where the register cannot tell which it is."""
        if ref not in self.told:
            self.told[ref] = self._known(ref)
        return self.told[ref]

    def _known(self, ref: Ref) -> Known:
        number, doubt = self._meaning(ref.key)
        row, unsure = self._row(Ref(number, ref.issuer))
        own = Ref(number, row.issuer_key if row else ref.issuer)
        sure, perhaps = self._relations(own)
        standing = standing_on(row, sure, self.day, self.around)
        doubts = [one for one in (doubt, unsure) if one]
        doubts += [f"Không ghi cơ quan ban hành nên chưa tính: {said(relation)}." for relation in perhaps]
        if doubts:
            standing = replace(standing, doubts=(*standing.doubts, *doubts))
        return Known(number, row.title if row else "", standing, row.issuer if row else "", own.issuer)

    def verdicts(self, citations: Sequence[Citation], looked_at: date | None) -> dict[Ref, Judgment]:
        """Return for each instrument that a text cites how it stands and what that makes of the citations."""
        groups: dict[Ref, list[Citation]] = defaultdict(list)
        for citation in citations:
            groups[citation.ref].append(citation)
        return {ref: self._judged(ref, group, looked_at) for ref, group in groups.items()}

    def _judged(self, ref: Ref, citations: Sequence[Citation], looked_at: date | None) -> Judgment:
        known = self.known(ref)
        status = _BY_STATUS.get(known.standing.status, Verdict.LIVE)
        made: list[tuple[Verdict, Relation | None]] = [(status, None)]
        for target in (Ref(known.key, known.issuer_key), *self.texts_of.get(known.key, ())):
            sure, perhaps = self._relations(target)
            for citation in citations:
                made += [(self._verdict(relation, citation, looked_at), relation) for relation in sure]
                if any(self._verdict(r, citation, looked_at) is not Verdict.LIVE for r in perhaps):
                    made.append((Verdict.UNKNOWN, None))
        verdict = worst(one for one, _ in made)
        return Judgment(known, verdict, *self._behind(known, verdict, status, made))

    def _behind(
        self, known: Known, verdict: Verdict, status: Verdict, made: Sequence[tuple[Verdict, Relation | None]]
    ) -> tuple[str, date | None]:
        """What made a verdict and since when: the end of the instrument, else the last change of what is cited."""
        guilty = [relation for one, relation in made if one is verdict and relation is not None]
        if verdict is Verdict.LIVE or status is verdict or not guilty:
            return known.standing.because, known.standing.since
        last = max(guilty, key=lambda relation: self.around.begins(relation) or date.min)
        return last.source_key, self.around.begins(last)

    def _verdict(self, relation: Relation, citation: Citation, looked_at: date | None) -> Verdict:
        begins = self.around.begins(relation)
        cleared = any(clears(c, relation) for c in self.cleared.get(citation.revision_id, ()))
        if begins is None:
            # nobody can say whether it holds already: that is not green, until somebody has looked
            unsure = not cleared and touches(relation, citation.provision_ids)
            return Verdict.UNKNOWN if unsure else Verdict.LIVE
        # who clears a change names it, so that also a look before its first day counts
        last = max((day for day in (looked_at, begins if cleared else None) if day), default=None)
        return verdict_of(relation, citation.provision_ids, last, self.day, begins)

    def _meaning(self, key: str) -> tuple[str, str | None]:
        number, doubt = self.meanings.get(key, (key, None))
        return number or key, doubt

    def _row(self, ref: Ref) -> tuple[Instrument | None, str | None]:
        rows = self.instruments.get(ref.key, ())
        exact = [row for row in rows if row.issuer_key == ref.issuer]
        if exact:
            return chosen(exact), None
        alike = [row for row in rows if same_issuer(row.issuer_key, ref.issuer) is not False]
        if len({row.issuer_key for row in alike}) == 1:
            row = chosen(alike)
            return (
                row,
                f"Không ghi đủ cơ quan ban hành {ref.key}; hiểu là của {row.issuer or row.issuer_key}.",
            )
        if alike:
            names = "; ".join(sorted({row.issuer or row.issuer_key for row in alike}))
            return None, f"Không ghi cơ quan ban hành {ref.key}; số này có ở: {names}."
        return None, None

    def _relations(self, ref: Ref) -> tuple[list[Relation], list[Relation]]:
        """What bears on an instrument, and what may: a local number that several bear, its issuer not stated."""
        issuers = {row.issuer_key for row in self.instruments.get(ref.key, ())}
        issuers |= {r.target.issuer for r in self.incoming.get(ref.key, ())} - {""}
        sure, perhaps = list[Relation](), list[Relation]()
        for relation in self.incoming.get(ref.key, ()):
            same = same_issuer(relation.target.issuer, ref.issuer)
            if same or (same is None and len(issuers) < 2):
                sure.append(relation)
            elif same is None:
                perhaps.append(relation)
        return sure, perhaps


def clears(clearance: Clearance, relation: Relation) -> bool:
    """Tell whether a clearance speaks of what this relation does."""
    return (clearance.source_key, clearance.source_issuer) == relation.source and clearance.target_key in (
        "",
        relation.target_key,
    )


def judge(work: Work, refs: Iterable[Ref], day: date, revisions: Iterable[int] = ()) -> Judge:
    """Read what is needed to judge citations of these instruments in these revisions on ``day``."""
    meanings = {key: meaning(work, key, day) for key in dict.fromkeys(ref.key for ref in refs)}
    numbers = [number or key for key, (number, _doubt) in meanings.items()]
    texts_of: dict[str, list[Ref]] = defaultdict(list)
    for relation in _relations(work, Relation.source_key, numbers, (RelationKind.CONSOLIDATES,)):
        texts_of[relation.source_key].append(relation.target)
    numbers += [ref.key for refs in texts_of.values() for ref in refs]
    incoming: dict[str, list[Relation]] = defaultdict(list)
    for relation in _relations(work, Relation.target_key, numbers, CHANGING):
        incoming[relation.target_key].append(relation)
    instruments: dict[str, list[Instrument]] = defaultdict(list)
    for row in _instruments(work, numbers):
        instruments[row.key].append(row)
    around = surroundings(work, [relation for relations in incoming.values() for relation in relations])
    return Judge(day, meanings, instruments, incoming, texts_of, around, _cleared(work, revisions))


def surroundings(work: Work, relations: Iterable[Relation]) -> Surroundings:
    """Return what the register knows of the instruments that these relations start from."""
    sources = list(dict.fromkeys(relation.source_key for relation in relations))
    fates: dict[Ref, list[Relation]] = defaultdict(list)
    for relation in _relations(work, Relation.target_key, sources, RETIRING):
        fates[relation.target].append(relation)
    beyond = [relation.source_key for found in fates.values() for relation in found]
    return Surroundings({row.ref: row for row in _instruments(work, [*sources, *beyond])}, fates)


def of_refs(work: Work, refs: Iterable[Ref], day: date) -> dict[Ref, Known]:
    """Return for each instrument, by number and issuer, how it stands on ``day``."""
    wanted = list(dict.fromkeys(refs))
    judging = judge(work, wanted, day)
    return {ref: judging.known(ref) for ref in wanted}


def _relations(
    work: Work, column: object, keys: Iterable[str], kinds: Sequence[RelationKind]
) -> Iterable[Relation]:
    for chunk in chunks(keys):
        yield from work.session.scalars(
            select(Relation)
            .where(column.in_(chunk), Relation.kind.in_(kinds))  # type: ignore[attr-defined]
            .order_by(Relation.starts, Relation.id)
        )


def _instruments(work: Work, keys: Iterable[str]) -> Iterable[Instrument]:
    for chunk in chunks(keys):
        yield from work.session.scalars(
            select(Instrument).where(Instrument.key.in_(chunk)).order_by(Instrument.id)
        )


def _cleared(work: Work, revisions: Iterable[int]) -> dict[int, list[Clearance]]:
    found: dict[int, list[Clearance]] = defaultdict(list)
    wanted = list(revisions)
    for start in range(0, len(wanted), 500):
        rows = work.session.execute(
            select(Revision.id, Clearance)
            .join(
                Clearance,
                and_(Clearance.document_id == Revision.document_id, Clearance.sequence == Revision.sequence),
            )
            .where(Revision.id.in_(wanted[start : start + 500]))
        )
        for revision, clearance in rows:
            found[revision].append(clearance)
    return found
