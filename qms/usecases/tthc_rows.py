"""Taking rows of administrative procedures into the catalogue: what one row says, what it changes. No acts here.

A row is one procedure of one decision (``design.md`` §7). Codes are compared on the stem; a procedure that is given a
new code keeps its history under the old one and names its successor (``domain.md`` §5.1, §6).
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from qms.citations import is_local, issuer_key, parse_key
from qms.citations.intake import StatedTthc
from qms.errors import WrongUse
from qms.formats.regulation import RegulationText
from qms.model.durations import Unread, read_limit
from qms.model.enums import TthcChange, TthcSource
from qms.model.ids import fold
from qms.model.law import Instrument
from qms.model.tthc import AdministrativeProcedure, TthcRow, decision_number, key_with_year
from qms.usecases.ports import Work
from qms.usecases.tthc_lines import Row, TthcLine, WrongRow, filled, in_paper, of_head, read_line

DECISION = "Quyết định"
_SHOWN = 10


@dataclass
class Book:
    """The catalogue held open while rows are taken in, so that each row is compared without asking again.

    ``doubts`` are sentences about rows that were taken but need a person's eye, ``unitless`` the procedures whose
    limit names no unit; ``told`` is what this table said so far.
    """

    work: Work
    procedures: dict[str, AdministrativeProcedure]
    rows: dict[tuple[str, str, str, TthcSource], list[TthcRow]]
    instruments: dict[tuple[str, str], Instrument]
    doubts: list[str] = field(default_factory=list)
    keys: dict[tuple[str, str], str] = field(default_factory=dict)
    told: dict[tuple[object, ...], tuple[object, ...]] = field(default_factory=dict)
    unitless: list[str] = field(default_factory=list)

    def all_doubts(self) -> list[str]:
        """Return every doubt once; limits without unit are one sentence."""
        doubts = list(dict.fromkeys(self.doubts))
        if self.unitless:
            shown = ", ".join(self.unitless[:_SHOWN]) + (" ..." if len(self.unitless) > _SHOWN else "")
            doubts.append(f"{len(self.unitless)} dòng có thời hạn không ghi đơn vị ngày hay giờ: {shown}")
        return doubts

    def rows_of(self, identity: tuple[str, str], stem: str, source: TthcSource) -> list[TthcRow]:
        """Return what a decision already says of a procedure."""
        return self.rows.get((*identity, stem, source), [])


def opened(work: Work) -> Book:
    """Open the catalogue for taking rows in."""
    rows: dict[tuple[str, str, str, TthcSource], list[TthcRow]] = {}
    for row in work.session.scalars(select(TthcRow).order_by(TthcRow.id)):
        rows.setdefault((row.decision_key, row.decision_issuer, row.stem, row.source), []).append(row)
    decisions = select(Instrument).where(Instrument.key.contains("QĐ"))
    return Book(
        work,
        {row.stem: row for row in work.session.scalars(select(AdministrativeProcedure))},
        rows,
        {(row.key, row.issuer_key): row for row in work.session.scalars(decisions)},
    )


def stated_in(work: Work, paper: RegulationText) -> tuple[StatedTthc, ...]:
    """Return what the tables of a decision say of procedures, settled by what is known; wrong rows are left out."""
    head, cells = in_paper(paper)
    if not cells:
        return ()
    book = opened(work)
    found: list[StatedTthc] = []
    for row in cells:
        try:
            line = settled(book, read_line(filled(row.values, of_head(head))))
        except WrongUse:
            continue
        change = line.change or TthcChange.AMENDED
        found.append(StatedTthc(line.code, line.name, change, line.time_limit, line.fee))
    return tuple(found)


def take_row(book: Book, row: Row) -> str:
    """Take one prepared row in and return ``created``, ``updated`` or ``unchanged``; raises ``WrongUse``."""
    return take_line(book, read_line(row))


def take_line(book: Book, line: TthcLine) -> str:
    """Take in what one row says; raises ``WrongUse`` where it does not fit what is known."""
    line = settled(book, line)
    identity = _identity(book, line)
    _refuse_contradiction(book, identity, line)
    _decision(book, identity, line)
    if read_limit(line.time_limit).unread is Unread.NO_UNIT:
        book.unitless.append(line.stem)
    told = [_take_procedure(book, line)]
    if line.change is TthcChange.RECODED:
        heir = TthcLine(
            stem=line.successor,
            code=line.successor,
            name=line.name or _name(book, line.stem),
            change=TthcChange.NEW,
            source=line.source,
            time_limit=line.time_limit,
            fee=line.fee,
            effective=line.effective,
            field=line.field or _field(book, line.stem),
        )
        told += [_take_procedure(book, heir), _write(book, identity, heir)]
    told.append(_write(book, identity, line))
    return next((word for word in ("created", "updated") if word in told), "unchanged")


def settled(book: Book, line: TthcLine) -> TthcLine:
    """Return a row with what is done settled by what is known: new, amended, or a new code for an old procedure.

    A re-coded row always stands under the old code with its successor. Raises ``WrongRow`` where the other code of a
    re-coded procedure is neither given nor told by its name.
    """
    old, new = line.predecessor, line.successor
    if line.change is TthcChange.RECODED and not (old or new):
        found = _same_name(book, line) if line.stem not in book.procedures else ""
        if not found:
            raise WrongRow(reason=f"{line.stem}: đổi mã thì cần cả mã cũ và mã mới (cột «mã mới»).")
        old = found
    if line.change is None and not (old or new) and line.old_name and line.stem not in book.procedures:
        old = _same_name(book, line)
    if old and old != line.stem:
        return replace(line, change=TthcChange.RECODED, stem=old, code=old, successor=new or line.stem)
    if new and new != line.stem and line.change in (None, TthcChange.RECODED):
        return replace(line, change=TthcChange.RECODED)
    if line.change in (None, TthcChange.RECODED):
        return replace(line, change=_told_or_known(book, line), successor="")
    return replace(line, successor=line.successor if line.change is TthcChange.ABOLISHED else "")


def known_row(book: Book, line: TthcLine, what: str) -> TthcRow | None:
    """Return the last row of other decisions of the same kind that states ``time_limit`` or ``fee``."""
    identity = _identity(book, line)
    rows = [
        row
        for (key, issuer, stem, source), found in book.rows.items()
        if stem == line.stem and source is line.source and (key, issuer) != identity
        for row in found
        if getattr(row, what)
    ]
    return max(rows, key=lambda row: (row.effective or date.min, row.id or 0), default=None)


def _told_or_known(book: Book, line: TthcLine) -> TthcChange:
    said = [row.change for row in book.rows_of(_identity(book, line), line.stem, line.source)]
    if said:
        return said[-1]
    return TthcChange.AMENDED if line.stem in book.procedures else TthcChange.NEW


def _same_name(book: Book, line: TthcLine) -> str:
    wanted = fold(line.old_name or line.name)
    found = [known.stem for known in book.procedures.values() if wanted and known.folded_name == wanted]
    return found[0] if len(found) == 1 and found[0] != line.stem else ""


def _name(book: Book, stem: str) -> str:
    return book.procedures[stem].name if stem in book.procedures else ""


def _field(book: Book, stem: str) -> str:
    return book.procedures[stem].field if stem in book.procedures else ""


def _identity(book: Book, line: TthcLine) -> tuple[str, str]:
    """Return key and folded issuer of the decision; a number given again in another year takes that year in."""
    number = parse_key(decision_number(line.decision)) or line.decision
    issuer = issuer_key(line.issuer) if line.issuer and is_local(number) else ""
    told = (number, issuer)
    if told not in book.keys:
        dated = [
            row.effective
            for (key, its_issuer, _stem, _source), rows in book.rows.items()
            if (key, its_issuer) == told
            for row in rows
        ]
        book.keys[told] = key_with_year(number, line.effective, dated)
    return book.keys[told], issuer


def _refuse_contradiction(book: Book, identity: tuple[str, str], line: TthcLine) -> None:
    """Refuse a second row of one decision about one procedure that says something else: neither can be chosen."""
    told = (*identity, line.stem, line.source, line.change)
    said = (line.successor, fold(line.time_limit), fold(line.fee), line.effective)
    if book.told.setdefault(told, said) != said:
        raise WrongRow(
            reason=f"{line.stem}: bảng có hai dòng khác nhau về thủ tục này trong cùng quyết định; đã lấy dòng đầu."
        )


def _decision(book: Book, identity: tuple[str, str], line: TthcLine) -> None:
    key, issuer = identity
    known = book.instruments.get(identity)
    if known is not None:
        known.effective = known.effective or line.effective
    elif parse_key(key) is None or (is_local(key) and not issuer):
        if line.decision:
            book.doubts.append(
                f"{line.stem}: chưa rõ số hoặc cơ quan ban hành của quyết định «{line.decision}»."
            )
    else:
        known = Instrument(
            key=key, issuer_key=issuer, type=DECISION, issuer=line.issuer, effective=line.effective
        )
        book.instruments[identity] = known
        book.work.session.add(known)


def _take_procedure(book: Book, line: TthcLine) -> str:
    known = book.procedures.get(line.stem)
    if known is None:
        known = AdministrativeProcedure(
            stem=line.stem,
            name=line.old_name or line.name,
            folded_name=fold(line.old_name or line.name),
            field=line.field,
            level=line.level,
            url=line.url,
        )
        book.procedures[line.stem] = known
        book.work.session.add(known)
        return "created"
    values = {"name": line.name, "field": line.field, "level": line.level, "url": line.url}
    if line.change in (TthcChange.ABOLISHED, TthcChange.RECODED) or line.source is TthcSource.INTERNAL:
        # what ends keeps the name that it had; an internal process does not name the procedure anew
        values = {name: value for name, value in values.items() if not getattr(known, name)}
    changed = {name: value for name, value in values.items() if value and getattr(known, name) != value}
    for name, value in changed.items():
        setattr(known, name, value)
    known.folded_name = fold(known.name)
    return "updated" if changed else "unchanged"


def _write(book: Book, identity: tuple[str, str], line: TthcLine) -> str:
    held = book.rows_of(identity, line.stem, line.source)
    row = next((row for row in held if row.change is line.change), None)
    values = {
        "code": line.code,
        "name": line.name,
        "successor": line.successor,
        "time_limit": line.time_limit,
        "fee": line.fee,
        "effective": line.effective,
    }
    if row is None:
        row = TthcRow(
            decision_key=identity[0],
            decision_issuer=identity[1],
            stem=line.stem,
            source=line.source,
            change=line.change or TthcChange.AMENDED,
            **values,
        )
        book.rows.setdefault((*identity, line.stem, line.source), []).append(row)
        book.work.session.add(row)
        return "created"
    # an empty cell does not wipe out what is known
    changed = {name: value for name, value in values.items() if value and getattr(row, name) != value}
    for name, value in changed.items():
        setattr(row, name, value)
    return "updated" if changed else "unchanged"
