"""Rows of the legal register as people write them: columns, kinds and days in Vietnamese or English words.

Pure: a row of texts becomes typed facts or a ``BadRow`` that says what is wrong with it. An empty cell says nothing.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from qms.citations import find, instrument_type, is_local, parse_key
from qms.errors import WrongUse
from qms.model.days import BadDay, parse_day
from qms.model.enums import RelationKind
from qms.model.ids import clean, fold
from qms.usecases import naming, tthc_lines

Row = Mapping[str, str]

LONGEST = {
    "number": 80,
    "type": 60,
    "issuer": 200,
    "province": 80,
    "url": 500,
    "topics": 300,
    "provisions": 500,
}
"""How many characters the register keeps of a cell; longer is a slip (a whole line pasted into one cell)."""

_PROVISION = re.compile(r"[a-z]+_[0-9a-zđ.]+(?:__[a-z]+_[0-9a-zđ.]+)*")
_GLUED_TITLE = re.compile(r" (?:về|quy định|sửa đổi|hướng dẫn|phê duyệt|ban hành|bãi bỏ|công bố)\b")
_SPOKEN_DAY = re.compile(r"ngày (\d{1,2}) tháng (\d{1,2}) năm (\d{4})", re.IGNORECASE)


class BadRow(WrongUse):
    """A row that cannot be taken in as it stands."""

    code = "bad_row"
    sentence = "{reason}"


class TableKind(StrEnum):
    """What the rows of a table are about; its header tells."""

    INSTRUMENTS = "instruments"
    RELATIONS = "relations"
    TTHC = "tthc"


@dataclass(frozen=True)
class InstrumentFacts:
    """What a row says of an instrument; ``type`` and all behind it may be empty, which says nothing."""

    key: str
    issuer_key: str
    type: str
    title: str
    issuer: str
    issued: date | None
    effective: date | None
    expires: date | None
    province: str
    url: str
    topics: str


@dataclass(frozen=True)
class RelationFacts:
    """What a row says of a relation; issuers are folded, and empty where the number is enough."""

    source_key: str
    source_issuer: str
    kind: RelationKind
    target_key: str
    target_issuer: str
    target_provisions: str
    source_provision: str
    starts: date | None
    except_provisions: str
    sentence: str = ""


COLUMNS: Mapping[str, str] = {
    "number": "so ky hieu|so hieu|so ki hieu|so va ky hieu|so hieu van ban|so ky hieu van ban|ky hieu|so van ban",
    "type": "loai van ban|loai|ten loai|hinh thuc|hinh thuc van ban|phan loai|the loai",
    "title": "trich yeu|ten van ban|trich yeu noi dung|trich yeu van ban|noi dung|ten goi|tieu de|ten",
    "issuer": "co quan ban hanh|noi ban hanh|don vi ban hanh|co quan|co quan ban hanh van ban",
    "issued": "ngay ban hanh|ngay ky|ngay thang ban hanh|ngay thang nam ban hanh|ngay van ban",
    "effective": "ngay hieu luc|ngay co hieu luc|hieu luc tu|hieu luc tu ngay|co hieu luc tu|thoi diem co hieu luc",
    "expires": "ngay het hieu luc|het hieu luc|het hieu luc tu|het hieu luc tu ngay",
    "topics": "linh vuc|chu de|nganh",
    "province": "tinh|tinh thanh pho|dia phuong",
    "url": "duong dan|lien ket|dia chi|link",
    "source": "van ban tac dong|van ban nguon",
    "kind": "quan he|loai quan he|kieu quan he|tac dong|hinh thuc tac dong",
    "target": "van ban bi tac dong|van ban chiu tac dong|van ban dich",
    "target_provisions": "dieu khoan bi tac dong|dieu khoan chiu tac dong|dieu khoan",
    "source_provision": "dieu khoan tac dong|dieu khoan quy dinh|quy dinh tai",
    "except_provisions": "tru dieu khoan|tru|dieu khoan con hieu luc|ngoai tru",
    "from": "tu ngay|ke tu ngay",
    "source_issuer": "co quan ban hanh van ban tac dong|co quan tac dong",
    "target_issuer": "co quan ban hanh van ban bi tac dong|co quan bi tac dong",
}
"""Every column by its name in contracts; the other names it goes by, folded."""

_CANONICAL: Mapping[str, str] = {
    fold(other): name for name, others in COLUMNS.items() for other in (name, *others.split("|"))
}
_KINDS: Mapping[str, RelationKind] = {
    **{fold(kind): kind for kind in RelationKind},
    **{
        words: kind
        for kind, others in {
            RelationKind.REPLACES: "thay the|thay",
            RelationKind.REPEALS: "bai bo|bai bo mot phan|bai bo toan bo|huy bo|lam het hieu luc",
            RelationKind.SUSPENDS: "ngung hieu luc|ngung hieu luc mot phan|tam ngung|tam ngung hieu luc|dinh chi",
            RelationKind.AMENDS: "sua doi bo sung|sua doi|bo sung|sua doi va bo sung",
            RelationKind.CORRECTS: "dinh chinh",
            RelationKind.CONSOLIDATES: "hop nhat",
            RelationKind.GUIDES: "huong dan|huong dan thi hanh|huong dan thuc hien",
            RelationKind.IMPLEMENTS: "quy dinh chi tiet|chi tiet|quy dinh chi tiet thi hanh",
            RelationKind.BASIS: "can cu|can cu ban hanh",
        }.items()
        for words in others.split("|")
    },
}
_TYPES: Mapping[str, str] = {
    fold(name): name
    for name in (
        *(
            "Hiến pháp",
            "Bộ luật",
            "Luật",
            "Pháp lệnh",
            "Lệnh",
            "Sắc lệnh",
            "Nghị quyết",
            "Nghị quyết liên tịch",
        ),
        *("Nghị định", "Quyết định", "Chỉ thị", "Thông tư", "Thông tư liên tịch", "Văn bản hợp nhất"),
        *("Tiêu chuẩn", "Quy chuẩn", "Công văn", "Kế hoạch", "Thông báo", "Hướng dẫn"),
    )
}


def column(name: str) -> str:
    """Return what a column is called in contracts, or its name as it is where it is none of ours."""
    return _CANONICAL.get(fold(name), name)


def table_kind(columns: Iterable[str]) -> TableKind | None:
    """Return what a table with these columns is about, if it can be taken in."""
    heads = list(columns)
    names = {column(name) for name in heads}
    if {"source", "kind", "target"} <= names:
        return TableKind.RELATIONS
    if "number" in names and names & {"type", "title", "issuer", "issued", "effective"}:
        return TableKind.INSTRUMENTS
    return TableKind.TTHC if tthc_lines.is_table(heads) else None


def named(row: Row) -> dict[str, str]:
    """Return the row by the names of contracts; of two columns that mean the same the first that says anything."""
    cells: dict[str, str] = {}
    for name, cell in row.items():
        known = column(name)
        cells[known] = cells.get(known) or clean(cell or "")
    return cells


def instrument_facts(row: Row) -> InstrumentFacts:
    """Read a row of instruments (``number``, ``type``, ``title`` ...); raises ``BadRow``."""
    number = _cell(row, "number", LONGEST["number"])
    if not number:
        raise BadRow(reason="Thiếu số, ký hiệu văn bản (cột number).")
    key = parse_key(number) or number
    issuer = _issuer(clean(row.get("issuer", "")))
    url = _cell(row, "url", LONGEST["url"])
    if url and not url.startswith(("http://", "https://")):
        raise BadRow(reason=f"Đường dẫn «{url}» phải bắt đầu bằng http:// hoặc https://.")
    return InstrumentFacts(
        key=key,
        issuer_key=local_issuer(key, issuer),
        type=instrument_kind(_cell(row, "type", LONGEST["type"])),
        title=_cell(row, "title"),
        issuer=issuer,
        issued=_day(row, "issued", "ngày ban hành"),
        effective=_day(row, "effective", "ngày hiệu lực"),
        expires=_day(row, "expires", "ngày hết hiệu lực"),
        province=_cell(row, "province", LONGEST["province"]),
        url=url,
        topics="; ".join(filter(None, map(clean, _cell(row, "topics", LONGEST["topics"]).split(";")))),
    )


def relation_facts(row: Row) -> RelationFacts:
    """Read a row of relations (``source``, ``kind``, ``target`` ...); raises ``BadRow``."""
    source, target = _number(row, "source"), _number(row, "target")
    if not source or not target:
        raise BadRow(reason="Thiếu văn bản tác động (source) hoặc văn bản bị tác động (target).")
    source_issuer = local_issuer(source, _cell(row, "source_issuer", LONGEST["issuer"]))
    target_issuer = local_issuer(target, _cell(row, "target_issuer", LONGEST["issuer"]))
    if (source, source_issuer) == (target, target_issuer) and not is_local(source):
        raise BadRow(reason=f"{source} không thể tác động đến chính nó; hãy xem lại hai cột source, target.")
    return RelationFacts(
        source_key=source,
        source_issuer=source_issuer,
        kind=_kind(row.get("kind", "")),
        target_key=target,
        target_issuer=target_issuer,
        target_provisions=_provisions(row, "target_provisions"),
        source_provision=_cell(row, "source_provision", 200),
        starts=_day(row, "from", "từ ngày") or _day(row, "effective", "ngày hiệu lực"),
        except_provisions=_provisions(row, "except_provisions"),
    )


def instrument_kind(text: str) -> str:
    """Return a kind of instrument in its usual spelling: "NGHI DINH" is "Nghị định"; what is unknown stays."""
    typed = clean(text)
    return _TYPES.get(fold(typed)) or typed[:1].upper() + typed[1:]


def is_kind(text: str) -> bool:
    """Tell whether a text is nothing but a kind of instrument."""
    return fold(text) in _TYPES


def default_kind(key: str) -> str:
    """Return the kind that a number says by itself, where no other was told."""
    return instrument_type(key).capitalize()


def local_issuer(key: str, issuer: str) -> str:
    """Return the issuer folded where the number alone is no key (``domain.md`` §4.2), else nothing."""
    return naming.local_key(key, issuer)[:120]


def _issuer(text: str) -> str:
    """Return the issuer alone where a title was glued to it, as codifications print it: more fits no column."""
    longest = LONGEST["issuer"]
    return text if len(text) <= longest else _GLUED_TITLE.split(text, maxsplit=1)[0][:longest].strip()


def _number(row: Row, name: str) -> str:
    typed = _cell(row, name, LONGEST["number"])
    return parse_key(typed) or typed


def _kind(text: str) -> RelationKind:
    found = _KINDS.get(fold(text))
    if found is None:
        raise BadRow(reason=f"Quan hệ «{clean(text)}» không có trong danh sách ({', '.join(RelationKind)}).")
    return found


def _provisions(row: Row, name: str) -> str:
    """Return provisions as ids: as given, or read from words ("khoản 2 Điều 5")."""
    typed = _cell(row, name, LONGEST["provisions"])
    parts = typed.replace(";", " ").replace(",", " ").split()
    if all(_PROVISION.fullmatch(part) for part in parts):
        return " ".join(parts)
    # the reader understands provisions of a named instrument: lend it one
    read = [one for citation in find(f"{typed} Nghị định số 1/2000/NĐ-CP") for one in citation.provisions]
    if not read:
        raise BadRow(
            reason=f"Không đọc được điều khoản «{typed}»; hãy viết dạng «khoản 2 Điều 5» hoặc art_5__para_2."
        )
    return " ".join(dict.fromkeys(read))


def _cell(row: Row, name: str, longest: int | None = None) -> str:
    text = clean(row.get(name, ""))
    if longest is not None and len(text) > longest:
        raise BadRow(reason=f"Cột {name} dài quá {longest} ký tự («{text[:40]}…»).")
    return text


def _day(row: Row, name: str, words: str) -> date | None:
    typed = clean(row.get(name, ""))
    if not typed:
        return None
    if spoken := _SPOKEN_DAY.fullmatch(typed):
        typed = "/".join(spoken.groups())
    try:
        # a spreadsheet may add the time of day
        return parse_day(typed.split("T")[0].split(" ")[0])
    except BadDay:
        raise BadRow(reason=f"{words[0].upper()}{words[1:]} (cột {name}): {BadDay(text=typed)}") from None
