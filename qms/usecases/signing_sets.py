"""What is handed to the head of the agency to sign (bộ trình ký): submission, draft of the decision, comparisons."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence

from qms.errors import NotFound, Refused, WrongUse
from qms.model.document import Document, Revision
from qms.model.enums import RevisionState
from qms.model.permissions import Act
from qms.usecases import comparing_tables, covers, letterheads, lookups
from qms.usecases.letterheads import Paper, edition
from qms.usecases.ports import Work

_FIXED = (1980, 1, 1, 0, 0, 0)


class NotApproved(Refused):
    """What nobody approved is not put before the head of the agency."""

    code = "not_approved"
    sentence = "{code}: bản soạn chưa được phê duyệt nên chưa lập bộ trình ký được; hãy trình duyệt trước."


class NothingChosen(WrongUse):
    """A set of nothing."""

    code = "nothing_chosen"
    sentence = "Hãy chọn ít nhất một tài liệu đã được phê duyệt để lập bộ trình ký."


def signing_set(work: Work, codes: Sequence[str]) -> Paper:
    """Return one archive: tờ trình, dự thảo quyết định with a blank number, a bảng so sánh for each that is amended.

    Raises ``NotApproved`` for a draft that was not approved, ``NothingChosen``.
    """
    work.allow(Act.READ_ISSUANCES)
    chosen = [_approved(work, code) for code in dict.fromkeys(codes)]
    if not chosen:
        raise NothingChosen
    rows = [_row(work, document, revision) for document, revision in chosen]
    values = {"dong": rows, "so_luong": f"{len(rows):02d}", "can_cu": _grounds(work, chosen)}
    papers = [
        letterheads.made(work, "to-trinh", "1. Tờ trình", values),
        letterheads.made(work, "du-thao-quyet-dinh", "2. Dự thảo quyết định", values),
        *(
            comparing_tables.paper(work, document, revision)
            for document, revision in chosen
            if revision.base_sequence is not None
        ),
    ]
    return Paper(f"Bộ trình ký {work.today}.zip", _archive(papers))


def _approved(work: Work, code: str) -> tuple[Document, Revision]:
    document = lookups.document(work, code)
    revision = lookups.open_revision(work, document.id)
    if revision is None:
        raise NotFound(what=f"bản đã phê duyệt của {document.code}")
    work.allow(Act.READ_DRAFT, lookups.subject_of(document, revision))
    if revision.state is not RevisionState.APPROVED:
        raise NotApproved(code=document.code)
    return document, revision


def _row(work: Work, document: Document, revision: Revision) -> dict[str, str]:
    issued = lookups.issued_revisions(work, document.id)
    base = next((one for one in issued if one.sequence == revision.base_sequence), None)
    return {
        "ma_hieu": revision.code,
        "ten": revision.title,
        "lan": edition(revision.issue_number, revision.revision_number),
        "thay_the": f"Lần ban hành {edition(base.issue_number, base.revision_number)}"
        if base
        else "Ban hành mới",
        "tom_luoc": revision.change_note or "Ban hành lần đầu.",
    }


def _grounds(work: Work, chosen: Sequence[tuple[Document, Revision]]) -> list[str]:
    """Return what the decision rests on: the rule of the system, then the instruments that asked for the drafts."""
    found = letterheads.grounds(work)
    for _, revision in chosen:
        found.extend(covers.instruments(work, revision))
    return list(dict.fromkeys(found))


def _archive(papers: Sequence[Paper]) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for paper in papers:
            name = paper.name.replace("/", "-")
            archive.writestr(zipfile.ZipInfo(name, _FIXED), paper.data)
    return buffer.getvalue()
