"""The issuance (đợt ban hành): the legal act by which documents are issued, adopted, corrected or retired."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from qms.errors import Refused, WrongUse
from qms.model.base import Base, Closed, Instant
from qms.model.enums import IssuanceKind, ItemRole, SigningForm
from qms.model.ids import clean


class NumberNeeded(WrongUse):
    """A decision on paper has a number."""

    code = "number_needed"
    sentence = "Cần số và ký hiệu của quyết định (ví dụ 145/QĐ-UBND)."


class SignedInFuture(Refused):
    """A paper cannot have been signed after today."""

    code = "signed_in_future"
    sentence = "Ngày ký {signed} ở sau hôm nay ({today}); hãy kiểm tra lại ngày trên văn bản."


class EffectiveBeforeSigned(Refused):
    """A decision does not take effect before it is signed."""

    code = "effective_before_signed"
    sentence = "Ngày hiệu lực {effective} ở trước ngày ký {signed}; hãy kiểm tra lại."


class NumberUsed(Refused):
    """A number and symbol is given once in a year (Decree 30/2020/NĐ-CP art. 15)."""

    code = "number_used"
    sentence = (
        "Số {number} năm {year} đã ghi cho quyết định ký ngày {signed}; hãy kiểm tra lại số hoặc ngày ký."
    )


@dataclass(frozen=True)
class IssuingDecision:
    """What the paper says: number and symbol, the day it was signed, when it takes effect, who signed and how."""

    number: str | None
    signed: date
    effective: date
    signer_name: str = ""
    signer_position: str = ""
    signing_form: SigningForm | None = None
    transition: str = ""
    transition_until: date | None = None
    scan: bytes | None = None
    scan_name: str | None = None

    def __post_init__(self) -> None:
        # a number and symbol holds no blanks, however it was typed
        object.__setattr__(self, "number", "".join(clean(self.number or "").split()) or None)

    def check(self, today: date) -> None:
        """Refuse impossible dates and a missing number (``design.md`` §3, day rule 2)."""
        if not self.number:
            raise NumberNeeded
        if self.signed > today:
            raise SignedInFuture(signed=self.signed, today=today)
        if self.effective < self.signed:
            raise EffectiveBeforeSigned(effective=self.effective, signed=self.signed)


class Issuance(Base):
    """One legal act over one or more documents, as it stands on paper and as it was recorded."""

    __tablename__ = "issuance"
    __table_args__ = (Index("ix_issuance_number", "agency", "number", "signed_on"),)
    id: Mapped[str] = mapped_column(String(8), primary_key=True)
    kind: Mapped[IssuanceKind] = mapped_column(Closed(IssuanceKind))
    agency: Mapped[str] = mapped_column(String(200))
    number: Mapped[str | None] = mapped_column(String(80))
    signed_on: Mapped[date]
    effective_from: Mapped[date]
    signer_name: Mapped[str] = mapped_column(String(120), default="")
    signer_position: Mapped[str] = mapped_column(String(200), default="")
    signing_form: Mapped[SigningForm | None] = mapped_column(Closed(SigningForm))
    transition: Mapped[str] = mapped_column(Text, default="")
    transition_until: Mapped[date | None]
    reason: Mapped[str] = mapped_column(Text, default="")
    scan_name: Mapped[str | None] = mapped_column(String(200))
    scan_sha256: Mapped[str | None] = mapped_column(String(64))
    recorded_by: Mapped[str] = mapped_column(String(120))
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    via: Mapped[str] = mapped_column(String(80))
    publish_key: Mapped[str] = mapped_column(String(36), unique=True)
    commit_id: Mapped[str | None] = mapped_column(String(64))
    items: Mapped[list[IssuanceItem]] = relationship(lazy="raise", order_by="IssuanceItem.id")

    @property
    def done(self) -> bool:
        """Tell whether the act is in Git."""
        return self.commit_id is not None


class IssuanceItem(Base):
    """One document of an issuance and what the act does to it."""

    __tablename__ = "issuance_item"
    id: Mapped[int] = mapped_column(primary_key=True)
    issuance_id: Mapped[str] = mapped_column(ForeignKey("issuance.id"), index=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    sequence: Mapped[int | None]
    role: Mapped[ItemRole] = mapped_column(Closed(ItemRole))


def write_transition(text: str, until: date | None) -> str | None:
    """Return the transition rule as one trailer holds it: the last day first, then the words."""
    if until is None:
        return text or None
    return f"[{until.isoformat()}] {text}".strip()


def read_transition(line: str | None) -> tuple[str, date | None]:
    """Read what ``write_transition`` wrote: the words and the day the transition ends."""
    if line and (match := _TRANSITION.fullmatch(line)):
        return match[2], date.fromisoformat(match[1])
    return line or "", None


_TRANSITION = re.compile(r"\[(\d{4}-\d\d-\d\d)\] ?(.*)")
