"""Setting where a form gets its validity from: an instrument it comes with, the agency itself, or a program."""

from __future__ import annotations

from dataclasses import dataclass

from qms.errors import Refused, WrongUse
from qms.model.document import Document
from qms.model.enums import DocumentType, FormSource
from qms.model.forms import FormOrigin
from qms.model.ids import clean
from qms.model.law import Ref
from qms.model.permissions import Act
from qms.usecases import lookups, naming
from qms.usecases.ports import Work


class SourceOfNoForm(Refused):
    """Only a form comes from somewhere."""

    code = "source_of_no_form"
    sentence = "{code}: tài liệu này không phải biểu mẫu nên không ghi nguồn."


class InstrumentNeeded(WrongUse):
    """A form that comes with an instrument names it."""

    code = "instrument_needed"
    sentence = "Hãy ghi số, ký hiệu văn bản ban hành kèm mẫu, ví dụ 04/2024/TT-BTP."


@dataclass(frozen=True)
class Origin:
    """Where a form gets its validity from, as typed: the number of an instrument and the sample's in it, a program."""

    source: FormSource
    number: str = ""
    issuer: str = ""
    sample: str = ""
    software: str = ""


def set_source(work: Work, code: str, origin: Origin) -> None:
    """Keep where a form gets its validity from; raises ``SourceOfNoForm`` or ``InstrumentNeeded``."""
    document = lookups.document(work, code)
    work.allow(Act.SET_FORM_SOURCE, lookups.subject_of(document))
    if document.type is not DocumentType.FORM:
        raise SourceOfNoForm(code=document.code)
    ref = _instrument(work, origin)
    row = _row(work, document)
    row.source = origin.source
    row.key, row.issuer_key = ref.key[:80], ref.issuer[:120]
    row.sample = clean(origin.sample)[:80] if origin.source is FormSource.INSTRUMENT else ""
    row.software = clean(origin.software)[:200] if origin.source is FormSource.SOFTWARE else ""
    row.set_by, row.set_at = work.actor.name[:120], work.now
    work.record("form_source", document.id, source=origin.source.value, instrument=row.key, sample=row.sample)
    work.commit()


def _instrument(work: Work, origin: Origin) -> Ref:
    if origin.source is not FormSource.INSTRUMENT:
        return Ref("")
    if not origin.number.strip():
        raise InstrumentNeeded
    return naming.settled(work, naming.ref_of(work, origin.number, clean(origin.issuer)))


def _row(work: Work, document: Document) -> FormOrigin:
    row = work.session.get(FormOrigin, document.id)
    if row is None:
        row = FormOrigin(document_id=document.id)
        work.session.add(row)
    return row
