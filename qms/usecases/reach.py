"""How far a change of law reaches: the affected, the untouched and the unexamined. No acts here."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date

from qms.model.enums import ImpactReason, Verdict
from qms.model.search import IndexDamaged, IndexOutdated
from qms.usecases import naming
from qms.usecases.impacts.around import cascade, related
from qms.usecases.impacts.attached import family, tthc
from qms.usecases.impacts.change import Change, read_change
from qms.usecases.impacts.direct import direct
from qms.usecases.impacts.documents import Looked, citing
from qms.usecases.impacts.mentions import mentions
from qms.usecases.impacts.unexamined import nothing_read, unclear_titles
from qms.usecases.impacts.values import (
    Affected,
    Aside,
    Found,
    Impact,
    LeftAlone,
    NotExamined,
    Paper,
    Reason,
)
from qms.usecases.ports import Work

__all__ = ["Affected", "Aside", "Impact", "Reason", "reach"]

_ORDER = tuple(ImpactReason)
NO_FULL_TEXT = "Chưa tìm được chỗ nhắc tới trong toàn văn: {why}"


@dataclass
class _Gathered:
    """What the finders said, by document."""

    papers: dict[str, Paper] = field(default_factory=dict)
    reasons: dict[str, list[Reason]] = field(default_factory=dict)
    alone: dict[str, str] = field(default_factory=dict)
    unseen: dict[str, str] = field(default_factory=dict)
    doubts: tuple[str, ...] = ()

    def take(self, found: Iterable[Found]) -> None:
        for paper, said in found:
            self._stand(paper, reached=isinstance(said, Reason))
            match said:
                case Reason():
                    reasons = self.reasons.setdefault(paper.document, [])
                    if said not in reasons:
                        reasons.append(said)
                case LeftAlone(reason):
                    self.alone.setdefault(paper.document, reason)
                case NotExamined(reason):
                    self.unseen.setdefault(paper.document, reason)

    def _stand(self, paper: Paper, *, reached: bool) -> None:
        """Let the revision in force stand for its document, the coming one where only that is reached."""
        held, known = self.papers.get(paper.document), paper.document in self.reasons
        if held is None or (reached and not known) or (reached == known and paper.sequence < held.sequence):
            self.papers[paper.document] = paper

    def strong(self) -> dict[str, Reason]:
        """The documents reached for more than a weak reason, each with its gravest."""
        return {
            document: gravest
            for document, reasons in self.reasons.items()
            if not (gravest := min(reasons, key=_grave)).weak
        }


def reach(work: Work, number: str, on: date | None = None, issuer: str = "") -> Impact:
    """Return what an instrument changes, from its first day, in the documents in force or issued and yet to come.

    ``issuer`` tells local instruments of one number apart; raises ``UnknownInstrument``, ``AmbiguousInstrument``.
    """
    day = on or work.today
    source = naming.settled(work, naming.ref_of(work, number, issuer))
    change = read_change(work, source, number, day)
    gathered = _gather(work, change, day)
    starts = change.starts
    return Impact(
        instrument=source.key,
        kind=change.kind,
        starts=starts,
        deadline=change.deadline(starts) if starts else None,
        on=day,
        affected=tuple(sorted(_affected(gathered), key=_first)),
        untouched=tuple(
            gathered.papers[document].aside(reason)
            for document, reason in gathered.alone.items()
            if document not in gathered.reasons and document not in gathered.unseen
        ),
        unexamined=tuple(_unexamined(work, gathered, day)),
        issuer=source.issuer,
        rule=change.rule.source,
        doubts=(*change.doubts, *gathered.doubts),
    )


def _gather(work: Work, change: Change, day: date) -> _Gathered:
    cited = citing(work, {effect.target for effect in change.effects}, day)
    gathered = _Gathered()
    gathered.take(direct(change, cited, Looked.at(work, change.sources, cited), day))
    gathered.take(tthc(work, change, day))
    gathered.take(cascade(work, change, day))
    strong = gathered.strong()
    codes = {document: gathered.papers[document].code for document in strong}
    gathered.take(family(work, change, strong, codes, day))
    near = {*cited, *(gathered.papers[document] for document in gathered.strong())}
    gathered.take(related(work, change, day, near))
    gathered.take(unclear_titles(work, change, day))
    try:
        gathered.take(mentions(work, change, day, cited))
    except (IndexDamaged, IndexOutdated) as broken:
        gathered.doubts += (NO_FULL_TEXT.format(why=broken),)
    return gathered


def _affected(gathered: _Gathered) -> Iterator[Affected]:
    for document, found in gathered.reasons.items():
        paper, reasons = gathered.papers[document], sorted(found, key=_grave)
        first = reasons[0]
        telling = [reason for reason in reasons if reason.weak == first.weak]
        yield Affected(
            document=document,
            code=paper.code,
            title=paper.title,
            revision=paper.label,
            source_file=paper.source_file,
            why=first.why,
            path=first.path,
            citations=tuple(dict.fromkeys(text for reason in telling for text in reason.citations)),
            verdict=first.verdict,
            starts=min(reason.starts for reason in telling),
            deadline=min(reason.deadline for reason in telling),
            sequence=paper.sequence,
            reasons=tuple(reasons),
        )


def _unexamined(work: Work, gathered: _Gathered, day: date) -> Iterator[Aside]:
    """What must be looked at by eye; a weak reason, which is shown folded, takes nothing off this list."""
    strong = gathered.strong()
    for document, reason in gathered.unseen.items():
        if document not in strong:
            yield gathered.papers[document].aside(reason)
    for aside in nothing_read(work, day):
        if aside.document not in strong and aside.document not in gathered.unseen:
            yield aside


def _grave(reason: Reason) -> tuple[bool, bool, int, date]:
    return reason.weak, reason.verdict is not Verdict.DEAD, _ORDER.index(reason.why), reason.starts


def _first(line: Affected) -> tuple[bool, bool, str]:
    return line.weak, line.verdict is not Verdict.DEAD, line.code
