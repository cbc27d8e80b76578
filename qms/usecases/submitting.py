"""Submitting: exactly this content is sent to be decided on."""

from __future__ import annotations

from qms.citations import legal_basis
from qms.errors import Refused
from qms.formats.meta import write_meta
from qms.formats.reading import Reading
from qms.model.document import EDITABLE
from qms.model.permissions import Act
from qms.model.published import Manifest
from qms.usecases import contents, lookups
from qms.usecases.ports import Work


class StaleBase(Refused):
    """Another revision was issued since this draft was begun."""

    code = "stale_base"
    sentence = (
        "{code}: trong lúc soạn đã có lần ban hành mới hơn (lần {issued}); "
        "hãy đối chiếu hai bản, đưa thay đổi vào rồi xác nhận soạn theo bản mới."
    )


def rebase(work: Work, document_id: str) -> None:
    """Say that the draft has taken in what was issued meanwhile."""
    document, revision = lookups.editable(work, document_id)
    latest = lookups.latest(work, document)
    revision.base_sequence = latest.sequence if latest else None
    work.record("rebase", document.id, base=revision.base_sequence)
    work.commit()


def submit(work: Work, code: str) -> str:
    """Send the draft to be decided on and return the Content-SHA256 that decisions will carry."""
    document = lookups.document(work, code)
    revision = lookups.need_open(work, document)
    work.allow(Act.SUBMIT, lookups.subject_of(document, revision))
    revision.expect("trình duyệt", *EDITABLE)
    latest = lookups.latest(work, document)
    file = contents.content_file(work.session, revision)
    reading = work.reader.read(file.data, file.path)
    if latest is not None and latest.sequence != revision.base_sequence:
        name, data = contents.issued_file(work, latest)
        theirs = work.reader.read(data, name).markdown
        raise StaleBase(code=document.code, issued=latest.label, mine=reading.markdown, theirs=theirs)
    meta = contents.meta_of(work.session, document, revision, reading, _basis(reading))
    files = {file.path: file.data, "meta.yaml": write_meta(meta)}
    contents.put(work.session, revision, "meta.yaml", files["meta.yaml"])
    revision.master_sha256 = file.sha256
    revision.submit(Manifest.of(files).content_sha256, work.now)
    work.record("submit", document.id, content_sha256=revision.content_sha256)
    work.commit()
    return revision.content_sha256 or ""


def _basis(reading: Reading) -> tuple[str, ...]:
    return tuple(c.key for c in legal_basis(reading.anatomy.legal_basis_lines) if c.key)
