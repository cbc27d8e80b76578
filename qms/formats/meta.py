"""``meta.yaml``: what the approver sees beside the text, kept with it in Git and read back by ``rebuild``."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import yaml

from qms.errors import Fault
from qms.model.enums import DocumentType

# the same safe loader in C where PyYAML was built with it: a rebuild reads every revision's meta
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


class UnreadableMeta(Fault):
    """A ``meta.yaml`` in Git that is not what this tool writes."""

    code = "unreadable_meta"
    sentence = (
        "Thông tin kèm theo tài liệu trong kho không đọc được; hãy chạy «qms verify», báo người quản trị."
    )


@dataclass(frozen=True)
class Named:
    """Something of the agency as it is named outside the database: its stable key and its name."""

    key: str
    name: str


@dataclass(frozen=True)
class Meta:
    """The facts about a revision that are decided on together with its content; no people, no decisions."""

    code: str
    title: str
    type: DocumentType
    issuer: str
    unit: Named
    applying_units: tuple[Named, ...] = ()
    field: Named | None = None
    owner: Named | None = None
    review_months: int = 12
    forms: tuple[str, ...] = ()
    legal_basis: tuple[str, ...] = ()
    change_note: str = ""
    source_file: str | None = None
    printed_date: date | None = None


def write_meta(meta: Meta) -> bytes:
    """Return the YAML of a meta: fixed order of keys, UTF-8, always the same bytes for the same facts."""
    facts: dict[str, Any] = {
        "code": meta.code,
        "title": meta.title,
        "type": meta.type.value,
        "issuer": meta.issuer,
        "unit": _named(meta.unit),
        "applying_units": [_named(unit) for unit in meta.applying_units],
        "field": _named(meta.field),
        "owner_position": _named(meta.owner),
        "review_months": meta.review_months,
        "forms": list(meta.forms),
        "legal_basis": list(meta.legal_basis),
        "change_note": meta.change_note,
        "source_file": meta.source_file,
        "printed_date": meta.printed_date.isoformat() if meta.printed_date else None,
    }
    return yaml.safe_dump(facts, allow_unicode=True, sort_keys=False, width=100).encode()


def read_meta(data: bytes) -> Meta:
    """Read what ``write_meta`` wrote; raises ``UnreadableMeta``."""
    try:
        facts = yaml.load(data.decode(), Loader=_LOADER)  # noqa: S506 (a safe loader, whichever it is)
        return Meta(
            code=str(facts["code"]),
            title=str(facts["title"]),
            type=DocumentType(facts["type"]),
            issuer=str(facts["issuer"]),
            unit=Named(**facts["unit"]),
            applying_units=tuple(Named(**unit) for unit in facts["applying_units"]),
            field=Named(**facts["field"]) if facts["field"] else None,
            owner=Named(**facts["owner_position"]) if facts["owner_position"] else None,
            review_months=int(facts["review_months"]),
            forms=tuple(facts["forms"]),
            legal_basis=tuple(facts["legal_basis"]),
            change_note=facts["change_note"] or "",
            source_file=facts["source_file"],
            printed_date=date.fromisoformat(facts["printed_date"]) if facts["printed_date"] else None,
        )
    except (yaml.YAMLError, KeyError, TypeError, ValueError, UnicodeDecodeError) as error:
        raise UnreadableMeta from error


def _named(named: Named | None) -> dict[str, str] | None:
    return None if named is None else {"key": named.key, "name": named.name}
