"""Intake: a regulation's text becomes a proposal, and what the officer keeps of it goes into the legal register."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from sqlalchemy import select

from qms.citations import is_local, parse_key
from qms.citations.intake import (
    Doubt,
    Regulation,
    StatedInstrument,
    StatedTthc,
    effective_day,
    read_regulation,
)
from qms.errors import WrongUse
from qms.formats.refusals import Unacceptable
from qms.formats.regulation import RegulationText
from qms.model.enums import EffectiveRule, IntakeDoubt, RelationKind
from qms.model.ids import clean
from qms.model.law import Instrument
from qms.model.permissions import Act
from qms.usecases import naming, tthc_rows
from qms.usecases.law_book import CREATED, UNCHANGED, UPDATED, Book
from qms.usecases.law_rows import LONGEST, InstrumentFacts, RelationFacts, instrument_facts, local_issuer
from qms.usecases.ports import Work


class NoNumber(WrongUse):
    """An instrument without number and symbol (or the title and year of a law) cannot be registered."""

    code = "no_number"
    sentence = "Chưa có số, ký hiệu văn bản; hãy nhập số (ví dụ 18/2026/NĐ-CP) rồi ghi lại."


class NoTarget(WrongUse):
    """A relation that points to nothing."""

    code = "no_target"
    sentence = "Một dòng tác động chưa có văn bản chịu tác động; hãy điền số văn bản hoặc bỏ dòng đó."


class LongTarget(WrongUse):
    """A target that is named by a title too long to be a key."""

    code = "long_target"
    sentence = "Tên «{target}» quá dài để ghi vào sổ; hãy thay bằng số, ký hiệu của văn bản đó."


@dataclass(frozen=True)
class InstrumentFields:
    """An instrument as read, or as typed by hand: five fields and who issued it; empty ones wipe out nothing."""

    number: str = ""
    type: str = ""
    title: str = ""
    issuer: str = ""
    issued: date | None = None
    effective: date | None = None
    expires: date | None = None


@dataclass(frozen=True)
class RelationFields:
    """One relation as read, or as the officer corrected it; no ``target_provisions`` means the whole target."""

    kind: RelationKind
    target: str
    target_issuer: str = ""
    target_provisions: tuple[str, ...] = ()
    except_provisions: tuple[str, ...] = ()
    source_provision: str = ""
    starts: date | None = None
    sentence: str = ""


@dataclass(frozen=True)
class ProposedRelation:
    """A relation found in the text, and what the register knows of its target (``known``: it has a page)."""

    fields: RelationFields
    target_title: str
    known: bool


@dataclass(frozen=True)
class Proposal:
    """What was read from one file, for the officer to confirm, correct or drop; nothing is written yet.

    ``readable`` is false for a scan or a refused file: the doubts say why, and the five fields can be typed by hand.
    """

    file: str
    readable: bool
    instrument: InstrumentFields = field(default_factory=InstrumentFields)
    effective_rule: EffectiveRule = EffectiveRule.UNKNOWN
    effective_sentence: str = ""
    registered: bool = False
    relations: tuple[ProposedRelation, ...] = ()
    tthc: tuple[StatedTthc, ...] = ()
    doubts: tuple[Doubt, ...] = ()
    text: str = ""


@dataclass(frozen=True)
class Applied:
    """What ``apply`` wrote: the canonical number, and how many rows were created, updated, left as they were."""

    number: str
    created: int
    updated: int
    unchanged: int


def propose(work: Work, name: str, data: bytes, number: str | None = None) -> Proposal:
    """Read a regulation and say what it is and does; a file that cannot be read is a proposal with a doubt."""
    work.allow(Act.IMPORT_LAW)
    try:
        paper = work.reader.regulation(data, name)
    except Unacceptable as refusal:
        return Proposal(name, readable=False, doubts=(Doubt(refusal.warning, str(refusal)),))
    if not paper.text.strip():
        return Proposal(name, readable=False, doubts=_warned(paper))
    return replace(_proposal(work, name, paper, number), tthc=tthc_rows.stated_in(work, paper))


def apply(work: Work, instrument: InstrumentFields, relations: Sequence[RelationFields] = ()) -> Applied:
    """Write an instrument and the chosen relations into the register; twice changes nothing.

    Raises ``NoNumber``, ``NoTarget`` or ``BadRow``; then nothing is written.
    """
    work.allow(Act.IMPORT_LAW)
    facts = _instrument_facts(instrument)
    book = Book.about(work, facts.key)
    done = [book.take_instrument(facts)]
    for relation in relations:
        done += [book.take_relation(part) for part in _relation_facts(work, facts, relation)]
    counts = {what: done.count(what) for what in (CREATED, UPDATED, UNCHANGED)}
    if counts[CREATED] or counts[UPDATED]:
        naming.move(work)
        work.record("intake_law", facts.key, created=counts[CREATED], updated=counts[UPDATED])
    work.commit()
    return Applied(facts.key, **counts)


def _proposal(work: Work, name: str, paper: RegulationText, number: str | None) -> Proposal:
    typed = (parse_key(number) or clean(number)) if number else None
    said = read_regulation(paper.text, typed)
    known = _registered(work, said.instrument)
    if known is not None and known.issued and said.instrument.issued is None:
        said = read_regulation(paper.text, typed, known.issued)
    fields, doubts = _fields(said, known)
    relations = _proposed(work, said, fields.effective)
    return Proposal(
        file=name,
        readable=True,
        instrument=fields,
        effective_rule=said.instrument.effective_rule,
        effective_sentence=said.instrument.effective_sentence,
        registered=known is not None,
        relations=relations,
        doubts=(*_warned(paper), *_open(said, fields), *doubts, *_missing_targets(relations)),
        text=paper.text,
    )


def _warned(paper: RegulationText) -> tuple[Doubt, ...]:
    return tuple(Doubt(warning.code, warning.message) for warning in paper.warnings)


def _open(said: Regulation, fields: InstrumentFields) -> Iterator[Doubt]:
    """Yield the reader's doubts without those that the register answered."""
    answered = (IntakeDoubt.NO_EFFECTIVE, IntakeDoubt.EFFECTIVE_BY_RULE) if fields.effective else ()
    yield from (doubt for doubt in said.doubts if doubt.code not in answered)


def _registered(work: Work, stated: StatedInstrument) -> Instrument | None:
    """Return what the register has of the regulation; a local number is only the same with its issuer."""
    if not stated.number:
        return None
    key = naming.key_of(work, stated.number)
    rows = work.session.scalars(select(Instrument).where(Instrument.key == key).order_by(Instrument.id)).all()
    issuer = naming.local_key(key, stated.issuer)
    same = [row for row in rows if naming.same_issuer(row.issuer_key, issuer) is True]
    return naming.chosen(same) if same else None


def _fields(said: Regulation, known: Instrument | None) -> tuple[InstrumentFields, list[Doubt]]:
    """Complete what the text leaves open from the register, and say where the two disagree: the text wins."""
    stated = said.instrument
    fields = InstrumentFields(
        number=stated.number or "",
        type=(stated.type or "").capitalize(),
        title=stated.title,
        issuer=stated.issuer or "",
        issued=stated.issued,
        effective=stated.effective,
        expires=stated.expires,
    )
    if known is None:
        return fields, []
    doubts = []
    if fields.effective is None and known.effective is not None:
        message = f"Ngày hiệu lực {known.effective:%d/%m/%Y} lấy từ sổ; văn bản không ghi ngày cụ thể."
        doubts.append(Doubt(IntakeDoubt.EFFECTIVE_FROM_REGISTER, message))
    elif known.effective not in (None, fields.effective):
        message = (
            f"Sổ đang ghi hiệu lực từ {known.effective:%d/%m/%Y}, văn bản ghi {fields.effective:%d/%m/%Y}."
        )
        doubts.append(Doubt(IntakeDoubt.EFFECTIVE_DIFFERS, message))
    return (
        replace(
            fields,
            title=fields.title or known.title,
            type=fields.type or known.type,
            issuer=fields.issuer or known.issuer,
            issued=fields.issued or known.issued,
            effective=fields.effective or known.effective,
        ),
        doubts,
    )


def _proposed(work: Work, said: Regulation, effective: date | None) -> tuple[ProposedRelation, ...]:
    """Resolve each target against the register; a law named by title becomes its number where it is known."""
    keys = {one.target: naming.key_of(work, one.target) for one in said.relations}
    rows = work.session.scalars(select(Instrument).where(Instrument.key.in_(set(keys.values()))))
    register = {(row.key, row.issuer_key): row.title for row in rows}
    found = []
    for one in said.relations:
        key = keys[one.target]
        title = register.get((key, naming.local_key(key, one.target_issuer)))
        known = title is not None
        starts = one.starts or effective_day(one, said.instrument, effective)
        fields = RelationFields(
            kind=one.kind,
            target=key if known else one.target,
            target_issuer=one.target_issuer if is_local(key) else "",
            target_provisions=one.target_provisions,
            except_provisions=one.except_provisions,
            source_provision=one.source_provision,
            starts=starts,
            sentence=one.sentence,
        )
        found.append(ProposedRelation(fields, title or "", known))
    return tuple(found)


def _missing_targets(relations: Iterable[ProposedRelation]) -> list[Doubt]:
    missing = dict.fromkeys(one.fields.target for one in relations if not one.known)
    if not missing:
        return []
    message = f"Sổ chưa có {len(missing)} văn bản chịu tác động: {', '.join(missing)}."
    return [Doubt(IntakeDoubt.TARGET_NOT_IN_REGISTER, message)]


def _instrument_facts(fields: InstrumentFields) -> InstrumentFacts:
    if not clean(fields.number):
        raise NoNumber
    row = {name: getattr(fields, name) for name in ("number", "type", "title", "issuer")}
    facts = instrument_facts(row)
    return replace(facts, issued=fields.issued, effective=fields.effective, expires=fields.expires)


def _relation_facts(work: Work, source: InstrumentFacts, fields: RelationFields) -> Iterator[RelationFacts]:
    """Yield a relation as the register holds it, in several rows where its provisions fill more than one cell."""
    key = naming.key_of(work, fields.target)
    if not key:
        raise NoTarget
    if len(key) > LONGEST["number"]:
        raise LongTarget(target=key)
    excepted = " ".join(fields.except_provisions)[: LONGEST["provisions"]]
    for provisions in _cells(fields.target_provisions):
        yield RelationFacts(
            source_key=source.key,
            source_issuer=source.issuer_key,
            kind=fields.kind,
            target_key=key,
            target_issuer=local_issuer(key, fields.target_issuer),
            target_provisions=provisions,
            source_provision=clean(fields.source_provision),
            starts=fields.starts,
            except_provisions=excepted,
            sentence=clean(fields.sentence),
        )


def _cells(provisions: Sequence[str]) -> Iterator[str]:
    """Yield provisions in as many cells as they need; one empty cell for the whole instrument."""
    cell = ""
    for one in provisions:
        longer = f"{cell} {one}".strip()
        if len(longer) > LONGEST["provisions"]:
            yield cell
            longer = one
        cell = longer
    yield cell
