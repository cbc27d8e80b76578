"""How a revision stands on a day as its paper has to say it, and by what it was replaced. No acts here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qms.errors import NotFound
from qms.model.document import Document, Revision
from qms.model.enums import DayStatus, RevisionState
from qms.model.issuance import Issuance
from qms.model.lifecycle import Period
from qms.usecases import lookups
from qms.usecases.ports import Work

PAST = frozenset({DayStatus.SUPERSEDED, DayStatus.RETIRED})


@dataclass(frozen=True)
class Standing:
    """A published revision on a day; no ``status`` means that it was taken back before its day."""

    document: Document
    revision: Revision
    issuance: Issuance
    period: Period | None
    status: DayStatus | None
    next: Revision | None
    next_issuance: Issuance | None

    @property
    def edition(self) -> str:
        """Return the edition as covers write it."""
        return edition(self.revision)

    @property
    def decision(self) -> str:
        """Return the decision that issued it."""
        return decision(self.issuance)

    @property
    def is_past(self) -> bool:
        """Tell whether its prints are to be fetched back."""
        return self.status is None or self.status in PAST

    def mark(self) -> tuple[str, str]:
        """Return what is printed large across the page and the sentence that says the same; nothing if it applies."""
        period = self.period
        if self.status is None or period is None:
            return "ĐÃ RÚT LẠI", "ĐÃ RÚT LẠI: lần ban hành này không được áp dụng"
        if self.status is DayStatus.SCHEDULED:
            return "CHƯA ÁP DỤNG", f"CHƯA ÁP DỤNG: áp dụng từ ngày {written(period.start)}"
        if self.status is DayStatus.TRANSITION:
            return (
                "CHUYỂN TIẾP",
                f"BẢN CŨ, chỉ dùng cho hồ sơ tiếp nhận trước ngày {written(period.superseded_on)}",
            )
        if self.status is DayStatus.SUPERSEDED:
            return "HẾT HIỆU LỰC", f"HẾT HIỆU LỰC từ ngày {written(period.superseded_on)}"
        if self.status is DayStatus.RETIRED:
            return "HẾT HIỆU LỰC", f"HẾT HIỆU LỰC: ngừng áp dụng từ ngày {written(period.end)}"
        return "", ""


def of(work: Work, document: Document, sequence: int, day: date) -> Standing:
    """Return how a published revision of a document stands on ``day``; raises ``NotFound``."""
    issued = {revision.sequence: revision for revision in lookups.issued_revisions(work, document.id)}
    revision = issued.get(sequence) or lookups.published_revision(work, document.id, sequence)
    issuance = work.session.get(Issuance, (revision.issuance_id if revision else None) or "")
    if revision is None or issuance is None or revision.commit_id is None:
        raise NotFound(what=f"lần ban hành thứ {sequence}")
    held = {period.sequence: period for period in lookups.periods_of(work, document, list(issued.values()))}
    period = held.get(sequence) if revision.state is RevisionState.ISSUED else None
    follower = min((number for number in issued if number is not None and number > sequence), default=None)
    following = issued[follower] if period is not None and follower is not None else None
    return Standing(
        document=document,
        revision=revision,
        issuance=issuance,
        period=period,
        status=period.status_on(day) if period else None,
        next=following,
        next_issuance=work.session.get(Issuance, following.issuance_id or "") if following else None,
    )


def applying(work: Work, document: Document, day: date) -> int | None:
    """Return the sequence of the revision that applies on ``day``."""
    issued = lookups.issued_revisions(work, document.id)
    return next(
        (
            period.sequence
            for period in lookups.periods_of(work, document, issued)
            if period.status_on(day) is DayStatus.EFFECTIVE
        ),
        None,
    )


def edition(revision: Revision) -> str:
    """Return the edition as covers write it: ``02``, or ``01 - Lần sửa đổi: 02``."""
    issue = f"{revision.issue_number:02d}"
    return f"{issue} - Lần sửa đổi: {revision.revision_number:02d}" if revision.revision_number else issue


def decision(issuance: Issuance) -> str:
    """Return number and day of an issuing decision; nothing for what was only recorded from its cover."""
    return f"{issuance.number} ngày {written(issuance.signed_on)}" if issuance.number else ""


def written(day: date | None) -> str:
    """Return a day as papers write it."""
    return f"{day:%d/%m/%Y}" if day else ""
