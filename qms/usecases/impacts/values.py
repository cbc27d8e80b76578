"""The values in which the reach of a change is told."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qms.model.enums import ImpactReason, RelationKind, Verdict
from qms.model.legal_change import WEAK
from qms.model.legal_status import Step


@dataclass(frozen=True)
class Reason:
    """One reason why a change reaches a document, with the path that shows it.

    ``target`` is the key that a clearance of this reason names; ``note`` says in Vietnamese what to do or mind.
    """

    why: ImpactReason
    path: tuple[str, ...]
    citations: tuple[str, ...]
    verdict: Verdict
    starts: date
    deadline: date
    target: str = ""
    steps: tuple[Step, ...] = ()
    note: str = ""
    doubts: tuple[str, ...] = ()
    low: bool = False

    @property
    def weak(self) -> bool:
        """Tell whether it is shown folded: a remote relation, a mere mention, a correction of copied text."""
        return self.low or self.why in WEAK


@dataclass(frozen=True)
class Affected:
    """A document that the change reaches; the gravest reason is told first, and the others with it."""

    document: str
    code: str
    title: str
    revision: str
    source_file: str | None
    why: ImpactReason
    path: tuple[str, ...]
    citations: tuple[str, ...]
    verdict: Verdict
    starts: date
    deadline: date
    sequence: int = 0
    reasons: tuple[Reason, ...] = ()

    @property
    def weak(self) -> bool:
        """Tell whether only weak reasons reach it."""
        return all(reason.weak for reason in self.reasons)


@dataclass(frozen=True)
class Aside:
    """A document that was looked at and left alone, or could not be examined, with the reason said aloud."""

    document: str
    code: str
    title: str
    reason: str


@dataclass(frozen=True)
class Impact:
    """The answer to «the law changed: what must I do?»."""

    instrument: str
    kind: RelationKind | None
    starts: date | None
    deadline: date | None
    on: date
    affected: tuple[Affected, ...]
    untouched: tuple[Aside, ...]
    unexamined: tuple[Aside, ...]
    issuer: str = ""
    rule: str = ""
    doubts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Paper:
    """A document in force, with what is asked of it: which revision, and when it was last looked at."""

    revision_id: int
    document: str
    sequence: int
    code: str
    title: str
    label: str
    source_file: str | None
    looked_at: date | None

    def aside(self, reason: str) -> Aside:
        """Return the line by which it is told of apart."""
        return Aside(self.document, self.code, self.title, reason)


@dataclass(frozen=True)
class LeftAlone:
    """Why a document that lies near is not reached (Vietnamese)."""

    reason: str


@dataclass(frozen=True)
class NotExamined:
    """Why nobody can tell without looking whether a document is reached (Vietnamese)."""

    reason: str


Found = tuple[Paper, Reason | LeftAlone | NotExamined]
