"""What a change of law asks of one legal basis: which line to replace, to follow by another, or to take out. Pure.

A whole instrument that was replaced gives its line to the new one; one that was repealed with nothing in its place
loses it; one of which only parts were amended, replaced or repealed still holds and is followed by what changed it
(``domain.md`` §4.6: only thay thế, bãi bỏ end an instrument).
"""

from __future__ import annotations

from collections.abc import Sequence

from qms.citations.basis import legal_basis
from qms.citations.issuers import issuer_key
from qms.citations.keys import is_local
from qms.citations.naming import InstrumentName, in_words, style_of
from qms.model.basis import BasisEdit
from qms.model.enums import BasisAction, RelationKind

_ASKING = frozenset({RelationKind.AMENDS, RelationKind.REPLACES, RelationKind.REPEALS})


def suggest_edits(
    kind: RelationKind,
    source: InstrumentName,
    target: str,
    lines: Sequence[str],
    *,
    whole: bool = True,
    successor: InstrumentName | None = None,
    issuer: str = "",
) -> tuple[BasisEdit, ...]:
    """Return the edits of a basis (its ``lines``) that one relation ``source -> target`` asks for, to be checked.

    ``whole`` says whether all of the target is meant or named provisions only, ``successor`` what stands in the
    place of a target that was only repealed, ``issuer`` who issued a local target. The new line is worded as the
    lines around it are. Suspension, correction and consolidation change no basis; a basis without the target neither.
    """
    if kind not in _ASKING or not any(citation.key == target for citation in legal_basis(lines)):
        return ()
    ended = whole and kind is not RelationKind.AMENDS
    new = successor if ended and kind is RelationKind.REPEALS else source
    text = "" if new is None else in_words(new, style_of(lines))
    stands_there = new is not None and _stands_in(lines, new, text)
    if not ended:
        return () if stands_there else (BasisEdit(target, BasisAction.ADD_AFTER, text, issuer),)
    if new is None or stands_there:
        return (BasisEdit(target, BasisAction.REMOVE, issuer=issuer),)
    return (BasisEdit(target, BasisAction.REPLACE, text, issuer),)


def _stands_in(lines: Sequence[str], new: InstrumentName, text: str) -> bool:
    """Tell whether an instrument is in the basis already, by its number or as its line would name it."""
    keys = {new.key, *(citation.key for citation in legal_basis([text]))}
    return any(
        citation.key in keys
        and (not is_local(new.key) or issuer_key(citation.issuer or "") == issuer_key(new.issuer))
        for citation in legal_basis(lines)
    )
