"""Citing: what a text cites, found and named; nothing is kept."""

from __future__ import annotations

from typing import Any

from qms.citations import find


def cite(text: str, file: str | None = None) -> list[dict[str, Any]]:
    """Return every citation of a text as the contract of ``qms cite`` tells it; offsets are in the text as given."""
    return [citation.as_json(file) for citation in find(text)]
