"""A legal change as work (đợt rà soát): what it reaches, what a named person decides, and the notices in between.

Rules of ``design.md`` §6; a change is in application at latest three months after it takes effect (Decision
19/2014/QĐ-TTg art. 4.4.a), while the law itself binds from its first day: hence the notices and the gap in days.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qms.errors import Refused, WrongUse
from qms.model.base import Base, Closed, Facts, Instant
from qms.model.enums import ImpactDecision, ImpactReason, ItemState, RevisionState, Verdict

if TYPE_CHECKING:
    from qms.model.document import Revision

WEAK = (ImpactReason.RELATED, ImpactReason.TEXT)
"""Reasons that are shown folded and do not hold up closing."""
CLEARING = (ImpactDecision.NO_CHANGE, ImpactDecision.NOT_APPLICABLE)
"""Decisions by which a named person says that the document stands as it is."""
DEAD_REASON = 20
"""How many characters a reason has at least where a document keeps a basis that has ended."""


class ChangeClosed(Refused):
    """A closed change stays as it was closed."""

    code = "change_closed"
    sentence = "Đợt rà soát {instrument} đã kết thúc ngày {day}; không sửa được nữa."


class NothingReached(Refused):
    """A change that reaches nothing and starts on no known day is no work."""

    code = "nothing_to_review"
    sentence = (
        "{instrument} chưa ghi thay đổi nào; hãy nhập quan hệ (thay thế, bãi bỏ, sửa đổi) của văn bản trước."
    )


class NotInChange(Refused):
    """The document is none of those that the change reaches."""

    code = "not_in_change"
    sentence = "{code}: tài liệu không nằm trong đợt rà soát này."


class ReasonNeeded(WrongUse):
    """To leave a document as it is needs a reason (``design.md`` §6)."""

    code = "reason_needed"
    sentence = "{code}: hãy ghi lý do vì sao không cần sửa."


class DeadBasisKept(WrongUse):
    """A basis that has ended is kept only with a reason that says why."""

    code = "dead_basis_kept"
    sentence = (
        "{code}: căn cứ đã hết hiệu lực; muốn giữ nguyên phải ghi rõ vì sao (ít nhất {least} ký tự). "
        "Tài liệu vẫn bị đánh dấu căn cứ đã hết hiệu lực."
    )


class DueTooLate(Refused):
    """Work is due by the legal deadline unless somebody says why not."""

    code = "due_too_late"
    sentence = "{code}: hạn xong {due} sau hạn cập nhật {deadline}; hãy chọn ngày sớm hơn hoặc ghi lý do."


class DueInPast(WrongUse):
    """Work cannot be due on a day that is over."""

    code = "due_in_past"
    sentence = "{code}: hạn xong {due} đã qua; hãy chọn ngày từ hôm nay trở đi."


class NoticeTooEarly(WrongUse):
    """A notice speaks of a law that holds already."""

    code = "notice_too_early"
    sentence = "Thông báo từ {starts} trước ngày văn bản có hiệu lực {first}; hãy chọn ngày từ {first}."


class NoticeNeeded(Refused):
    """What is applied at once and revised later needs an interim notice meanwhile."""

    code = "notice_needed"
    sentence = "{code}: áp dụng ngay, sửa sau thì cần thông báo áp dụng tạm thời; hãy ra thông báo trước."


class WorkLeft(Refused):
    """A change is closed when nothing is left."""

    code = "work_left"
    sentence = (
        "Còn {count} tài liệu chưa xong: {left}. Hãy xử lý hoặc xác nhận từng tài liệu trước khi kết thúc."
    )


class EmptyNotice(WrongUse):
    """A notice says something."""

    code = "empty_notice"
    sentence = "Hãy ghi nội dung thông báo: áp dụng điều gì, theo văn bản nào."


class NoticeEndsEarly(WrongUse):
    """A notice ends after it begins."""

    code = "notice_ends_early"
    sentence = "Thông báo hết hạn {ends} phải sau ngày bắt đầu {starts}."


class NoticeEnded(Refused):
    """A notice is ended once."""

    code = "notice_ended"
    sentence = "Thông báo này đã thôi áp dụng từ {day}."


@dataclass(frozen=True)
class Answer:
    """A revision or retirement that takes up a change: from which day, by which decision."""

    day: date
    number: str = ""
    signed: date | None = None
    sequence: int | None = None

    def holds(self, day: date) -> bool:
        """Tell whether it is in force on ``day``."""
        return self.day <= day


class LegalChange(Base):
    """One change of law taken up as work; it is closed when every document was cleared by a named person."""

    __tablename__ = "legal_change"
    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    instrument_key: Mapped[str] = mapped_column(String(80), index=True)
    instrument_issuer: Mapped[str] = mapped_column(String(120), default="")
    title: Mapped[str] = mapped_column(Text, default="")
    starts: Mapped[date | None]
    deadline: Mapped[date | None]
    opened_by: Mapped[str] = mapped_column(String(120))
    opened_at: Mapped[datetime] = mapped_column(Instant)
    closed_by: Mapped[str] = mapped_column(String(120), default="")
    closed_at: Mapped[datetime | None] = mapped_column(Instant)
    closing_note: Mapped[str] = mapped_column(Text, default="")
    items: Mapped[list[ChangeItem]] = relationship(lazy="raise", order_by="ChangeItem.id")

    def need_open(self) -> None:
        """Refuse to work on what was closed; raises ``ChangeClosed``."""
        if self.closed_at is not None:
            raise ChangeClosed(instrument=self.instrument_key, day=self.closed_at.date())


class ChangeItem(Base):
    """What a change means for one document: why it is reached, what was decided, who does it until when.

    ``sequence`` is the revision that was judged; ``found`` keeps the path and the cited texts as they were shown.
    """

    __tablename__ = "legal_change_item"
    __table_args__ = (UniqueConstraint("change_id", "document_id"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    change_id: Mapped[str] = mapped_column(ForeignKey("legal_change.id", ondelete="CASCADE"))
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    sequence: Mapped[int | None]
    why: Mapped[ImpactReason | None] = mapped_column(Closed(ImpactReason))
    verdict: Mapped[Verdict | None] = mapped_column(Closed(Verdict))
    found: Mapped[dict[str, object]] = mapped_column(Facts, default=dict)
    starts: Mapped[date | None]
    deadline: Mapped[date | None]
    decision: Mapped[ImpactDecision | None] = mapped_column(Closed(ImpactDecision))
    reason: Mapped[str] = mapped_column(Text, default="")
    owner_position_id: Mapped[int | None] = mapped_column(ForeignKey("position.id"))
    due: Mapped[date | None]
    decided_by: Mapped[str] = mapped_column(String(120), default="")
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    revision_id: Mapped[int | None] = mapped_column(ForeignKey("revision.id", ondelete="SET NULL"))
    cleared_by: Mapped[str] = mapped_column(String(120), default="")
    cleared_at: Mapped[datetime | None] = mapped_column(Instant)
    clearing_note: Mapped[str] = mapped_column(Text, default="")

    @property
    def weak(self) -> bool:
        """Tell whether the document was found for a weak reason only and nobody decided on it."""
        return bool(self.found.get("weak", self.why in WEAK)) and self.decision is None

    @property
    def cleared(self) -> bool:
        """Tell whether a named person said that nothing is left to do."""
        return self.cleared_at is not None

    def decide(
        self,
        code: str,
        decision: ImpactDecision,
        reason: str,
        due: date | None,
        *,
        today: date,
        noticed: bool,
    ) -> None:
        """Take a decision.

        Raises ``ReasonNeeded``, ``DeadBasisKept``, ``DueInPast``, ``DueTooLate``, ``NoticeNeeded``.
        """
        said = reason.strip()
        if due and due < today:
            raise DueInPast(code=code, due=due)
        if decision in CLEARING:
            check_reason(code, said, self.verdict)
        if due and self.deadline and due > self.deadline and not said:
            raise DueTooLate(code=code, due=due, deadline=self.deadline)
        if decision is ImpactDecision.APPLY_NOW and not noticed:
            raise NoticeNeeded(code=code)
        self.decision, self.reason = decision, said
        self.due = due or self.deadline

    def answers(self, looked_at: date | None, sequence: int, revision_id: int) -> bool:
        """Tell whether a revision takes the change up: made for it, or signed once the change held (§6)."""
        if self.sequence is not None and sequence <= self.sequence:
            return False
        return revision_id == self.revision_id or bool(looked_at and self.starts and looked_at >= self.starts)

    def state_on(self, day: date, answer: Answer | None, draft: RevisionState | None) -> ItemState:
        """Return how far the work has come on ``day``, given what answers it and its open revision."""
        if self.cleared:
            return ItemState.CLEARED
        if answer is not None:
            return ItemState.ANSWERED if answer.holds(day) else ItemState.SCHEDULED
        if draft is not None:
            return _BY_DRAFT[draft]
        return ItemState.OPEN if self.decision is None else ItemState.DECIDED

    def gap_days(self, day: date, answer: Answer | None) -> int:
        """Return for how many days the document has lagged behind the law by ``day``; none where it may stay."""
        if self.starts is None or self.decision in CLEARING or (self.cleared and answer is None):
            return 0
        end = answer.day if answer is not None and answer.holds(day) else day
        return max((end - self.starts).days, 0)

    def late(self, day: date, answer: Answer | None) -> bool:
        """Tell whether the legal deadline passed before the document followed."""
        if self.deadline is None or self.decision in CLEARING or (self.cleared and answer is None):
            return False
        if answer is not None and answer.holds(day):
            return answer.day > self.deadline
        return day > self.deadline


class InterimNotice(Base):
    """Thông báo áp dụng tạm thời: what holds until the document is revised, shown above it wherever it appears."""

    __tablename__ = "interim_notice"
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    change_id: Mapped[str | None] = mapped_column(
        ForeignKey("legal_change.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(String(200), default="")
    starts: Mapped[date]
    ends: Mapped[date | None]
    given_by: Mapped[str] = mapped_column(String(120))
    given_at: Mapped[datetime] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(String(120), default="")

    def overtaken_by(self, revision: Revision, recorded_at: datetime, item: ChangeItem | None) -> bool:
        """Tell whether an issued revision takes up what the notice speaks of, so that the notice ends with it."""
        if revision.sequence is None or revision.effective_from is None:
            return False
        if item is not None:
            return item.answers(revision.looked_at, revision.sequence, revision.id)
        return recorded_at > self.given_at and revision.effective_from >= self.starts


_BY_DRAFT = {
    RevisionState.DRAFT: ItemState.DRAFTED,
    RevisionState.RETURNED: ItemState.DRAFTED,
    RevisionState.IN_REVIEW: ItemState.IN_REVIEW,
    RevisionState.APPROVED: ItemState.APPROVED,
}
DONE = (ItemState.ANSWERED, ItemState.CLEARED)


def submit_by(deadline: date | None, route_days: int) -> date | None:
    """Return by when a draft must be submitted (phải trình trước): the deadline less the days of the route."""
    return deadline - timedelta(days=route_days) if deadline else None


def check_reason(code: str, reason: str, verdict: Verdict | None) -> None:
    """Refuse to leave a document as it is without a reason, a dead basis without one that says why."""
    if verdict is Verdict.DEAD and len(reason) < DEAD_REASON:
        raise DeadBasisKept(code=code, least=DEAD_REASON)
    if not reason:
        raise ReasonNeeded(code=code)


def check_notice(text: str, starts: date, ends: date | None, first: date | None = None) -> None:
    """Refuse a notice that says nothing, ends before it begins, or begins before ``first``, the law's own day."""
    if not text.strip():
        raise EmptyNotice
    if first is not None and starts < first:
        raise NoticeTooEarly(starts=starts, first=first)
    if ends is not None and ends <= starts:
        raise NoticeEndsEarly(starts=starts, ends=ends)


def earliest(answers: Iterable[Answer]) -> Answer | None:
    """Return what takes a change up first."""
    return min(answers, key=lambda answer: answer.day, default=None)
