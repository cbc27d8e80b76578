"""What differs between two editions of a document, as values."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class Part(StrEnum):
    """What of a document is compared as a value."""

    TITLE = "title"
    SECTION = "section"
    STEP = "step"
    RESPONSIBLE = "responsible"
    TIME = "time"
    TIME_LIMIT = "time_limit"
    FEE = "fee"
    FORM = "form"
    RECORD = "record"
    RETENTION = "retention"
    BASIS = "basis"


@dataclass(frozen=True)
class PartChange:
    """One change: '' as ``old`` means added, as ``new`` removed; ``of`` is the step or record that it is about."""

    part: Part
    old: str
    new: str
    of: str = ""
