"""What a new edition writes on its own cover and into its sheet of amendments, as values."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

BLANK_DAY = "..../..../20.."
"""A day that is written by hand when the decision is signed (Decree 30/2020/NĐ-CP art. 15.2)."""


class CoverField(StrEnum):
    """What of a cover can be written anew."""

    CODE = "code"
    ISSUE = "issue"
    REVISION = "revision"
    ISSUED = "issued"
    EFFECTIVE = "effective"
    SHEET = "sheet"


@dataclass(frozen=True)
class SheetRow:
    """One new row of the sheet of amendments; ``known`` counts the rows that it had before this edition."""

    summary: str
    basis: str = ""
    day: str = ""
    known: int = 0


@dataclass(frozen=True)
class CoverValues:
    """What shall stand on the cover and wherever it is repeated; None leaves what is there.

    ``issue`` and ``revision`` are numbers, written as wide as they stand now. ``issued`` and ``effective`` are days as
    they are written, ``BLANK_DAY`` for one that nobody knows yet.
    """

    code: str | None = None
    issue: int | None = None
    revision: int | None = None
    issued: str | None = None
    effective: str | None = None
    row: SheetRow | None = None


@dataclass(frozen=True)
class EditedCover:
    """A file after its cover was written: what was, and what was left undone with the reason (Vietnamese)."""

    data: bytes
    written: tuple[CoverField, ...] = ()
    left: tuple[tuple[CoverField, str], ...] = ()


def spoken_day(day: date) -> str:
    """Return a day as papers write it: a nought before days below 10 and months 1 and 2 (Decree 30/2020/NĐ-CP)."""
    month = f"{day.month:02d}" if day.month < 3 else str(day.month)
    return f"{day.day:02d}/{month}/{day.year}"
