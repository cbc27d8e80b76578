"""What is to be written on a cover and what came of it as JSON, for the pipe to the child that edits."""

from __future__ import annotations

import base64
import json
from dataclasses import asdict

from qms.model.cover import CoverField, CoverValues, EditedCover, SheetRow


def values_to_json(values: CoverValues) -> str:
    """Return values of a cover as JSON text."""
    return json.dumps(asdict(values), ensure_ascii=False)


def values_from_json(text: str) -> CoverValues:
    """Return the values that ``values_to_json`` wrote."""
    values = json.loads(text)
    row = values.pop("row")
    return CoverValues(**values, row=None if row is None else SheetRow(**row))


def cover_to_json(edited: EditedCover) -> str:
    """Return an edited file as JSON text, its bytes in base 64."""
    values = asdict(edited) | {"data": base64.b64encode(edited.data).decode()}
    return json.dumps(values, ensure_ascii=False)


def cover_from_json(text: str) -> EditedCover:
    """Return the edited file that ``cover_to_json`` wrote."""
    values = json.loads(text)
    return EditedCover(
        data=base64.b64decode(values["data"]),
        written=tuple(map(CoverField, values["written"])),
        left=tuple((CoverField(field), reason) for field, reason in values["left"]),
    )
