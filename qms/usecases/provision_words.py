"""Provisions as people write them, and as the register keeps them. No acts here."""

from __future__ import annotations

import re

from qms.citations import find
from qms.errors import WrongUse
from qms.model.ids import clean

_ID = re.compile(r"(?:art|para|point|chp|sec|annex|form|part)_\w+(?:__\w+)*")
_FORM = re.compile(r"(?:biểu\s+)?mẫu\s+(?:số\s+)?([\w.\-/]+)", re.IGNORECASE)
_AN_INSTRUMENT = "Nghị định số 1/2000/NĐ-CP"
"""Provisions are read before the instrument that they belong to; any will do."""


class UnclearProvision(WrongUse):
    """Words that name no provision."""

    code = "unclear_provision"
    sentence = (
        "«{typed}» chưa rõ là điều, khoản nào; hãy ghi như «điểm a khoản 2 Điều 5; Điều 7», "
        "hoặc để trống nếu là toàn bộ văn bản."
    )


def provision_ids(typed: str) -> tuple[str, ...]:
    """Return the ids of provisions typed as words or as ids (``art_5__para_2``); raises ``UnclearProvision``."""
    found: list[str] = []
    for part in re.split(r"[;\n]", clean(typed)):
        words = part.strip(" ,.")
        if words:
            ids = _ids(words)
            if not ids:
                raise UnclearProvision(typed=words)
            found.extend(ids)
    return tuple(dict.fromkeys(found))


def _ids(words: str) -> list[str]:
    parts = words.replace(",", " ").split()
    if all(_ID.fullmatch(part) for part in parts):
        return parts
    form = _FORM.fullmatch(words)
    if form:
        return [f"form_{form[1]}"]
    return [one for citation in find(f"{words} {_AN_INSTRUMENT}") for one in citation.provisions]
