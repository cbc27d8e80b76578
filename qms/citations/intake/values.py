"""What a regulation says of itself: which it is, from when it holds, and what it does to other instruments."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from qms.model.enums import EffectiveRule, IntakeDoubt, RelationKind, TthcChange, WarningCode


@dataclass(frozen=True)
class PartEffect:
    """Provisions of the regulation itself that begin on another day than the rest."""

    provisions: tuple[str, ...]
    starts: date | None
    sentence: str


@dataclass(frozen=True)
class StatedInstrument:
    """The regulation as its own text names it; ``effective`` is None where ``effective_rule`` cannot be computed."""

    number: str | None = None
    type: str | None = None
    title: str = ""
    issuer: str | None = None
    issued: date | None = None
    effective: date | None = None
    effective_rule: EffectiveRule = EffectiveRule.UNKNOWN
    effective_sentence: str = ""
    days_after: int = 0
    parts: tuple[PartEffect, ...] = ()
    expires: date | None = None
    """The first day on which it no longer holds, where it says so itself."""


@dataclass(frozen=True)
class StatedRelation:
    """One thing that the regulation does to another instrument, with the words that say so.

    ``target`` is a canonical number or "Luật Thương mại năm 1997"; no ``target_provisions`` means the whole.
    ``starts`` is None where the text does not tell the day.
    """

    kind: RelationKind
    target: str
    target_issuer: str = ""
    target_provisions: tuple[str, ...] = ()
    except_provisions: tuple[str, ...] = ()
    source_provision: str = ""
    starts: date | None = None
    sentence: str = ""


@dataclass(frozen=True)
class StatedTthc:
    """One administrative procedure that a decision publishes, changes or abolishes."""

    code: str
    name: str = ""
    change: TthcChange = TthcChange.NEW
    time_limit: str = ""
    fee: str = ""


@dataclass(frozen=True)
class Doubt:
    """What the reader is not sure of, in a sentence for the officer; a file's own warnings keep their code."""

    code: IntakeDoubt | WarningCode
    message: str


@dataclass(frozen=True)
class Regulation:
    """All that was read from one regulation; ``tthc`` is filled by whoever reads the tables of the decision."""

    instrument: StatedInstrument
    relations: tuple[StatedRelation, ...] = ()
    tthc: tuple[StatedTthc, ...] = ()
    doubts: tuple[Doubt, ...] = ()
