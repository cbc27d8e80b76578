"""What was read from one file, and the same (or the refusal) as JSON for pipes and caches."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from qms.formats import refusals
from qms.formats.anatomy.values import Anatomy, AppendedForm, Doubt, Record, RevisionRow, Section, Step
from qms.formats.refusals import Damaged, Unacceptable
from qms.model.enums import DocumentType, MasterFormat, WarningCode

_KINDS: dict[str, type[Unacceptable]] = {
    kind.code: kind
    for kind in vars(refusals).values()
    if isinstance(kind, type) and issubclass(kind, Unacceptable)
}


@dataclass(frozen=True)
class Reading:
    """All that was read from one file.

    ``markdown`` is the file itself for a Markdown master and derived for a DOCX master. ``plain`` has every
    word once. ``warnings`` are those of the file (mended characters, a wrong name), then the anatomy's.
    ``converted`` tells that it is of the DOCX that LibreOffice made of an old Word file.
    """

    format: MasterFormat
    anatomy: Anatomy
    markdown: str
    plain: str
    warnings: tuple[Doubt, ...] = ()
    converted: bool = False


def reading_to_json(reading: Reading) -> str:
    """Return a reading as JSON text; ``reading_from_json`` gives back an equal one."""
    return json.dumps(asdict(reading), ensure_ascii=False, default=_plain)


def reading_from_json(text: str) -> Reading:
    """Return the reading that ``reading_to_json`` wrote."""
    values = json.loads(text)
    return Reading(
        format=MasterFormat(values["format"]),
        anatomy=_anatomy(values["anatomy"]),
        markdown=values["markdown"],
        plain=values["plain"],
        warnings=_doubts(values["warnings"]),
        converted=values.get("converted", False),
    )


def refusal_to_json(refusal: Unacceptable) -> str:
    """Return a refusal as JSON text."""
    facts = {name: fact if isinstance(fact, int) else str(fact) for name, fact in refusal.facts.items()}
    return json.dumps({"code": refusal.code, "facts": facts}, ensure_ascii=False)


def refusal_from_json(text: str) -> Unacceptable:
    """Return the refusal that ``refusal_to_json`` wrote; an unknown one is ``Damaged``."""
    values = json.loads(text)
    kind = _KINDS.get(values["code"])
    return Damaged(what="không rõ") if kind is None else kind(**values["facts"])


def _plain(value: object) -> str:
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(value)


def _anatomy(values: dict[str, Any]) -> Anatomy:
    kind, day = values["type"], values["issue_date"]
    return Anatomy(
        **{
            **values,
            "type": None if kind is None else DocumentType(kind),
            "issue_date": None if day is None else date.fromisoformat(day),
            "sections": tuple(Section(**one) for one in values["sections"]),
            "step_time_columns": tuple(values["step_time_columns"]),
            "steps": tuple(_step(one) for one in values["steps"]),
            "forms": tuple(values["forms"]),
            "records": tuple(Record(**one) for one in values["records"]),
            "legal_basis_lines": tuple(values["legal_basis_lines"]),
            "revision_rows": tuple(RevisionRow(**one) for one in values["revision_rows"]),
            "tthc_codes": tuple(values["tthc_codes"]),
            "appended_forms": tuple(AppendedForm(**one) for one in values["appended_forms"]),
            "warnings": _doubts(values["warnings"]),
        }
    )


def _step(values: dict[str, Any]) -> Step:
    return Step(
        **{**values, "times": tuple(values["times"]), "times_repeated": tuple(values["times_repeated"])}
    )


def _doubts(values: list[dict[str, str]]) -> tuple[Doubt, ...]:
    return tuple(Doubt(WarningCode(one["code"]), one["message"]) for one in values)
