"""What a change of law means: which documents are touched, why, how gravely, and until when they must follow."""

from __future__ import annotations

from datetime import date

from qms.model.permissions import Act
from qms.usecases.ports import Work
from qms.usecases.reach import Affected, Aside, Impact, Reason, reach

__all__ = ["Affected", "Aside", "Impact", "Reason", "impact"]


def impact(work: Work, number: str, on: date | None = None, issuer: str = "") -> Impact:
    """Return what an instrument changes, from its first day, in the documents that are in force.

    ``issuer`` tells local instruments of one number apart.
    """
    work.allow(Act.READ_IMPACT)
    return reach(work, number, on, issuer)
