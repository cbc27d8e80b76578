"""The legal register held open while rows are taken in, so that each is compared without asking again. No acts here.

What is known is found by number and, for local instruments, issuer; the kind tells apart only what the Assembly
numbered twice (24/2008/QH12 is a law and a resolution). A row adds, corrects or changes nothing; two rows of one call
that contradict each other are told, so that taking the same tables in twice changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import date

from sqlalchemy import select

from qms.citations import is_local
from qms.model.ids import fold
from qms.model.law import Instrument, Relation
from qms.usecases.law_rows import (
    BadRow,
    InstrumentFacts,
    RelationFacts,
    default_kind,
    local_issuer,
)
from qms.usecases.ports import Work

CREATED, UPDATED, UNCHANGED = "created", "updated", "unchanged"
_WEIGHTY = {
    "type": "loại văn bản",
    "title": "trích yếu",
    "issuer": "cơ quan ban hành",
    "issued": "ngày ban hành",
    "effective": "ngày hiệu lực",
    "expires": "ngày hết hiệu lực",
    "starts": "ngày",
}
"""What two rows of a call may not say differently; of topics and addresses the first row is kept."""
_RELATION_FACTS = ("source_provision", "starts", "except_provisions", "sentence")

Identity = tuple[object, ...]


@dataclass
class Book:
    """The register in memory for the length of one call, and what rows of the call said of each entry."""

    work: Work
    instruments: dict[str, list[Instrument]] = field(default_factory=lambda: defaultdict(list))
    relations: dict[Identity, list[Relation]] = field(default_factory=lambda: defaultdict(list))
    told: dict[int, dict[str, object]] = field(default_factory=dict)

    @classmethod
    def opened(cls, work: Work) -> Book:
        """Read the whole register once."""
        book = cls(work)
        for instrument in work.session.scalars(select(Instrument).order_by(Instrument.id)):
            book.instruments[instrument.key].append(instrument)
        for rows in book.instruments.values():
            _mend_issuers(rows)
        for relation in work.session.scalars(select(Relation).order_by(Relation.id)):
            book.relations[_identity(relation)].append(relation)
        return book

    @classmethod
    def about(cls, work: Work, key: str) -> Book:
        """Read what the register knows of one number, and what that does to others."""
        book = cls(work)
        book.instruments[key].extend(work.session.scalars(select(Instrument).where(Instrument.key == key)))
        for relation in work.session.scalars(select(Relation).where(Relation.source_key == key)):
            book.relations[_identity(relation)].append(relation)
        return book

    def take_instrument(self, facts: InstrumentFacts) -> str:
        """Add an instrument or fill in and correct what is known of it; raises ``BadRow``."""
        known = self._instrument(facts)
        values = {name: value for name, value in asdict(facts).items() if value and name != "key"}
        if known is not None:
            return self._change(known, values, facts.key)
        row = Instrument(**asdict(facts) | {"type": facts.type or default_kind(facts.key)})
        self.instruments[facts.key].append(row)
        return self._add(row, values)

    def take_relation(self, facts: RelationFacts) -> str:
        """Add a relation, or give one that is known its day, its exceptions or another day; raises ``BadRow``."""
        known = self._relation(facts)
        values = {name: value for name in _RELATION_FACTS if (value := getattr(facts, name))}
        if known is not None:
            return self._change(known, values, f"{facts.source_key} tác động đến {facts.target_key}")
        row = Relation(**asdict(facts))
        self.relations[_identity(facts)].append(row)
        return self._add(row, values)

    def _add(self, row: Instrument | Relation, values: dict[str, object]) -> str:
        self.told[id(row)] = values
        self.work.session.add(row)
        return CREATED

    def _change(self, row: Instrument | Relation, values: dict[str, object], what: str) -> str:
        """Write what a row says over what is known; what another row of the call said is not said twice."""
        before = self.told.setdefault(id(row), {})
        for name, value in values.items():
            if name in _WEIGHTY and name in before and _contradict(before[name], value):
                told, earlier = _shown(value), _shown(before[name])
                raise BadRow(
                    reason=f"{what}: {_WEIGHTY[name]} «{told}» trái với dòng trước («{earlier}»); hãy giữ một dòng."
                )
        changed = {
            name: value
            for name, value in values.items()
            if name not in before and getattr(row, name) != value
        }
        for name, value in changed.items():
            setattr(row, name, value)
        before |= {name: value for name, value in values.items() if name not in before}
        return UPDATED if changed else UNCHANGED

    def _instrument(self, facts: InstrumentFacts) -> Instrument | None:
        rows = self._of_issuer(facts)
        if _numbered_twice(facts.key) and facts.type:
            rows = [row for row in rows if _is_resolution(row.type) is _is_resolution(facts.type)]
        kind = fold(facts.type or default_kind(facts.key))
        return next((row for row in rows if fold(row.type) == kind), rows[0] if rows else None)

    def _of_issuer(self, facts: InstrumentFacts) -> list[Instrument]:
        """Return what bears the number and, if it is a local one, may have this issuer."""
        rows = self.instruments[facts.key]
        same = [row for row in rows if row.issuer_key == facts.issuer_key]
        if same or not is_local(facts.key):
            return same
        if facts.issuer_key:
            return [row for row in rows if not row.issuer_key]
        if len(rows) > 1:
            raise BadRow(
                reason=f"Sổ có {len(rows)} văn bản mang số {facts.key}; hãy ghi rõ cơ quan ban hành (cột issuer)."
            )
        return rows

    def _relation(self, facts: RelationFacts) -> Relation | None:
        """Return the relation that the row means: its day may be new, its place in the source may be left out."""
        place = facts.source_provision
        fitting = [
            row
            for row in self.relations[_identity(facts)]
            if not row.source_provision or not place or row.source_provision == place
        ]
        # what fits exactly before what only fits: one change may start in several places and on several days
        fitting.sort(key=lambda row: (row.source_provision != place, row.starts != facts.starts))
        return fitting[0] if fitting else None


def _mend_issuers(rows: Sequence[Instrument]) -> None:
    """Fold issuers as we do now: the name decides, unless two rows would become one."""
    for row in rows:
        folded = local_issuer(row.key, row.issuer)
        others = {(one.issuer_key, one.type) for one in rows if one is not row}
        if folded and row.issuer_key != folded and (folded, row.type) not in others:
            row.issuer_key = folded


def _identity(of: Relation | RelationFacts) -> Identity:
    provisions = tuple(sorted(of.target_provisions.replace(";", " ").replace(",", " ").split()))
    return (of.source_key, of.source_issuer, of.kind, of.target_key, of.target_issuer, provisions)


def _numbered_twice(key: str) -> bool:
    """Tell whether the Assembly gives this number to a law and to a resolution, so that only the kind tells."""
    return "QH" in key.rpartition("/")[2]


def _is_resolution(kind: str) -> bool:
    return fold(kind).startswith("nghi quyet")


def _contradict(one: object, other: object) -> bool:
    return fold(one) != fold(other) if isinstance(one, str) and isinstance(other, str) else one != other


def _shown(value: object) -> object:
    return f"{value:%d/%m/%Y}" if isinstance(value, date) else value
