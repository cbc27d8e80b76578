"""Controlled copies: each numbered print of a revision, who holds it, what became of it (ISO 9001:2015, 7.5.3.2)."""

from __future__ import annotations

from datetime import date

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qms.errors import Refused, WrongUse
from qms.model.base import Base, Closed
from qms.model.enums import CopyFate, DayStatus

GIVEN_OUT = frozenset({DayStatus.EFFECTIVE, DayStatus.SCHEDULED})
"""Of which revisions copies may be given out."""


class HolderNeeded(WrongUse):
    """A controlled copy is somebody's."""

    code = "holder_needed"
    sentence = "Hãy ghi người hoặc đơn vị giữ bản kiểm soát."


class CopyTaken(Refused):
    """A number is given once for a revision."""

    code = "copy_taken"
    sentence = "{code}: bản kiểm soát số {number} của lần ban hành này đã phát cho {holder}."


class CopyOfPast(Refused):
    """Only what applies, or will, is given out."""

    code = "copy_of_past"
    sentence = "{code}: lần ban hành này không còn áp dụng nên không phát bản kiểm soát."


class CopyCameBack(Refused):
    """A copy is recalled once."""

    code = "copy_came_back"
    sentence = "Bản kiểm soát số {number} đã ghi thu hồi ngày {day}."


class RecalledEarly(WrongUse):
    """A copy cannot come back before it went out, nor on a day that has not come."""

    code = "recalled_early"
    sentence = "Ngày thu hồi {day} không hợp lệ: phải từ ngày phát ({given}) đến hôm nay."


class ControlledCopy(Base):
    """One numbered print of a revision."""

    __tablename__ = "controlled_copy"
    __table_args__ = (UniqueConstraint("document_id", "sequence", "number"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), index=True)
    sequence: Mapped[int]
    number: Mapped[int]
    holder: Mapped[str] = mapped_column(String(200))
    place: Mapped[str] = mapped_column(String(200), default="")
    given_on: Mapped[date]
    given_by: Mapped[str] = mapped_column(String(120))
    recalled_on: Mapped[date | None]
    recalled_by: Mapped[str] = mapped_column(String(120), default="")
    fate: Mapped[CopyFate | None] = mapped_column(Closed(CopyFate))
    note: Mapped[str] = mapped_column(String(500), default="")

    def recall(self, fate: CopyFate, on: date, by: str, note: str, today: date) -> None:
        """Write down that the copy came back, was destroyed or was lost."""
        if self.recalled_on is not None:
            raise CopyCameBack(number=f"{self.number:02d}", day=self.recalled_on)
        if not self.given_on <= on <= today:
            raise RecalledEarly(day=on, given=self.given_on)
        self.recalled_on, self.recalled_by, self.fate, self.note = on, by, fate, note
