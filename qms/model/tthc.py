"""Administrative procedures (TTHC): the national catalogue, the decisions that publish it, the documents that cover it.

A code is compared on its stem: portals add ``.000.00.00.H42`` to the national ``2.000509`` (``domain.md`` §5.1).
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from qms.model.base import Base, Closed, Instant
from qms.model.enums import TthcChange, TthcSource

_TURNED = re.compile(r"\s*QĐ\s*(\d+)\s*[-/]\s*([A-ZĐ&]{2,})\s*")
_STEM = re.compile(r"\s*(\d\.\d{6})(?:\.[0-9.]*(?:\.?H\d{2})?)?\s*")


def stem(code: str) -> str | None:
    """Return the eight characters that are the same in every province, or None for what is no TTHC code."""
    match = _STEM.fullmatch(code)
    return match[1] if match else None


def decision_number(typed: str) -> str:
    """Return the number of a decision in its usual order: the national base also writes ``QĐ2338-BTP``."""
    match = _TURNED.fullmatch(typed)
    return f"{match[1]}/QĐ-{match[2]}" if match else typed


def key_with_year(number: str, day: date | None, dated: Iterable[date | None]) -> str:
    """Return the number with its year where the same number is already known of another year only.

    Numbers of decisions begin anew every year (Decree 30/2020/NĐ-CP art. 15): ``163/QĐ-BTP`` is given each year.
    """
    years = {known.year for known in dated if known is not None}
    if day is None or not years or day.year in years:
        return number
    serial, slash, symbol = number.partition("/")
    return f"{serial}/{day.year}/{symbol}" if slash and not symbol[:4].isdigit() else number


class AdministrativeProcedure(Base):
    """An administrative procedure of the national catalogue; what it says on a day is in its rows."""

    __tablename__ = "tthc"
    stem: Mapped[str] = mapped_column(String(8), primary_key=True)
    name: Mapped[str] = mapped_column(Text)
    folded_name: Mapped[str] = mapped_column(Text, default="")
    field: Mapped[str] = mapped_column(String(200), default="")
    level: Mapped[str] = mapped_column(String(120), default="")
    url: Mapped[str] = mapped_column(String(500), default="")


class TthcRow(Base):
    """What one decision says of one procedure from a day: published anew, amended, re-coded or abolished."""

    __tablename__ = "tthc_row"
    __table_args__ = (UniqueConstraint("decision_key", "decision_issuer", "stem", "source", "change"),)
    id: Mapped[int] = mapped_column(primary_key=True)
    decision_key: Mapped[str] = mapped_column(String(80), index=True)
    decision_issuer: Mapped[str] = mapped_column(String(120), default="")
    stem: Mapped[str] = mapped_column(ForeignKey("tthc.stem"), index=True)
    code: Mapped[str] = mapped_column(String(40))
    name: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[TthcSource] = mapped_column(Closed(TthcSource))
    change: Mapped[TthcChange] = mapped_column(Closed(TthcChange))
    successor: Mapped[str] = mapped_column(String(8), default="")
    time_limit: Mapped[str] = mapped_column(Text, default="")
    fee: Mapped[str] = mapped_column(Text, default="")
    effective: Mapped[date | None]


class DocumentTthc(Base):
    """A document covers a procedure; somebody ticked it."""

    __tablename__ = "document_tthc"
    document_id: Mapped[str] = mapped_column(ForeignKey("document.id"), primary_key=True)
    stem: Mapped[str] = mapped_column(ForeignKey("tthc.stem"), primary_key=True, index=True)
    confirmed_by: Mapped[str] = mapped_column(String(120))
    confirmed_at: Mapped[datetime] = mapped_column(Instant)
