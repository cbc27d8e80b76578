"""Builders of index entries with readable defaults."""

from __future__ import annotations

from typing import Any

from qms.model.enums import DocumentType
from qms.model.search import IndexEntry, RevisionKey, RevisionSet, SearchIndex, SearchQuery

BIRTH = ("khaisinh", 1)
MARRIAGE = ("ketxhon1", 1)


def an_entry(document_id: str = "aaaaaaaa", sequence: int = 1, **parts: Any) -> IndexEntry:
    """Return an entry; what is not said is empty."""
    known: dict[str, Any] = {"codes": (), "title": "Quy trình mẫu", "type": DocumentType.PROCEDURE}
    return IndexEntry(document_id, sequence, **{**known, **parts})


BIRTH_ENTRY = an_entry(
    *BIRTH,
    codes=("QT 01/CX-HCTP",),
    title="Đăng ký khai sinh",
    units=("xa-tan-an",),
    headings=("Mục đích", "Phạm vi"),
    forms=("Tờ khai đăng ký khai sinh",),
    body="Người yêu cầu nộp giấy chứng sinh.\nLệ phí: không thu.",
    citations=("123/2015/NĐ-CP", "60/2014/QH13"),
    source_file="01. Đăng ký khai sinh.docx",
)
MARRIAGE_ENTRY = an_entry(
    *MARRIAGE,
    codes=("QT 10/CX-HCTP",),
    title="Đăng ký kết hôn",
    units=("xa-tan-binh",),
    body="Hai bên nam, nữ cùng có mặt; nộp tờ khai và xuất trình giấy tờ tùy thân.",
    citations=("23/2015/NĐ-CP", "52/2014/QH13"),
)


def found(index: SearchIndex, text: str, **narrowed: Any) -> list[RevisionKey]:
    """Return the keys of the hits, best first."""
    return [hit.key for hit in index.search(SearchQuery(text, **narrowed)).hits]


def only(*keys: RevisionKey, token: str | None = None) -> RevisionSet:
    """Return a set of these revisions."""
    return RevisionSet(token or repr(sorted(keys)), frozenset(keys))
