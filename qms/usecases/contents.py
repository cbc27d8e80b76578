"""The files of a revision that is not yet in Git: kept beside it, described by its meta, hashed by a manifest."""

from __future__ import annotations

import hashlib
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, undefer

from qms.errors import NotFound
from qms.formats.anatomy.values import Anatomy, Doubt
from qms.formats.markdown import check_bounds
from qms.formats.meta import Meta, Named
from qms.formats.reading import Reading
from qms.model.document import Document, DocumentUnit, DraftFile, OpenAlready, Revision
from qms.model.enums import MasterFormat, WarningCode
from qms.model.lifecycle import AlreadyRetired
from qms.model.organisation import Unit
from qms.model.published import Manifest
from qms.usecases import lookups
from qms.usecases.ports import Work

ONLY_SCAN = "Tài liệu chỉ có bản quét, chưa đọc được chữ: hãy mở tệp gốc để xem."
SCANNED = Reading(
    MasterFormat.SCAN, Anatomy(), f"{ONLY_SCAN}\n", "", (Doubt(WarningCode.NOT_EXAMINED, ONLY_SCAN),)
)
"""What a scan or a PDF alone says: nothing that was examined."""


def read_master(work: Work, path: str, data: bytes) -> Reading:
    """Return what the content of a document says; raises ``Unacceptable``."""
    return SCANNED if MasterFormat.of(path) is MasterFormat.SCAN else work.reader.read(data, path)


def put(session: Session, revision: Revision, path: str, data: bytes) -> None:
    """Keep one file of a draft, instead of the one at the same path; new content ends what the old was made of."""
    if path.startswith("content."):
        for old in session.scalars(select(DraftFile).where(DraftFile.revision_id == revision.id)):
            if old.path.startswith(("content.", "source.")) and old.path != path:
                session.delete(old)
    sha256 = hashlib.sha256(data).hexdigest()
    known = session.get(DraftFile, (revision.id, path))
    if known is None:
        session.add(DraftFile(revision_id=revision.id, path=path, sha256=sha256, data=data))
    else:
        known.sha256, known.data = sha256, data
    session.flush()


def all_files(session: Session, revision: Revision) -> dict[str, bytes]:
    """Return every file of a draft with its bytes."""
    rows = session.scalars(
        select(DraftFile).where(DraftFile.revision_id == revision.id).options(undefer(DraftFile.data))
    )
    return {row.path: row.data for row in rows}


def content_file(session: Session, revision: Revision) -> DraftFile:
    """Return the content of a draft; raises ``NotFound`` where there is none."""
    row = session.scalar(
        select(DraftFile)
        .where(DraftFile.revision_id == revision.id, DraftFile.path.startswith("content."))
        .options(undefer(DraftFile.data))
    )
    if row is None:
        raise NotFound(what=f"nội dung bản soạn của {revision.code}")
    return row


def issued_file(work: Work, revision: Revision) -> tuple[str, bytes]:
    """Return name and bytes of a published revision's master; raises ``NotFound``."""
    if revision.commit_id is None:
        raise NotFound(what=f"nội dung lần ban hành {revision.label} của {revision.code}")
    commit, document_id = revision.commit_id, revision.document_id
    name = content_name(work.git.manifest(commit, document_id))
    return name, work.git.read(commit, document_id, name)


def first_file(work: Work, document: Document, origin: Revision | None) -> tuple[str, bytes]:
    """Return what a new draft begins with: the file of ``origin``, else a heading; raises ``NotFound``."""
    if origin is not None:
        return issued_file(work, origin)
    if document.master is not MasterFormat.MARKDOWN:
        raise NotFound(what=f"bản Word nào của tài liệu {document.code}")
    return "content.md", f"# {document.title}\n".encode()


def content_name(manifest: Manifest) -> str:
    """Return which of a document's files is its content; raises ``NotFound``."""
    for file in manifest.files:
        if file.path.startswith("content."):
            return file.path
    raise NotFound(what="nội dung tài liệu")


def check_text(text: str) -> None:
    """Refuse Markdown beyond the bounds of ``design.md`` §8 before anything parses it."""
    check_bounds(text)


def author(work: Work) -> dict[str, Any]:
    """Return who drafts, as a revision keeps it."""
    actor = work.actor
    return {
        "author_id": actor.person_id,
        "typed_by_id": actor.person_id,
        "author_name": actor.name,
        "author_position": actor.position,
    }


def meta_of(
    session: Session, document: Document, revision: Revision, reading: Reading, basis: tuple[str, ...]
) -> Meta:
    """Return what the approver sees beside the text."""
    applying = session.execute(
        select(Unit.key, Unit.name)
        .join(DocumentUnit, DocumentUnit.unit_id == Unit.id)
        .where(DocumentUnit.document_id == document.id)
        .order_by(Unit.key)
    ).all()
    home = Named(document.unit.key, document.unit.name)
    return Meta(
        code=revision.code,
        title=revision.title,
        type=document.type,
        issuer=document.issuer,
        unit=home,
        applying_units=tuple(Named(key, name) for key, name in applying) or (home,),
        field=Named(document.field.key, document.field.name) if document.field else None,
        owner=Named(document.owner.key, document.owner.name) if document.owner else None,
        review_months=document.review_months,
        forms=reading.anatomy.forms,
        legal_basis=basis,
        change_note=revision.change_note,
        source_file=revision.source_file,
        printed_date=reading.anatomy.issue_date,
    )


def begin(work: Work, document: Document) -> Revision:
    """Open the next revision of a document with the text of what was published last.

    Raises ``AlreadyRetired``, ``OpenAlready``, and ``NotFound`` where its first draft was given up.
    """
    if document.retired_on is not None:
        raise AlreadyRetired(code=document.code, day=document.retired_on)
    if lookups.open_revision(work, document.id):
        raise OpenAlready(code=document.code)
    base = lookups.latest(work, document)
    origin = base or lookups.last_published(work, document.id)
    if origin is None and all(row.ends is not None for row in document.codes):
        raise NotFound(what=f"tài liệu «{document.code}»")
    # what was taken back lends its text, but is no base: nothing that stands was changed
    revision = new_revision(work, document, document.code, document.title, base)
    put(work.session, revision, *first_file(work, document, origin))
    revision.source_file = origin.source_file if origin else None
    work.record("draft", document.id, base=base.sequence if base else None)
    return revision


def new_revision(work: Work, document: Document, code: str, title: str, base: Revision | None) -> Revision:
    """Open a revision made from ``base`` (None: the first one) in the hands of whoever acts."""
    revision = Revision(
        document_id=document.id,
        code=code,
        title=title,
        issue_number=base.issue_number if base else 1,
        revision_number=base.revision_number + 1 if base else 0,
        base_sequence=base.sequence if base else None,
        created_at=work.now,
        **author(work),
    )
    work.session.add(revision)
    work.session.flush()
    return revision
