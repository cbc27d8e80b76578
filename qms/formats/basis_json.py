"""Edits of lines and what came of them as JSON, for the pipe to the child that edits."""

from __future__ import annotations

import base64
import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from qms.model.basis import EditedLines, LineEdit
from qms.model.enums import BasisAction


def edits_to_json(edits: Sequence[LineEdit]) -> str:
    """Return edits as JSON text."""
    return json.dumps([asdict(edit) for edit in edits], ensure_ascii=False)


def edits_from_json(text: str) -> tuple[LineEdit, ...]:
    """Return the edits that ``edits_to_json`` wrote."""
    return tuple(_edit(values) for values in json.loads(text))


def edited_to_json(edited: EditedLines) -> str:
    """Return an edited file as JSON text, its bytes in base 64."""
    values = asdict(edited) | {"data": base64.b64encode(edited.data).decode()}
    return json.dumps(values, ensure_ascii=False)


def edited_from_json(text: str) -> EditedLines:
    """Return the edited file that ``edited_to_json`` wrote."""
    values = json.loads(text)
    return EditedLines(
        data=base64.b64decode(values["data"]),
        lines=tuple(values["lines"]),
        applied=tuple(_edit(one) for one in values["applied"]),
        left=tuple((_edit(one), reason) for one, reason in values["left"]),
    )


def _edit(values: dict[str, Any]) -> LineEdit:
    return LineEdit(values["line"], values["words"], BasisAction(values["action"]), values["text"])
