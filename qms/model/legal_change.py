"""A legal change as work (đợt rà soát): what it reaches, what a named person decides, and the notices in between."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qms.model.base import Base, Closed, Facts, Instant
from qms.model.enums import ImpactDecision, ImpactReason, Verdict


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

    def shown_on(self, day: date) -> bool:
        """Tell whether the notice stands above its document on ``day``; the end day is no longer in it."""
        return self.starts <= day and (self.ends is None or day < self.ends)
