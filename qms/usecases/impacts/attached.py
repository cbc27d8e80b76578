"""Attached: documents of an administrative procedure (TTHC) that changes, and families of affected documents."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from qms.model.document import DocumentLink
from qms.model.enums import ImpactReason, LinkKind, TthcChange, TthcSource, Verdict
from qms.model.legal_status import Step
from qms.model.tthc import TthcRow
from qms.usecases.impacts.change import Change
from qms.usecases.impacts.documents import Looked, by_document, covering
from qms.usecases.impacts.values import Found, LeftAlone, NotExamined, Paper, Reason
from qms.usecases.naming import chunks, same_issuer
from qms.usecases.ports import Work

WHAT = {
    TthcChange.NEW: "Thủ tục {stem} được công bố mới.",
    TthcChange.AMENDED: "Thủ tục {stem} được sửa đổi, bổ sung: đối chiếu thời hạn, lệ phí, hồ sơ.",
    TthcChange.RECODED: "Thủ tục {stem} đổi mã thành {successor}.",
    TthcChange.ABOLISHED: "Thủ tục {stem} bị bãi bỏ.",
}
INTERNAL = "Quy trình nội bộ của thủ tục {stem} thay đổi: đối chiếu các bước và thời gian từng bước."
DECISION_CHANGED = "Quyết định công bố thủ tục {stem} ({decision}) thay đổi."
TOGETHER = {
    (LinkKind.USES_FORM, True): "Biểu mẫu của {code}.",
    (LinkKind.USES_FORM, False): "Dùng biểu mẫu {code}.",
    (LinkKind.ADOPTS, False): "Áp dụng theo {code}.",
}
"""What to say of the document that a link is followed to, and whether from its first end to its other."""


@dataclass(frozen=True)
class _Touched:
    """One administrative procedure as the change reaches it."""

    stem: str
    path: tuple[str, ...]
    steps: tuple[Step, ...]
    starts: date | None
    verdict: Verdict
    note: str
    target: str


def tthc(work: Work, change: Change, day: date) -> Iterator[Found]:
    """Judge the documents that cover procedures of this decision, or of a publishing decision that it changes."""
    touched: dict[str, list[_Touched]] = {}
    for one in _touched(work, change):
        touched.setdefault(one.stem, []).append(one)
    papers = list(covering(work, touched, day))
    looked = Looked.at(work, change.sources, (paper for _, paper in papers))
    for stem, paper in papers:
        for one in touched[stem]:
            yield paper, _judge(change, one, paper, looked)


def family(
    work: Work, change: Change, reached: Mapping[str, Reason], codes: Mapping[str, str], day: date
) -> Iterator[Found]:
    """Judge what belongs to the documents reached: their forms, the users of their form, local adoptions."""
    bonds = list(_bonds(work, reached))
    papers = by_document(work, {other for _, other, _, _ in bonds}, day)
    looked = Looked.at(work, change.sources, papers.values())
    for first, other, kind, note in bonds:
        if other in papers and other not in reached:
            yield papers[other], _belonging(reached[first], codes[first], kind, note, papers[other], looked)


def _touched(work: Work, change: Change) -> Iterator[_Touched]:
    for row in change.rows:
        published = row.source is TthcSource.PUBLISHED
        abolished = published and row.change is TthcChange.ABOLISHED
        words = WHAT[row.change] if published else INTERNAL
        yield _Touched(
            row.stem,
            (change.source.key, row.change.value, row.stem),
            (),
            row.effective,
            Verdict.DEAD if abolished else Verdict.SUSPECT,
            words.format(stem=row.stem, successor=row.successor or "?"),
            change.source.key,
        )
    own = {row.stem for row in change.rows}
    for effect in change.effects:
        rows = work.session.scalars(select(TthcRow).where(TthcRow.decision_key == effect.target.key))
        stems = {r.stem for r in rows if same_issuer(r.decision_issuer, effect.target.issuer) is not False}
        for stem in sorted(stems - own):
            note = DECISION_CHANGED.format(stem=stem, decision=effect.target.key)
            yield _Touched(
                stem,
                (*effect.path, "tthc", stem),
                (effect.step,),
                effect.starts,
                Verdict.SUSPECT,
                note,
                effect.target.key,
            )


def _judge(change: Change, one: _Touched, paper: Paper, looked: Looked) -> Reason | LeftAlone | NotExamined:
    if one.starts is None:
        return NotExamined(f"{one.note} Chưa rõ ngày có hiệu lực.")
    alone = looked.why_alone(paper, one.target, one.starts)
    if alone and one.verdict is not Verdict.DEAD:
        return LeftAlone(alone)
    return Reason(
        why=ImpactReason.TTHC,
        path=one.path,
        citations=(),
        verdict=one.verdict,
        starts=one.starts,
        deadline=change.deadline(one.starts),
        target=one.target,
        steps=one.steps,
        note=one.note,
    )


def _bonds(work: Work, reached: Mapping[str, Reason]) -> Iterator[tuple[str, str, LinkKind, str]]:
    """Yield (reached document, its relative, how, in words)."""
    seen: set[tuple[str, str, LinkKind]] = set()
    for chunk in chunks(reached):
        rows = work.session.scalars(
            select(DocumentLink)
            .where(or_(DocumentLink.document_id.in_(chunk), DocumentLink.other_id.in_(chunk)))
            .order_by(DocumentLink.document_id, DocumentLink.other_id)
        )
        for row in rows:
            for first, other, forward in (
                (row.document_id, row.other_id, True),
                (row.other_id, row.document_id, False),
            ):
                note = TOGETHER.get((row.kind, forward))
                if note and first in reached and (first, other, row.kind) not in seen:
                    seen.add((first, other, row.kind))
                    yield first, other, row.kind, note


def _belonging(
    reason: Reason, code: str, kind: LinkKind, note: str, paper: Paper, looked: Looked
) -> Reason | LeftAlone:
    alone = looked.why_alone(paper, reason.target, reason.starts)
    if alone:
        return LeftAlone(alone)
    return Reason(
        why=ImpactReason.FAMILY,
        path=(*reason.path, code, kind.value, paper.code),
        citations=(),
        verdict=Verdict.SUSPECT,
        starts=reason.starts,
        deadline=reason.deadline,
        target=reason.target,
        steps=reason.steps,
        note=note.format(code=code),
    )
