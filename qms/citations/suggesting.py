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


def action_for(kind: RelationKind, *, whole: bool, succeeded: bool = False) -> BasisAction | None:
    """Return what a relation asks of the line of its target; None for one that changes no basis.

    ``whole`` says whether all of the target is meant, ``succeeded`` whether something stands in the place of a target
    that was only repealed.
    """
    if kind not in _ASKING:
        return None
    if not whole or kind is RelationKind.AMENDS:
        return BasisAction.ADD_AFTER
    return BasisAction.REPLACE if kind is RelationKind.REPLACES or succeeded else BasisAction.REMOVE


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
    action = action_for(kind, whole=whole, succeeded=successor is not None)
    if action is None or not any(citation.key == target for citation in legal_basis(lines)):
        return ()
    if action is BasisAction.REMOVE:
        return (BasisEdit(target, action, issuer=issuer),)
    new = successor if kind is RelationKind.REPEALS and action is BasisAction.REPLACE else source
    text = in_words(new or source, style_of(lines))
    if not _stands_in(lines, new or source, text):
        return (BasisEdit(target, action, text, issuer),)
    return () if action is BasisAction.ADD_AFTER else (BasisEdit(target, BasisAction.REMOVE, issuer=issuer),)


def _stands_in(lines: Sequence[str], new: InstrumentName, text: str) -> bool:
    """Tell whether an instrument is in the basis already, by its number or as its line would name it."""
    keys = {new.key, *(citation.key for citation in legal_basis([text]))}
    return any(
        citation.key in keys
        and (not is_local(new.key) or issuer_key(citation.issuer or "") == issuer_key(new.issuer))
        for citation in legal_basis(lines)
    )
