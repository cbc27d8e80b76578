"""Controlled copies: giving out numbered prints, fetching them back, and telling which are still out."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select

from qms.errors import NotFound
from qms.model.copies import GIVEN_OUT, ControlledCopy, CopyOfPast, CopyTaken, HolderNeeded
from qms.model.document import Document
from qms.model.enums import CopyFate, DayStatus
from qms.model.ids import clean, fold
from qms.model.permissions import Act, allowed
from qms.usecases import lookups, paper_standing
from qms.usecases.paper_standing import Standing
from qms.usecases.ports import Work


@dataclass(frozen=True)
class CopyLine:
    """One controlled copy as the book of copies shows it; no ``status`` means that its revision was taken back."""

    document_id: str
    code: str
    title: str
    edition: str
    sequence: int
    number: int
    holder: str
    place: str
    given_on: date
    given_by: str
    recalled_on: date | None
    recalled_by: str
    fate: CopyFate | None
    note: str
    status: DayStatus | None
    to_recall: bool
    has_newer: bool

    @property
    def out(self) -> bool:
        """Tell whether somebody still holds it."""
        return self.recalled_on is None


@dataclass(frozen=True)
class CopyBook:
    """The copies of one document, those to be fetched back first, and what may be done here."""

    id: str
    code: str
    title: str
    sequence: int | None
    edition: str
    lines: tuple[CopyLine, ...]
    may_manage: bool
    is_word: bool


@dataclass(frozen=True)
class Minutes:
    """What a record of fetching back and destroying lists: the copies that came back on a day."""

    agency: str
    on: date
    lines: tuple[CopyLine, ...]


def book(work: Work, code: str) -> CopyBook:
    """Return the copies of a document."""
    document = lookups.document(work, code)
    subject = lookups.subject_of(document)
    work.allow(Act.READ_COPIES, subject)
    current = paper_standing.applying(work, document, work.today)
    lines = _lines(work, [document.id])
    return CopyBook(
        id=document.id,
        code=document.code,
        title=document.title,
        sequence=current,
        edition=paper_standing.of(work, document, current, work.today).edition if current else "",
        lines=tuple(sorted(lines, key=_order)),
        may_manage=allowed(work.actor, Act.MANAGE_COPIES, subject),
        is_word=document.master.value == "docx",
    )


def outstanding(work: Work) -> tuple[CopyLine, ...]:
    """Return every copy that somebody still holds, those to be fetched back first."""
    work.allow(Act.READ_COPIES)
    return tuple(sorted((line for line in _lines(work) if line.out), key=_order))


def ledger(work: Work) -> tuple[CopyLine, ...]:
    """Return every copy that was ever given out, by document, revision and number."""
    work.allow(Act.READ_COPIES)
    return tuple(sorted(_lines(work), key=lambda line: (line.code, line.sequence, line.number)))


def renew(work: Work, code: str) -> int:
    """Give every holder of an older copy one of the revision that applies, under the number they have; return how many.

    The old copies stay in the book as still to be fetched back.
    """
    document = lookups.document(work, code)
    work.allow(Act.MANAGE_COPIES, lookups.subject_of(document))
    current = paper_standing.applying(work, document, work.today)
    if current is None:
        raise NotFound(what=f"bản đang áp dụng của {document.code}")
    waiting = {
        (fold(line.holder), line.number): line
        for line in _lines(work, [document.id])
        if line.out and line.sequence < current and not line.has_newer
    }
    given = [line for line in waiting.values() if _find(work, document.id, current, line.number) is None]
    for line in given:
        _add(work, document.id, current, line.number, line.holder, line.place)
    work.commit()
    return len(given)


def give_out(
    work: Work,
    code: str,
    holder: str,
    place: str = "",
    *,
    number: int | None = None,
    sequence: int | None = None,
) -> int:
    """Give out a numbered copy of the revision that applies, or of another that does or will; return its number.

    A holder keeps the number of an earlier revision's copy. Raises ``HolderNeeded``, ``CopyOfPast``, ``CopyTaken``.
    """
    document = lookups.document(work, code)
    work.allow(Act.MANAGE_COPIES, lookups.subject_of(document))
    if not clean(holder):
        raise HolderNeeded
    chosen = sequence or paper_standing.applying(work, document, work.today)
    if chosen is None:
        raise NotFound(what=f"bản đang áp dụng của {document.code}")
    standing = paper_standing.of(work, document, chosen, work.today)
    if standing.status not in GIVEN_OUT:
        raise CopyOfPast(code=document.code)
    given = number or _number_for(work, document, chosen, holder)
    taken = _find(work, document.id, chosen, given)
    if taken is not None:
        raise CopyTaken(code=document.code, number=f"{given:02d}", holder=taken.holder)
    _add(work, document.id, chosen, given, clean(holder)[:200], clean(place)[:200])
    work.commit()
    return given


def recall(
    work: Work,
    code: str,
    sequence: int,
    number: int,
    fate: CopyFate,
    on: date | None = None,
    note: str = "",
) -> None:
    """Write down what became of a copy; raises ``NotFound``, ``CopyCameBack`` or ``RecalledEarly``."""
    document = lookups.document(work, code)
    work.allow(Act.MANAGE_COPIES, lookups.subject_of(document))
    copy = _find(work, document.id, sequence, number)
    if copy is None:
        raise NotFound(what=f"bản kiểm soát số {number:02d}")
    copy.recall(fate, on or work.today, work.actor.name, clean(note)[:500], work.today)
    work.record("recall_copy", document.id, sequence=sequence, number=number, fate=fate.value)
    work.commit()


def minutes(work: Work, on: date | None = None) -> Minutes:
    """Return the copies that came back, were destroyed or reported lost on a day."""
    work.allow(Act.READ_COPIES)
    day = on or work.today
    lines = [line for line in _lines(work) if line.recalled_on == day]
    return Minutes(lookups.root_unit(work).name, day, tuple(lines))


def _add(work: Work, document_id: str, sequence: int, number: int, holder: str, place: str) -> None:
    work.session.add(
        ControlledCopy(
            document_id=document_id,
            sequence=sequence,
            number=number,
            holder=holder,
            place=place,
            given_on=work.today,
            given_by=work.actor.name,
        )
    )
    work.record("give_copy", document_id, sequence=sequence, number=number)


def _order(line: CopyLine) -> tuple[object, ...]:
    return (not line.out, not line.to_recall, line.code, -line.sequence, line.number)


def _find(work: Work, document_id: str, sequence: int, number: int) -> ControlledCopy | None:
    return work.session.scalar(
        select(ControlledCopy).where(
            ControlledCopy.document_id == document_id,
            ControlledCopy.sequence == sequence,
            ControlledCopy.number == number,
        )
    )


def _number_for(work: Work, document: Document, sequence: int, holder: str) -> int:
    rows = work.session.scalars(
        select(ControlledCopy)
        .where(ControlledCopy.document_id == document.id)
        .order_by(ControlledCopy.sequence.desc())
    ).all()
    taken = {row.number for row in rows if row.sequence == sequence}
    before = (
        row.number for row in rows if row.sequence != sequence and fold(row.holder) == fold(clean(holder))
    )
    highest = work.session.scalar(
        select(func.max(ControlledCopy.number)).where(ControlledCopy.document_id == document.id)
    )
    return next((number for number in before if number not in taken), (highest or 0) + 1)


def _lines(work: Work, documents: Sequence[str] | None = None) -> list[CopyLine]:
    query = select(ControlledCopy).order_by(
        ControlledCopy.document_id, ControlledCopy.sequence, ControlledCopy.number
    )
    if documents is not None:
        query = query.where(ControlledCopy.document_id.in_(documents))
    rows = work.session.scalars(query).all()
    known: dict[tuple[str, int], Standing] = {}
    for document_id, sequence in dict.fromkeys((row.document_id, row.sequence) for row in rows):
        document = lookups.document_by_id(work, document_id)
        known[document_id, sequence] = paper_standing.of(work, document, sequence, work.today)
    held = {(row.document_id, row.sequence, fold(row.holder)) for row in rows if row.recalled_on is None}
    return [_line(row, known[row.document_id, row.sequence], held) for row in rows]


def _line(row: ControlledCopy, standing: Standing, held: set[tuple[str, int, str]]) -> CopyLine:
    holder = fold(row.holder)
    return CopyLine(
        document_id=row.document_id,
        code=standing.revision.code or standing.document.code,
        title=standing.revision.title,
        edition=standing.edition,
        sequence=row.sequence,
        number=row.number,
        holder=row.holder,
        place=row.place,
        given_on=row.given_on,
        given_by=row.given_by,
        recalled_on=row.recalled_on,
        recalled_by=row.recalled_by,
        fate=row.fate,
        note=row.note,
        status=standing.status,
        to_recall=row.recalled_on is None and standing.is_past,
        has_newer=any(d == row.document_id and s > row.sequence and h == holder for d, s, h in held),
    )
