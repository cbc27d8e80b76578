"""What comes nearest to a file that is no form we know: by words, by a printed code, by its title. No acts here."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from qms.model.document import Code, Document, Revision
from qms.model.enums import DocumentType
from qms.model.ids import fold, fold_code
from qms.model.lifecycle import in_force, revision_period
from qms.usecases.form_texts import Blank
from qms.usecases.ports import Work

SHOWN = 5
_HEAD_LINES = 40
_CODE = re.compile(r"\b[A-ZĐ]{2,6}[ .:/-]{0,2}\d[\w./-]{0,24}|\b[A-ZĐ]{2,6}(?:[./-][\wĐ]{1,8}){1,4}")


@dataclass(frozen=True)
class Near:
    """A form that comes near: ``part`` of its fixed words is in the file, or its code or title is printed there."""

    document: str
    code: str
    title: str
    form: str
    label: str
    part: float | None = None
    by: str = "words"


def nearest(
    work: Work, text: str, clusters: Iterable[tuple[Sequence[Blank], float]], day: date
) -> tuple[Near, ...]:
    """Return the nearest forms, at most ``SHOWN``: first those named by a code, then by title, then by words."""
    found: dict[tuple[str, str], Near] = {}
    for near in (*_by_name(work, text, day), *_by_words(work, clusters)):
        found.setdefault((near.document, fold(near.form)), near)
    return tuple(found.values())[:SHOWN]


def _by_name(work: Work, text: str, day: date) -> Iterator[Near]:
    lines = [line for line in text.splitlines() if line.strip()][:_HEAD_LINES]
    codes = {fold_code(match[0].rstrip("./-")) for line in lines for match in _CODE.finditer(line)}
    titles = {fold(line) for line in lines if len(line.split()) > 2}
    bearing = select(Code.document_id).where(Code.folded.in_(codes), Code.ends.is_(None))
    for by, which in (("code", Document.id.in_(bearing)), ("title", Document.folded_title.in_(titles))):
        rows = work.session.scalars(
            select(Revision)
            .join(revision_period, revision_period.c.revision_id == Revision.id)
            .join(Document, Document.id == Revision.document_id)
            .where(which, Document.type == DocumentType.FORM, in_force(day))
            .order_by(Revision.id)
            .limit(SHOWN)
        )
        for row in rows:
            yield Near(row.document_id, row.code or row.document_id, row.title, row.title, row.label, by=by)


def _by_words(work: Work, clusters: Iterable[tuple[Sequence[Blank], float]]) -> Iterator[Near]:
    ranked = sorted(clusters, key=lambda one: -one[1])[:SHOWN]
    ids = [blanks[0].row.revision_id for blanks, _ in ranked]
    rows = work.session.scalars(
        select(Revision).where(Revision.id.in_(ids)).options(joinedload(Revision.document))
    )
    known = {row.id: row for row in rows}
    for blanks, part in ranked:
        row = known[blanks[0].row.revision_id]
        title = blanks[0].row.title
        yield Near(row.document_id, row.code or row.document_id, row.title, title, row.label, part)
