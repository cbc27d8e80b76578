"""The table that compares two editions (bảng so sánh), for those who have asked."""

from __future__ import annotations

from dataclasses import dataclass

from qms.errors import NotFound
from qms.formats.comparison import changed_passages
from qms.formats.papers import marked
from qms.formats.reading import Reading
from qms.model.document import Document, Revision
from qms.usecases import contents, covers, letterheads, lookups
from qms.usecases.letterheads import Paper
from qms.usecases.ports import Work

BEFORE_FIRST = "Trang bìa, phần đầu"


@dataclass(frozen=True)
class _Pair:
    document: Document
    old: Revision
    new: Revision
    before: Reading
    after: Reading
    is_draft: bool


def paper(work: Work, document: Document, revision: Revision | None) -> Paper:
    """Return the table for those who have asked already."""
    pair = _pair(work, document, revision)
    reason = pair.new.change_note.strip() or "; ".join(covers.instruments(work, pair.new))
    sections = [
        {
            "ten": section.title or BEFORE_FIRST,
            "ly_do": reason,
            "doan": [
                {"cu": marked(one.old, gone=True), "moi": marked(one.new, gone=False)}
                for one in section.passages
            ],
        }
        for section in changed_passages(pair.before, pair.after)
    ]
    values = {
        "ten": pair.new.title,
        "ma_hieu": pair.new.code,
        "lan_cu": f"Lần ban hành {_edition(pair.old)}",
        "lan_moi": f"{'dự thảo ' if pair.is_draft else ''}lần ban hành {_edition(pair.new)}",
        "muc": sections,
    }
    return letterheads.made(work, "bang-so-sanh", f"Bảng so sánh {pair.new.code}", values)


def _pair(work: Work, document: Document, revision: Revision | None) -> _Pair:
    issued = lookups.issued_revisions(work, document.id)
    new = revision or (issued[-1] if issued else None)
    if revision is not None:
        old = next((one for one in issued if one.sequence == revision.base_sequence), None)
    else:
        old = issued[-2] if len(issued) > 1 else None
    if new is None or old is None:
        raise NotFound(what=f"lần ban hành trước của {document.code} để so sánh")
    before = contents.read_master(work, *contents.issued_file(work, old))
    if revision is None:
        after = contents.read_master(work, *contents.issued_file(work, new))
    else:
        file = contents.content_file(work.session, new)
        after = contents.read_master(work, file.path, file.data)
    return _Pair(document, old, new, before, after, revision is not None)


def _edition(revision: Revision) -> str:
    return letterheads.edition(revision.issue_number, revision.revision_number)
