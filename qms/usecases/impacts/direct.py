"""Direct: documents that cite what is changed, whole or by provision, or a text that consolidates it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date

from qms.model.enums import ImpactReason, RelationKind, Verdict
from qms.model.law import Ref
from qms.model.legal_status import Step, touches, verdict_of, worst
from qms.usecases.impacts.change import Change, Effect
from qms.usecases.impacts.documents import Cited, Looked
from qms.usecases.impacts.values import Found, LeftAlone, NotExamined, Paper, Reason

COMPARE = "Đính chính: đối chiếu lại nội dung đã chép vào tài liệu."


def direct(
    change: Change, citing: Mapping[Paper, Sequence[Cited]], looked: Looked, day: date
) -> Iterator[Found]:
    """Judge every document that cites a changed instrument, effect by effect."""
    for paper, citations in citing.items():
        by_target: dict[Ref, list[Cited]] = defaultdict(list)
        for citation in citations:
            by_target[citation.target].append(citation)
        for effect in change.effects:
            mine = by_target.get(effect.target)
            if mine:
                for group in _by_way(mine):
                    yield paper, _judge(change, effect, group, paper, looked, day)


def _by_way(citations: Sequence[Cited]) -> list[list[Cited]]:
    """The citations of the instrument itself first, then those through each consolidated text."""
    ways: dict[Step | None, list[Cited]] = {}
    for citation in sorted(citations, key=lambda c: c.through is not None):
        ways.setdefault(citation.through, []).append(citation)
    return list(ways.values())


def _judge(
    change: Change, effect: Effect, citations: Sequence[Cited], paper: Paper, looked: Looked, day: date
) -> Reason | LeftAlone | NotExamined:
    if effect.starts is None:
        named = f"Viện dẫn {effect.target.key}"
        return NotExamined(f"{named}; chưa rõ ngày {effect.source.key} thay đổi văn bản này có hiệu lực.")
    if effect.kind is RelationKind.CORRECTS:
        return _corrected(change, effect, effect.starts, citations, paper, looked)
    # a change still to come is judged as of its first day: the work begins before it binds
    judged = max(day, effect.starts)
    last = looked.day(paper, effect.target.key, effect.starts)
    found = [
        worst(
            verdict_of(relation, c.provisions, last, judged, effect.starts) for relation in effect.relations
        )
        for c in citations
    ]
    hit = [c for c, verdict in zip(citations, found, strict=True) if verdict is not Verdict.LIVE]
    if hit:
        return _reason(change, effect, effect.starts, hit, worst(found))
    return LeftAlone(_why_untouched(effect, effect.starts, citations, paper, looked))


def _corrected(
    change: Change,
    effect: Effect,
    starts: date,
    citations: Sequence[Cited],
    paper: Paper,
    looked: Looked,
) -> Reason | LeftAlone:
    hit = [c for c in citations if any(touches(relation, c.provisions) for relation in effect.relations)]
    if not hit or looked.why_alone(paper, effect.target.key, starts):
        return LeftAlone(_why_untouched(effect, starts, citations, paper, looked))
    return _reason(change, effect, starts, hit, Verdict.SUSPECT, note=COMPARE, low=True)


def _reason(
    change: Change,
    effect: Effect,
    starts: date,
    hit: Sequence[Cited],
    verdict: Verdict,
    note: str = "",
    *,
    low: bool = False,
) -> Reason:
    through = hit[0].through
    more = (through.kind.value, through.source) if through else ()
    return Reason(
        why=ImpactReason.DIRECT,
        path=(*effect.path, *more),
        citations=tuple(dict.fromkeys(" ".join(c.text.split()) for c in hit)),
        verdict=verdict,
        starts=starts,
        deadline=change.deadline(starts),
        target=effect.target.key,
        steps=(effect.step, *((through,) if through else ())),
        note=note,
        doubts=tuple(dict.fromkeys(c.doubt for c in hit if c.doubt)),
        low=low,
    )


def _why_untouched(
    effect: Effect, starts: date, citations: Sequence[Cited], paper: Paper, looked: Looked
) -> str:
    if not any(touches(relation, c.provisions) for c in citations for relation in effect.relations):
        return f"Chỉ viện dẫn điều khoản không bị sửa đổi của {effect.target.key}."
    return looked.why_alone(paper, effect.target.key, starts) or (
        f"Viện dẫn {effect.target.key} nhưng thay đổi này không chạm tới."
    )
