"""What a check of the record found: one line for a person, graded by how much it matters."""

from __future__ import annotations

from dataclasses import dataclass

from qms.model.enums import FindingLevel


@dataclass(frozen=True)
class Finding:
    """One thing that verify or doctor has to say: ``code`` for machines, ``sentence`` for people."""

    level: FindingLevel
    code: str
    sentence: str
    subject: str
