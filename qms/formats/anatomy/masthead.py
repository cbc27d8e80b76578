"""The head of a Markdown master: what its front matter says holds over what its text says, differences told."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from qms.formats.anatomy.cover import read_day
from qms.formats.anatomy.values import Anatomy, Doubt
from qms.model.enums import DocumentType, WarningCode
from qms.model.ids import clean, fold, fold_code

_KEYS: dict[str, tuple[str, ...]] = {
    "code": ("code", "mã hiệu", "mã"),
    "title": ("title", "tên", "tiêu đề"),
    "issuer": ("issuer", "agency", "cơ quan ban hành"),
    "issue_number": ("issue_number", "issue", "lần ban hành"),
    "revision_number": ("revision_number", "lần sửa đổi"),
    "issue_date": ("issue_date", "issued", "ngày ban hành"),
    "type": ("type", "loại"),
}
_ANSWERED = {
    "code": WarningCode.NO_CODE,
    "title": WarningCode.NO_TITLE,
    "issue_number": WarningCode.NO_ISSUE_NUMBER,
    "issue_date": WarningCode.NO_DATE,
}


def with_front_matter(anatomy: Anatomy, meta: Mapping[str, Any]) -> Anatomy:
    """Return the anatomy with what the front matter says; unknown keys and unreadable values change nothing."""
    values = {field: value for field in _KEYS if (value := _value(meta, field)) is not None}
    if not values:
        return anatomy
    answered = {_ANSWERED[field] for field in values if field in _ANSWERED}
    doubts = tuple(doubt for doubt in anatomy.warnings if doubt.code not in answered)
    return replace(anatomy, **values, warnings=(*doubts, *_differences(anatomy, values)))


def _value(meta: Mapping[str, Any], field: str) -> Any:
    lowered = {clean(key).lower(): value for key, value in meta.items()}
    raw = next((lowered[key] for key in _KEYS[field] if lowered.get(key) is not None), None)
    if raw is None or isinstance(raw, list | dict | bool):
        return None
    if field == "issue_date":
        return _day(raw)
    if field == "type":
        return next((kind for kind in DocumentType if kind.value == str(raw).strip().lower()), None)
    if field in {"issue_number", "revision_number"} and isinstance(raw, int):
        return f"{raw:02d}"
    return clean(str(raw)) or None


def _day(raw: object) -> date | None:
    if isinstance(raw, datetime):
        return raw.date()
    if isinstance(raw, date):
        return raw
    try:
        return date.fromisoformat(str(raw).strip())
    except ValueError:
        return read_day(str(raw))


def _differences(anatomy: Anatomy, values: Mapping[str, Any]) -> list[Doubt]:
    doubts = []
    code, title, day = values.get("code"), values.get("title"), values.get("issue_date")
    if code and anatomy.code and fold_code(code) != fold_code(anatomy.code):
        message = f"Phần khai báo ghi mã {code}, trong bài ghi mã {anatomy.code}."
        doubts.append(Doubt(WarningCode.CODE_CONFLICT, message))
    if title and anatomy.title and fold(title) != fold(anatomy.title):
        message = f"Phần khai báo ghi tên «{title}», trong bài ghi «{anatomy.title}»."
        doubts.append(Doubt(WarningCode.HEADER_TITLE_CONFLICT, message))
    if day and anatomy.issue_date and day != anatomy.issue_date:
        message = f"Phần khai báo ghi ngày {day:%d/%m/%Y}, trong bài ghi ngày {anatomy.issue_date:%d/%m/%Y}."
        doubts.append(Doubt(WarningCode.ISSUE_DATE_CONFLICT, message))
    return doubts
