"""Where forms get their validity from and how that stands on a day. No acts here."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from qms.citations import find
from qms.model.document import Document
from qms.model.enums import FormSource, InstrumentStatus
from qms.model.forms import FormOrigin
from qms.model.ids import fold
from qms.model.law import Ref
from qms.model.legal_status import Standing
from qms.usecases import naming, standings
from qms.usecases.ports import Work
from qms.usecases.standings import Known

_ENDED = (InstrumentStatus.EXPIRED, InstrumentStatus.SUSPENDED)
_BEFORE = 60
"""How many characters before a citation say that the form comes with it («Ban hành kèm theo ...»)."""
CHUNK = 500


@dataclass(frozen=True)
class SourceLine:
    """Where a form gets its validity from, and how the instrument stands; ``printed``: only the paper says so."""

    source: FormSource
    sample: str = ""
    key: str = ""
    issuer_key: str = ""
    title: str = ""
    standing: Standing | None = None
    software: str = ""
    printed: bool = False

    @property
    def ended(self) -> bool:
        """Tell whether the instrument does not hold on the day."""
        return self.standing is not None and self.standing.status in _ENDED


@dataclass(frozen=True)
class FormLine:
    """A form that comes from an instrument."""

    document: str
    code: str
    title: str
    sample: str
    ended: bool


def of_documents(work: Work, documents: Collection[str], day: date) -> dict[str, SourceLine]:
    """Return the sources that the officer set for documents, with how their instruments stand on a day."""
    rows = [row for some in _chunks(documents) for row in _rows(work, some)]
    known = standings.of_refs(work, [ref for row in rows if (ref := row.ref)], day)
    return {row.document_id: _line(row, known) for row in rows}


def of_form(work: Work, document_id: str, text: str, day: date) -> SourceLine | None:
    """Return where a form gets its validity from: as the officer said, else as the paper says it comes with."""
    return of_documents(work, [document_id], day).get(document_id) or _printed(work, text, day)


def from_instrument(work: Work, ref: Ref) -> tuple[FormLine, ...]:
    """Return the forms that come from an instrument, by code."""
    rows = work.session.execute(
        select(Document, FormOrigin.sample)
        .join(FormOrigin, FormOrigin.document_id == Document.id)
        .where(
            FormOrigin.source == FormSource.INSTRUMENT,
            FormOrigin.key == ref.key,
            FormOrigin.issuer_key.in_({ref.issuer, ""}),
        )
        .options(selectinload(Document.codes))
    )
    found = [
        FormLine(one.id, one.code, one.title, sample, one.retired_on is not None) for one, sample in rows
    ]
    return tuple(sorted(found, key=lambda line: line.code))


def _line(row: FormOrigin, known: dict[Ref, Known]) -> SourceLine:
    if (ref := row.ref) is None:
        return SourceLine(row.source, sample=row.sample, software=row.software)
    found = known[ref]
    return SourceLine(row.source, row.sample, found.key, found.issuer_key, found.title, found.standing)


def _printed(work: Work, text: str, day: date) -> SourceLine | None:
    for citation in find(text):
        key = citation.key
        if not key or "kem theo" not in fold(text[max(0, citation.start - _BEFORE) : citation.start]):
            continue
        ref = naming.ref_of(work, key, citation.issuer or "")
        found = standings.of_refs(work, [ref], day)[ref]
        return SourceLine(
            FormSource.INSTRUMENT, "", found.key, found.issuer_key, found.title, found.standing, printed=True
        )
    return None


def _rows(work: Work, documents: Collection[str]) -> Iterable[FormOrigin]:
    return work.session.scalars(select(FormOrigin).where(FormOrigin.document_id.in_(documents)))


def _chunks(documents: Collection[str]) -> Iterable[list[str]]:
    listed = list(documents)
    return (listed[at : at + CHUNK] for at in range(0, len(listed), CHUNK))
