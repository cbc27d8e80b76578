"""Builders of published acts with readable defaults; the same arguments always give the same act."""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

from qms.model.enums import IssuanceKind, ItemRole, SigningForm
from qms.model.ids import CROCKFORD
from qms.model.published import DocumentAct, DocumentLine, Manifest, PersonLine, PublishedAct

AT = datetime(2026, 12, 1, 8, 0, tzinfo=UTC)
MAI = PersonLine("Lê Thị Mai", "Thư ký ISO", AT)
AN = PersonLine("Vũ Văn An", "Phó Chủ tịch UBND xã", AT)
AGENCY = "UBND xã Tân Mỹ"
Trees = Mapping[str, Mapping[str, bytes]]


def an_id(number: int) -> str:
    """The same id for the same number."""
    digits = ""
    for _ in range(8):
        number, rest = divmod(number * 7 + 3, 32)
        digits += CROCKFORD[rest]
    return digits


def a_key(text: str) -> str:
    return str(uuid.uuid5(uuid.NAMESPACE_OID, text))


def a_folder(text: str = "Bước 1. Tiếp nhận", **more: bytes) -> dict[str, bytes]:
    files = {"content.md": f"# Quy trình\n\n{text}\n".encode(), "meta.yaml": b"title: Quy tr\xc3\xacnh\n"}
    return files | more


def a_document(
    number: int, files: Mapping[str, bytes], sequence: int = 1, role: ItemRole | None = ItemRole.NEW
) -> DocumentAct:
    line = DocumentLine(
        an_id(number),
        sequence,
        f"{sequence:02}.00",
        Manifest.of(files).content_sha256,
        f"QT {number:02}/CX-HCTP",
    )
    return DocumentAct(line, role, MAI, (MAI,), (AN,), f"token{number}")


def an_act(name: str = "a", *documents: DocumentAct, **changes: object) -> PublishedAct:
    values: dict[str, object] = {
        "act": IssuanceKind.ISSUE,
        "issuance_id": an_id(sum(map(ord, name))),
        "number": "145/QĐ-UBND",
        "signed_on": date(2026, 12, 1),
        "signed_as": SigningForm.KT,
        "effective_from": date(2026, 12, 5),
        "agency": AGENCY,
        "signed_by": AN,
        "recorded_by": MAI,
        "via": "shell (mai)",
        "publish_key": a_key(name),
        "audit_head": "a" * 64,
        "documents": documents,
        "at": AT,
    }
    return PublishedAct(**(values | changes))


def an_issue(
    name: str = "a", *numbers: int, sequence: int = 1, **changes: object
) -> tuple[PublishedAct, Trees]:
    """An act that issues documents of these numbers, with their folders."""
    folders = {number: a_folder(f"{name} {number} {sequence}") for number in numbers or (1,)}
    role = ItemRole.NEW if sequence == 1 else ItemRole.REPLACES
    documents = (a_document(number, files, sequence, role) for number, files in folders.items())
    act = an_act(name, *documents, **({"at": AT + timedelta(days=sequence)} | changes))
    return act, {an_id(number): files for number, files in folders.items()}
