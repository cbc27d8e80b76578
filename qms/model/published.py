"""Published acts: what one commit says, as values, and the message that people and machines read from it.

The message has a sentence for people and, as its last paragraph, the trailers of ``design.md`` §4. Two names
stand beside those: ``Recorded-At:`` (the instant of the act) and, per document, ``Role:`` (new, replaces,
retires). ``parse_message`` reads the trailers only and is the exact inverse of ``PublishedAct.message``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from qms.model.enums import IssuanceKind, ItemRole, SigningForm
from qms.model.ids import is_id
from qms.model.manifest import MANIFEST_NAME, BadFolder, Manifest, PublishedFile, is_document_path
from qms.model.trailers import (
    UnreadableAct,
    join_fields,
    one_line,
    read_date,
    read_instant,
    read_trailers,
    split_fields,
    whole_second,
    write_instant,
    write_trailers,
)

__all__ = [
    "MANIFEST_NAME",
    "BadFolder",
    "DocumentAct",
    "DocumentLine",
    "Manifest",
    "PersonLine",
    "PublishedAct",
    "PublishedFile",
    "UnreadableAct",
    "is_document_path",
    "parse_message",
]

_VERBS = {
    "issue": "Ban hành",
    "reissue": "Ban hành lại",
    "adopt": "Áp dụng",
    "correct": "Đính chính",
    "retire": "Ngừng áp dụng",
    "record": "Ghi nhận việc ban hành",
    "withdraw": "Rút lại",
    "recode": "Đổi mã",
    "move": "Chuyển đơn vị áp dụng",
    "attach": "Bổ sung bản quét",
}
Word = TypeVar("Word", bound=StrEnum)
_SHA256 = re.compile(r"[0-9a-f]{64}")
_KEY = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_LABEL = re.compile(r"[0-9A-Za-z][0-9A-Za-z.-]{0,15}|-")
_DOCUMENT = re.compile(r"(\S{8}) ([1-9][0-9]{0,8}) (\S{1,16}) (\S{64})(?: (.+))?")
_REPEATED = frozenset({"Reviewed-By", "Approved-By"})
_OF_DOCUMENT = _REPEATED | {"Role", "Drafted-By", "Check-Token"}
_REQUIRED = frozenset({"Act", "Recorded-By", "Recorded-At", "Publish-Key", "Audit-Head"})
_OF_ACT = _REQUIRED | {
    "Issuance",
    "Issued-By",
    "Signed-As",
    "Effective-From",
    "Agency",
    "Signed-By",
    "Confirmed-By",
    "Transition",
    "Reason",
    "Scan-SHA256",
    "Via",
}


@dataclass(frozen=True)
class PersonLine:
    """A person as the record names them: name and position as written, when, and for whom if for another."""

    name: str
    position: str = ""
    at: datetime | None = None
    on_behalf: str | None = None

    def __post_init__(self) -> None:
        _fold_texts(self)
        if self.at is not None:
            object.__setattr__(self, "at", whole_second(self.at))

    def text(self) -> str:
        """Return ``name; position; time; on behalf of``."""
        time = write_instant(self.at) if self.at else ""
        return join_fields((self.name, self.position, time, self.on_behalf or ""))

    @classmethod
    def parse(cls, text: str) -> PersonLine:
        """Read what ``text()`` wrote; raises ``UnreadableAct``."""
        read = split_fields(text)
        if len(read) > 4:
            raise UnreadableAct(reason=f"dòng «{text}»")
        name, position, time, on_behalf = [*read, "", "", ""][:4]
        return cls(name, position, read_instant(time) if time else None, on_behalf or None)


@dataclass(frozen=True)
class DocumentLine:
    """Which revision an act is about; ``code`` is the one it bears by this act and may hold blanks."""

    document_id: str
    sequence: int
    label: str
    content_sha256: str
    code: str

    def __post_init__(self) -> None:
        _fold_texts(self)
        _demand(is_id(self.document_id), "mã định danh tài liệu")
        _demand(0 < self.sequence < 10**9, "số thứ tự bản")
        _demand(_LABEL.fullmatch(self.label), "lần ban hành")
        _demand(_SHA256.fullmatch(self.content_sha256), "mã băm nội dung")

    def text(self) -> str:
        """Return ``id sequence label hash code``; the code is last because it may hold blanks."""
        return f"{self.document_id} {self.sequence} {self.label} {self.content_sha256} {self.code}".rstrip(
            " "
        )

    @classmethod
    def parse(cls, text: str) -> DocumentLine:
        """Read what ``text()`` wrote; raises ``UnreadableAct``."""
        if match := _DOCUMENT.fullmatch(text):
            return cls(match[1], int(match[2]), match[3], match[4], match[5] or "")
        raise UnreadableAct(reason=f"dòng «Document: {text}»")


@dataclass(frozen=True)
class DocumentAct:
    """What an act does to one document, and who drafted, reviewed, approved it; no role outside issuances."""

    line: DocumentLine
    role: ItemRole | None = None
    drafted_by: PersonLine | None = None
    reviewed_by: tuple[PersonLine, ...] = ()
    approved_by: tuple[PersonLine, ...] = ()
    check_token: str | None = None

    def __post_init__(self) -> None:
        _fold_texts(self)

    def trailers(self) -> Iterator[tuple[str, str]]:
        """Yield the ``Document:`` trailer and those that belong to it."""
        yield "Document", self.line.text()
        if self.role:
            yield "Role", self.role.value
        if self.drafted_by:
            yield "Drafted-By", self.drafted_by.text()
        for person in self.reviewed_by:
            yield "Reviewed-By", person.text()
        for person in self.approved_by:
            yield "Approved-By", person.text()
        if self.check_token:
            yield "Check-Token", self.check_token


@dataclass(frozen=True, kw_only=True)
class PublishedAct:
    """Everything that one commit says besides its files; texts are one NFC line, instants whole UTC seconds.

    ``act`` is an ``IssuanceKind`` value, ``withdraw``, ``recode``, ``move`` or ``attach``. Raises
    ``UnreadableAct`` for a value whose shape could not be read back.
    """

    act: str
    issuance_id: str | None = None
    number: str | None = None
    signed_on: date | None = None
    signed_as: SigningForm | None = None
    effective_from: date | None = None
    agency: str = ""
    signed_by: PersonLine | None = None
    recorded_by: PersonLine
    confirmed_by: PersonLine | None = None
    transition: str | None = None
    reason: str | None = None
    scan_sha256: str | None = None
    via: str
    publish_key: str
    audit_head: str
    documents: tuple[DocumentAct, ...] = ()
    at: datetime

    def __post_init__(self) -> None:
        _fold_texts(self)
        object.__setattr__(self, "at", whole_second(self.at))
        if self.number == "-":
            object.__setattr__(self, "number", None)
        _demand(self.act in _VERBS, "loại hành vi")
        _demand(self.issuance_id is None or is_id(self.issuance_id), "mã đợt ban hành")
        _demand(self.scan_sha256 is None or _SHA256.fullmatch(self.scan_sha256), "mã băm bản quét")
        _demand(_KEY.fullmatch(self.publish_key), "khóa công bố")
        _demand(_SHA256.fullmatch(self.audit_head), "mã băm nhật ký")
        ids = [document.line.document_id for document in self.documents]
        _demand(len(set(ids)) == len(ids), "một tài liệu ghi hai lần")

    @property
    def kind(self) -> IssuanceKind | None:
        """The issuance kind, or None for an act that is no issuance."""
        return next((kind for kind in IssuanceKind if kind == self.act), None)

    def subject(self) -> str:
        """Return the one sentence that says what was done, to what and by which decision."""
        parts = (_VERBS[self.act], _what(self.documents), _by_what(self))
        return " ".join(part for part in parts if part)

    def message(self) -> str:
        """Return the commit message: subject, a few lines for people, the trailers."""
        body = "\n".join(_lines_for_people(self))
        return "\n\n".join(part for part in (self.subject(), body, write_trailers(self.trailers())) if part)

    def trailers(self) -> Iterator[tuple[str, str]]:
        """Yield the trailers: those of the act, then each document's group."""
        for key, value in self._of_the_act():
            if value is not None:
                yield key, value
        for document in self.documents:
            yield from document.trailers()

    def _of_the_act(self) -> Iterator[tuple[str, str | None]]:
        yield "Act", self.act
        yield "Issuance", self.issuance_id
        if self.number or self.signed_on:
            yield "Issued-By", f"{self.number or '-'} {self.signed_on or '-'}"
        yield "Signed-As", self.signed_as
        yield "Effective-From", self.effective_from.isoformat() if self.effective_from else None
        yield "Agency", self.agency or None
        yield "Signed-By", _write_person(self.signed_by)
        yield "Recorded-By", self.recorded_by.text()
        yield "Recorded-At", write_instant(self.at)
        yield "Confirmed-By", _write_person(self.confirmed_by)
        yield "Transition", self.transition
        yield "Reason", self.reason
        yield "Scan-SHA256", self.scan_sha256
        yield "Via", self.via or None
        yield "Publish-Key", self.publish_key
        yield "Audit-Head", self.audit_head


def parse_message(text: str) -> PublishedAct:
    """Return the act that a commit message tells; raises ``UnreadableAct`` for anything not written by us."""
    single: dict[str, str] = {}
    groups: list[list[tuple[str, str]]] = []
    for key, value in read_trailers(text):
        if key == "Document":
            groups.append([(key, value)])
        elif key in _OF_DOCUMENT and groups:
            groups[-1].append((key, value))
        elif key in _OF_ACT and not groups and key not in single:
            single[key] = value
        else:
            raise UnreadableAct(reason=f"dòng «{key}» không đúng chỗ")
    return _read_act(single, tuple(_read_document(group) for group in groups))


def _read_act(single: dict[str, str], documents: tuple[DocumentAct, ...]) -> PublishedAct:
    _demand(single.keys() >= _REQUIRED, "thiếu dòng bắt buộc")
    number, signed_on = _read_issued_by(single.get("Issued-By"))
    return PublishedAct(
        act=single["Act"],
        issuance_id=single.get("Issuance"),
        number=number,
        signed_on=signed_on,
        signed_as=_one_of(SigningForm, single.get("Signed-As")),
        effective_from=read_date(single["Effective-From"]) if "Effective-From" in single else None,
        agency=single.get("Agency", ""),
        signed_by=_read_person(single.get("Signed-By")),
        recorded_by=PersonLine.parse(single["Recorded-By"]),
        confirmed_by=_read_person(single.get("Confirmed-By")),
        transition=single.get("Transition"),
        reason=single.get("Reason"),
        scan_sha256=single.get("Scan-SHA256"),
        via=single.get("Via", ""),
        publish_key=single["Publish-Key"],
        audit_head=single["Audit-Head"],
        documents=documents,
        at=read_instant(single["Recorded-At"]),
    )


def _read_document(group: list[tuple[str, str]]) -> DocumentAct:
    single = {key: value for key, value in group if key not in _REPEATED}
    _demand(len(single) + sum(key in _REPEATED for key, _ in group) == len(group), "dòng của tài liệu bị lặp")
    return DocumentAct(
        line=DocumentLine.parse(single["Document"]),
        role=_one_of(ItemRole, single.get("Role")),
        drafted_by=_read_person(single.get("Drafted-By")),
        reviewed_by=tuple(PersonLine.parse(value) for key, value in group if key == "Reviewed-By"),
        approved_by=tuple(PersonLine.parse(value) for key, value in group if key == "Approved-By"),
        check_token=single.get("Check-Token"),
    )


def _write_person(person: PersonLine | None) -> str | None:
    return None if person is None else person.text()


def _read_person(text: str | None) -> PersonLine | None:
    return None if text is None else PersonLine.parse(text)


def _read_issued_by(text: str | None) -> tuple[str | None, date | None]:
    if text is None:
        return None, None
    number, _, day = text.rpartition(" ")
    return number, None if day == "-" else read_date(day)


def _one_of(kind: type[Word], text: str | None) -> Word | None:
    try:
        return None if text is None else kind(text)
    except ValueError:
        raise UnreadableAct(reason=f"từ «{text}»") from None


def _what(documents: tuple[DocumentAct, ...]) -> str:
    if len(documents) == 1:
        return documents[0].line.code or "1 tài liệu"
    return f"{len(documents)} tài liệu" if documents else ""


def _by_what(act: PublishedAct) -> str:
    link = "của" if act.act == "attach" else "theo"
    noun = "Quyết định số" if act.number and "/QĐ" in act.number else "văn bản số"
    by = [f"{link} {noun} {act.number}"] if act.number else []
    on = [f"ngày {_day(act.signed_on)}"] if act.signed_on else []
    return " ".join(by + on)


def _lines_for_people(act: PublishedAct) -> Iterator[str]:
    if act.agency:
        yield f"Cơ quan ban hành: {act.agency}"
    if act.effective_from:
        yield f"Có hiệu lực từ ngày {_day(act.effective_from)}"
    for label, text in (("Lý do", act.reason), ("Quy định chuyển tiếp", act.transition)):
        if text:
            yield f"{label}:"
            yield f"> {text}"
    if len(act.documents) > 1:
        yield "Danh mục tài liệu:"
        yield from (
            f"> {document.line.code or 'chưa có mã'} ({document.line.label})" for document in act.documents
        )


def _day(day: date) -> str:
    return f"{day.day:02}/{day.month:02}/{day.year}"


def _demand(held: object, what: str) -> None:
    if not held:
        raise UnreadableAct(reason=f"sai {what}")


def _fold_texts(value: PersonLine | DocumentLine | DocumentAct | PublishedAct) -> None:
    for field in fields(value):
        text = getattr(value, field.name)
        if type(text) is str:
            folded = one_line(text)
            object.__setattr__(value, field.name, folded or (None if field.default is None else ""))
