"""What stands round a text on paper: the ISO header, the cover, the copy line, the marks by which it is checked."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Answer:
    """Who answers for the content: what they did (soạn thảo, xem xét, phê duyệt), their name and position."""

    did: str
    name: str
    position: str


@dataclass(frozen=True)
class Above:
    """A notice that stands above the text while it applies: its words and what it rests on."""

    text: str
    basis: str


@dataclass(frozen=True)
class Sheet:
    """The facts about one print, as they are shown; all are words, nothing is worked out from them.

    ``mark`` is printed large across each page (``HẾT HIỆU LỰC``) and ``mark_line`` says the same in a sentence;
    both are empty for what applies. ``address`` is what the QR code holds, ``short_code`` what can be typed instead.
    """

    agency: str
    kind: str
    title: str
    code: str
    edition: str
    issued_on: str
    effective_from: str
    decision: str
    copy_line: str
    short_code: str
    address: str
    check_place: str
    mark: str = ""
    mark_line: str = ""
    notices: tuple[Above, ...] = ()
    answers: tuple[Answer, ...] = ()


def sheet_to_json(sheet: Sheet) -> str:
    """Return a sheet as JSON text; ``sheet_from_json`` gives back an equal one."""
    return json.dumps(asdict(sheet), ensure_ascii=False)


def sheet_from_json(text: str) -> Sheet:
    """Return the sheet that ``sheet_to_json`` wrote."""
    values = json.loads(text)
    return Sheet(
        **{
            **values,
            "notices": tuple(Above(**one) for one in values["notices"]),
            "answers": tuple(Answer(**one) for one in values["answers"]),
        }
    )
