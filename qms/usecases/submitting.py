"""Submitting: exactly this content is sent to be decided on."""

from __future__ import annotations

from qms.citations import legal_basis
from qms.errors import Refused
from qms.formats.meta import write_meta
from qms.formats.reading import Reading
from qms.model.document import EDITABLE, Document, Revision
from qms.model.ids import clean
from qms.model.permissions import Act
from qms.model.published import Manifest
from qms.usecases import batches, change_items, contents, lookups, marks
from qms.usecases.ports import Work


class StaleBase(Refused):
    """Another revision was issued since this draft was begun."""

    code = "stale_base"
    sentence = (
        "{code}: trong lúc soạn đã có lần ban hành mới hơn (lần {issued}); "
        "hãy đối chiếu hai bản, đưa thay đổi vào rồi xác nhận soạn theo bản mới."
    )


class NothingChanged(Refused):
    """A draft that says what is in force already would only be a new date."""

    code = "nothing_changed"
    sentence = "{code}: bản soạn chưa sửa gì so với bản đang áp dụng; hãy sửa nội dung rồi trình."


def rebase(work: Work, document_id: str) -> None:
    """Say that the draft has taken in what was issued meanwhile."""
    document, revision = lookups.editable(work, document_id)
    latest = lookups.latest(work, document)
    revision.base_sequence = latest.sequence if latest else None
    work.record("rebase", document.id, base=revision.base_sequence)
    work.commit()


class DeadBasis(Refused):
    """The draft rests on something that has ended; whoever still sends it says why."""

    code = "dead_basis"
    sentence = (
        "{code}: bản soạn còn căn cứ đã hết hiệu lực ({dead}); "
        "hãy thay căn cứ, hoặc ghi lý do vẫn trình với căn cứ này."
    )


def submit(work: Work, code: str, basis_reason: str = "") -> str:
    """Send the draft to be decided on and return the Content-SHA256 that decisions will carry.

    ``basis_reason`` says why a legal basis that has ended is kept; raises ``DeadBasis`` without it.
    """
    document = lookups.document(work, code)
    revision = lookups.need_open(work, document)
    work.allow(Act.SUBMIT, lookups.subject_of(document, revision))
    sha256 = _send(work, document, revision, basis_reason)
    work.commit()
    return sha256


def submit_batch(work: Work, change_id: str, basis_reason: str = "") -> list[batches.Outcome]:
    """Send every draft of a legal change to be decided on, each by the same rules; one refusal stops no other."""
    work.allow(Act.DRAFT)
    change = change_items.change(work, change_id)
    change.need_open()
    drafts = change_items.drafts(work, change)

    def send(document: Document) -> str:
        revision = lookups.need_open(work, document)
        work.allow(Act.SUBMIT, lookups.subject_of(document, revision))
        latest = lookups.latest(work, document)
        if latest and contents.content_file(work.session, revision).sha256 == latest.master_sha256:
            raise NothingChanged(code=document.code)
        return _send(work, document, revision, basis_reason)

    waiting = [row.document_id for row in drafts.values() if row.state in EDITABLE]
    outcomes = batches.each(work, waiting, send)
    work.commit()
    return outcomes


def _send(work: Work, document: Document, revision: Revision, basis_reason: str) -> str:
    revision.expect("trình duyệt", *EDITABLE)
    latest = lookups.latest(work, document)
    file = contents.content_file(work.session, revision)
    reading = contents.read_master(work, file.path, file.data)
    if latest is not None and latest.sequence != revision.base_sequence:
        name, data = contents.issued_file(work, latest)
        theirs = contents.read_master(work, name, data).markdown
        raise StaleBase(code=document.code, issued=latest.label, mine=reading.markdown, theirs=theirs)
    revision.basis_reason = _reason(work, document.code, reading, basis_reason)
    meta = contents.meta_of(work.session, document, revision, reading, _basis(reading))
    files = contents.all_files(work.session, revision) | {"meta.yaml": write_meta(meta)}
    contents.put(work.session, revision, "meta.yaml", files["meta.yaml"])
    revision.master_sha256 = file.sha256
    revision.submit(Manifest.of(files).content_sha256, work.now)
    work.record(
        "submit", document.id, content_sha256=revision.content_sha256, basis_reason=revision.basis_reason
    )
    return revision.content_sha256 or ""


def _reason(work: Work, code: str, reading: Reading, typed: str) -> str:
    """Return why a dead basis is kept; a reason is asked for only where there is one to give."""
    dead = marks.dead(line for line in marks.of_text(work, reading) if line.basis)
    if not dead:
        return ""
    reason = clean(typed)
    if not reason:
        raise DeadBasis(code=code, dead=", ".join(dead))
    return reason


def _basis(reading: Reading) -> tuple[str, ...]:
    return tuple(c.key for c in legal_basis(reading.anatomy.legal_basis_lines) if c.key)
