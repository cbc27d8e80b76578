"""What the law says on a day: status of an instrument with the path that explains it, verdict on a citation.

Rules of ``design.md`` §6 and ``domain.md`` §4.6: only *replaces*, *repeals* and an own end retire; *amends* and
whatever bears on parts makes *partly expired*; *corrects* and *consolidates* never retire; a repealer that was itself
repealed revives nothing silently. What the register cannot tell is a stated doubt (Vietnamese), never a guess.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from qms.model.days import add_months
from qms.model.enums import InstrumentStatus, RelationKind, Verdict
from qms.model.law import Instrument, Ref, Relation
from qms.model.provisions import may_overlap, overlap, spoken, within

ENDING = (RelationKind.REPLACES, RelationKind.REPEALS)
CHANGING = (*ENDING, RelationKind.SUSPENDS, RelationKind.AMENDS)
RETIRING = (*ENDING, RelationKind.SUSPENDS)
"""What may take the force from an instrument or a part of it."""
VERBS: Mapping[RelationKind, str] = {
    RelationKind.REPLACES: "thay thế",
    RelationKind.REPEALS: "bãi bỏ",
    RelationKind.SUSPENDS: "ngưng hiệu lực",
    RelationKind.AMENDS: "sửa đổi, bổ sung",
    RelationKind.CORRECTS: "đính chính",
    RelationKind.CONSOLIDATES: "hợp nhất",
    RelationKind.GUIDES: "hướng dẫn",
    RelationKind.IMPLEMENTS: "quy định chi tiết",
    RelationKind.BASIS: "là căn cứ của",
}


@dataclass(frozen=True)
class DeadlineRule:
    """How many calendar months after its first day a change must be in application, and who says so."""

    months: int
    source: str


LAW_RULE = DeadlineRule(3, "Quyết định 19/2014/QĐ-TTg, điểm a khoản 4 Điều 4")
DECISION_RULE = DeadlineRule(0, "Quyết định công bố TTHC, phê duyệt quy trình nội bộ: từ ngày có hiệu lực")


@dataclass(frozen=True)
class Step:
    """One step of the path that explains a status: who does what to which provisions of whom, from when."""

    source: str
    kind: RelationKind
    target: str
    provisions: tuple[str, ...] = ()
    starts: date | None = None


@dataclass(frozen=True)
class Standing:
    """Status of an instrument on a day, what explains it, and what cannot be told for sure."""

    status: InstrumentStatus
    because: str = ""
    since: date | None = None
    path: tuple[Step, ...] = ()
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Surroundings:
    """What the register knows around instruments: those that act on them, and what befell those in turn."""

    instruments: Mapping[Ref, Instrument] = field(default_factory=dict)
    incoming: Mapping[Ref, Sequence[Relation]] = field(default_factory=dict)

    def begins(self, relation: Relation) -> date | None:
        """Return the first day of a relation; one without a day begins when the instrument that states it does."""
        if relation.starts is not None:
            return relation.starts
        source = self.instruments.get(relation.source)
        return first_day(source) if source is not None else None


NOTHING_AROUND = Surroundings()


def deadline(starts: date, rule: DeadlineRule = LAW_RULE) -> date:
    """Return the last day on which a change that starts on ``starts`` may reach the quality system."""
    return add_months(starts, rule.months)


def first_day(instrument: Instrument) -> date | None:
    """Return when an instrument takes effect: the day it states, else, as a guess to be told, its date."""
    return instrument.effective or instrument.issued


def ends_whole(relation: Relation) -> bool:
    """Tell whether a relation takes the force from its target as a whole."""
    return relation.kind in ENDING and not relation.provisions and not relation.excepted


def touches(relation: Relation, provisions: tuple[str, ...]) -> bool:
    """Tell whether a relation bears on what is cited: the whole is touched by any part, a part by itself or the whole.

    A part is touched by a change of anything that contains it or that it contains (``art_2`` and ``art_2__para_1``);
    whether an article lies in a changed chapter cannot be seen, so it counts as touched. What the relation excepts
    is not touched.
    """
    alive = [one for one in provisions if not any(within(one, spared) for spared in relation.excepted)]
    if provisions and not alive:
        return False
    changed = relation.provisions
    return not changed or not alive or any(may_overlap(cited, part) for cited in alive for part in changed)


def verdict_of(
    relation: Relation,
    provisions: tuple[str, ...],
    looked_at: date | None,
    day: date,
    starts: date | None = None,
) -> Verdict:
    """Return what one relation makes, by ``day``, of a citation of its target last looked at on ``looked_at``.

    ``starts`` is the first day of a relation that states none itself.
    """
    begins = relation.starts or starts
    if begins is None or begins > day or not touches(relation, provisions):
        return Verdict.LIVE
    if relation.kind in RETIRING and _covers_all(relation, provisions):
        return Verdict.DEAD
    if relation.kind in CHANGING and (looked_at is None or looked_at < begins):
        return Verdict.SUSPECT
    return Verdict.LIVE


def worst(verdicts: Iterable[Verdict]) -> Verdict:
    """Return the gravest of several verdicts."""
    order = (Verdict.LIVE, Verdict.UNKNOWN, Verdict.SUSPECT, Verdict.DEAD)
    return max(verdicts, key=order.index, default=Verdict.LIVE)


def standing_on(
    instrument: Instrument | None,
    incoming: Iterable[Relation],
    day: date,
    around: Surroundings = NOTHING_AROUND,
) -> Standing:
    """Return the status of ``instrument`` on ``day`` given the relations whose target it is.

    ``around`` tells when undated relations begin and what befell the instruments that act on this one.
    """
    judged = _Judged.of([r for r in incoming if r.kind in CHANGING], day, around)
    if instrument is None:
        missing = ("Văn bản chưa có trong sổ nên chưa rõ hiệu lực.",)
        return Standing(
            InstrumentStatus.UNKNOWN, path=judged.path(judged.begun), doubts=missing + judged.doubts()
        )
    end = next((r for r in judged.begun if ends_whole(r)), None)
    expires = instrument.expires
    if expires is not None and expires <= day and (end is None or expires <= judged.starts(end)):
        return Standing(InstrumentStatus.EXPIRED, since=expires, doubts=judged.undated)
    if end is not None:
        return judged.standing(InstrumentStatus.EXPIRED, [end])
    if halt := [r for r in judged.begun if r.kind is RelationKind.SUSPENDS and not r.provisions]:
        return judged.standing(InstrumentStatus.SUSPENDED, halt[:1])
    return _while_alive(instrument, judged, day)


def _while_alive(instrument: Instrument, judged: _Judged, day: date) -> Standing:
    begins = first_day(instrument)
    if begins is not None and day < begins:
        return Standing(
            InstrumentStatus.FUTURE, since=begins, doubts=(*_guessed(instrument), *judged.undated)
        )
    if judged.begun:
        return judged.standing(InstrumentStatus.PARTLY_EXPIRED, judged.begun, _guessed(instrument))
    if begins is None:
        doubts = ("Sổ chưa ghi ngày ban hành, ngày có hiệu lực của văn bản.", *judged.undated)
        return Standing(InstrumentStatus.UNKNOWN, doubts=doubts)
    return Standing(InstrumentStatus.IN_FORCE, since=begins, doubts=(*_guessed(instrument), *judged.undated))


def _guessed(instrument: Instrument) -> tuple[str, ...]:
    if instrument.effective is not None or instrument.issued is None:
        return ()
    return (f"Sổ chưa ghi ngày có hiệu lực; tạm tính từ ngày ban hành {instrument.issued:%d/%m/%Y}.",)


@dataclass(frozen=True)
class _Judged:
    """The relations that bear on one instrument: those begun by a day, in order, and what is unsure of them."""

    begun: tuple[Relation, ...]
    undated: tuple[str, ...]
    day: date
    around: Surroundings

    @classmethod
    def of(cls, relations: Sequence[Relation], day: date, around: Surroundings) -> _Judged:
        dated = [(starts, r) for r in relations if (starts := around.begins(r)) is not None]
        begun = sorted((pair for pair in dated if pair[0] <= day), key=lambda pair: pair[0])
        undated = [
            f"Chưa rõ {said(r)} từ ngày nào; chưa tính vào hiệu lực."
            for r in relations
            if around.begins(r) is None
        ]
        return cls(tuple(r for _, r in begun), tuple(dict.fromkeys(undated)), day, around)

    def starts(self, relation: Relation) -> date:
        return self.around.begins(relation) or self.day

    def path(self, relations: Sequence[Relation]) -> tuple[Step, ...]:
        return tuple(
            Step(r.source_key, r.kind, r.target_key, r.provisions, self.around.begins(r)) for r in relations
        )

    def doubts(self, relations: Sequence[Relation] | None = None) -> tuple[str, ...]:
        found = dict.fromkeys(self.undated)
        for relation in self.begun if relations is None else relations:
            found |= dict.fromkeys(relation_doubts(relation, self.day, self.around))
        return tuple(found)

    def standing(
        self, status: InstrumentStatus, relations: Sequence[Relation], doubts: tuple[str, ...] = ()
    ) -> Standing:
        last = relations[-1]
        return Standing(
            status,
            last.source_key,
            self.around.begins(last),
            self.path(relations),
            tuple(dict.fromkeys((*doubts, *self.doubts(relations)))),
        )


def relation_doubts(relation: Relation, day: date, around: Surroundings) -> tuple[str, ...]:
    """Return what is unsure by ``day`` of a relation: its first day, and whether what states it still stands."""
    found = []
    begins = around.begins(relation)
    if relation.starts is None and begins is not None:
        found.append(
            f"Chưa ghi {said(relation)} từ ngày nào; tạm tính từ {begins:%d/%m/%Y} theo {relation.source_key}."
        )
    for fate in around.incoming.get(relation.source, ()):
        since = around.begins(fate)
        if fate.kind in RETIRING and may_concern(fate, relation) and (since is None or since <= day):
            when = f"từ {since:%d/%m/%Y}" if since else "chưa rõ từ ngày nào"
            part = part_of(relation.source_key, fate.provisions)
            found.append(
                f"{part[0].upper()}{part[1:]} đã bị {fate.source_key} {VERBS[fate.kind]} "
                f"({when}): chưa rõ việc {VERBS[relation.kind]} {relation.target_key} còn giá trị hay không; "
                "không tự coi là có hiệu lực trở lại."
            )
    source = around.instruments.get(relation.source)
    if source is not None and source.expires is not None and source.expires <= day:
        found.append(
            f"{relation.source_key} đã hết hiệu lực từ {source.expires:%d/%m/%Y}: chưa rõ việc "
            f"{VERBS[relation.kind]} {relation.target_key} còn giá trị hay không."
        )
    return tuple(found)


def said(relation: Relation) -> str:
    """Return a relation in words: ``A sửa đổi, bổ sung khoản 9 Điều 3 B``."""
    return f"{relation.source_key} {VERBS[relation.kind]} {part_of(relation.target_key, relation.provisions)}"


def part_of(key: str, provisions: Sequence[str]) -> str:
    """Return parts of an instrument in words; the whole is its number alone."""
    return f"{spoken(provisions)} của {key}" if provisions else key


def may_concern(fate: Relation, relation: Relation) -> bool:
    """Tell whether what befell the source bears on what states the relation; unknown counts as yes.

    That some part of a replacing instrument was repealed says nothing of the replacement, unless that part is named.
    """
    own = relation.own_provisions
    if not fate.provisions:
        return True
    if not own:
        return not ends_whole(relation)
    return any(overlap(one, part) for one in own for part in fate.provisions)


def _covers_all(relation: Relation, provisions: tuple[str, ...]) -> bool:
    if any(overlap(cited, spared) for cited in provisions for spared in relation.excepted):
        return False
    ended = relation.provisions
    if not ended:
        return bool(provisions) or not relation.excepted
    return bool(provisions) and all(any(within(cited, part) for part in ended) for cited in provisions)
