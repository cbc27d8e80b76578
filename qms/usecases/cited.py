"""What a text says of the law, as rows: its citations, and what in it needs an eye. No acts here."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from qms.citations import Citation as FoundCitation
from qms.citations import is_local, issuer_key, legal_basis
from qms.citations.names import abolished_names
from qms.formats.reading import Reading
from qms.model.enums import TextFindingKind
from qms.model.law import Citation, TextFinding

AS_LONG_AS_WE_KNOW = date.max
"""Names are looked for as of the last day there is: on which days a finding counts is its own ``since``."""


def citation_rows(reading: Reading, found: Sequence[FoundCitation]) -> list[Citation]:
    """Return what a text cites as rows: first its legal basis in order, then everything found in its text."""
    return [Citation(**values) for values in citation_values(reading, found)]


def citation_values(reading: Reading, found: Sequence[FoundCitation]) -> list[dict[str, Any]]:
    """Return the same as what stands in the rows, for many to be written at once."""
    basis = [(key, c) for c in legal_basis(reading.anatomy.legal_basis_lines) if (key := c.key)]
    in_basis = {key for key, _ in basis}
    lines = [(key, c, True) for key, c in basis]
    lines += [(key, c, key in in_basis) for c in found if (key := c.key)]
    return [
        {
            "position": position,
            "text": citation.text,
            "key": key,
            "issuer": citation.issuer or "",
            "issuer_key": issuer_key(citation.issuer) if citation.issuer and is_local(key) else "",
            "provisions": " ".join(citation.provisions),
            "nested": citation.nested,
            "basis": is_basis,
        }
        for position, (key, citation, is_basis) in enumerate(lines)
    ]


def finding_rows(reading: Reading, found: Sequence[FoundCitation]) -> list[TextFinding]:
    """Return names out of use and papers named incompletely, once for each wording."""
    counted: dict[tuple[TextFindingKind, str], TextFinding] = {}

    def count(kind: TextFindingKind, text: str, since: date | None, instead: str) -> None:
        words = " ".join(text.split())[:300]
        row = counted.get((kind, words.casefold()))
        if row is not None:
            row.count += 1
            return
        counted[kind, words.casefold()] = TextFinding(
            kind=kind, text=words, since=since, instead=instead, count=1
        )

    for name in abolished_names(reading.plain, AS_LONG_AS_WE_KNOW, found):
        count(TextFindingKind.ABOLISHED_NAME, name.text, name.since, name.instead)
    for citation in found:
        if citation.partial and not citation.nested:
            count(TextFindingKind.UNLINKED, citation.text, None, "")
    return list(counted.values())
