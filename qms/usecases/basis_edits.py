"""Editing the legal basis of a master: citations say which lines are meant, the reader's child changes the file."""

from __future__ import annotations

from collections.abc import Sequence

from qms.citations import legal_basis
from qms.citations.amending import plan
from qms.model.basis import BasisEdit, EditedBasis, LineLeft
from qms.model.enums import BasisAction
from qms.usecases.ports import Reader


def edit_basis(reader: Reader, data: bytes, name: str, edits: Sequence[BasisEdit]) -> EditedBasis:
    """Return a master (DOCX or Markdown) with the edits made one after another, all else of it byte for byte as it was.

    What cannot be done safely is left, with the reason; the same edits again change nothing. Raises
    ``Unacceptable`` for a file that is not read at all.
    """
    lines = reader.read(data, name).anatomy.legal_basis_lines
    applied: list[BasisEdit] = []
    left: list[tuple[BasisEdit, str]] = []
    added: dict[str, set[str]] = {}
    for edit in edits:
        new_keys = added.setdefault(edit.cites, set())
        try:
            planned = plan(lines, edit, new_keys)
        except LineLeft as refusal:
            left.append((edit, refusal.reason))
            continue
        edited = reader.edit_lines(data, name, planned)
        data, lines = edited.data, edited.lines
        left.extend((edit, reason) for reason in dict.fromkeys(reason for _, reason in edited.left))
        if edited.applied:
            applied.append(edit)
            if edit.action is BasisAction.ADD_AFTER:
                new_keys.update(citation.key or "" for citation in legal_basis([edit.text]))
    return EditedBasis(data, tuple(applied), tuple(left))
