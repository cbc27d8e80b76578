"""How instruments stand on a day, asked of the register in few questions. No acts here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qms.citations import Register, RegisterEntry, find, parse_key, resolve
from qms.errors import NotFound
from qms.model.enums import InstrumentStatus, Verdict
from qms.model.ids import clean
from qms.model.law import Citation, Instrument, Relation
from qms.model.legal_status import Standing, standing_on, verdict_of, worst
from qms.model.trail import Generation
from qms.usecases.ports import Work

GENERATION = "law"
BY_TITLE = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")


class UnknownInstrument(NotFound):
    """The register has no such instrument."""

    code = "unknown_instrument"
    sentence = "Sổ văn bản chưa có «{number}»; hãy nhập văn bản này trước (qms legal import)."


@dataclass(frozen=True)
class Known:
    """What the register knows of a cited key: its number, its title and how it stands."""

    key: str
    title: str
    standing: Standing


def of(work: Work, keys: Iterable[str], day: date) -> dict[str, Known]:
    """Return for each cited key how the instrument stands on ``day``; unknown where the register has none."""
    numbers = {key: number_of(work, key, day) or key for key in dict.fromkeys(keys)}
    found = of_numbers(work, numbers.values(), day)
    return {key: found[number] for key, number in numbers.items()}


def of_numbers(work: Work, numbers: Iterable[str], day: date) -> dict[str, Known]:
    """Return for each canonical number how the instrument stands on ``day``."""
    wanted = list(dict.fromkeys(numbers))
    instruments: dict[str, Instrument] = {}
    incoming: dict[str, list[Relation]] = defaultdict(list)
    for chunk in (wanted[i : i + 500] for i in range(0, len(wanted), 500)):
        for row in work.session.scalars(select(Instrument).where(Instrument.key.in_(chunk))):
            if row.key not in instruments or row.type in BY_TITLE:
                instruments[row.key] = row
        for relation in work.session.scalars(select(Relation).where(Relation.target_key.in_(chunk))):
            incoming[relation.target_key].append(relation)
    return {
        key: Known(
            key=key,
            title=instruments[key].title if key in instruments else "",
            standing=standing_on(instruments.get(key), incoming[key], day),
        )
        for key in wanted
    }


def verdicts(
    work: Work, citations: Sequence[Citation], looked_at: date | None, day: date
) -> dict[str, tuple[Known, Verdict]]:
    """Return for each cited key how the instrument stands and what that makes of the citations (``design.md`` §6)."""
    numbers = {key: number_of(work, key, day) or key for key in dict.fromkeys(c.key for c in citations)}
    known = of_numbers(work, numbers.values(), day)
    changes: dict[str, list[Relation]] = defaultdict(list)
    for relation in work.session.scalars(select(Relation).where(Relation.target_key.in_(known))):
        changes[relation.target_key].append(relation)
    found: dict[str, tuple[Known, Verdict]] = {}
    for key, number in numbers.items():
        made = [
            verdict_of(relation, citation.provision_ids, looked_at, day)
            for citation in citations
            if citation.key == key
            for relation in changes[number]
        ]
        found[key] = (
            known[number],
            worst([*made, _BY_STATUS.get(known[number].standing.status, Verdict.LIVE)]),
        )
    return found


_BY_STATUS = {
    InstrumentStatus.EXPIRED: Verdict.DEAD,
    InstrumentStatus.SUSPENDED: Verdict.DEAD,
    InstrumentStatus.UNKNOWN: Verdict.UNKNOWN,
}


def number_of(work: Work, key: str, day: date) -> str | None:
    """Return the number of a law cited by title and year (``Luật Hộ tịch 2014`` is 60/2014/QH13), if registered."""
    if "/" in key:
        return key
    cited = find(key)
    if len(cited) != 1:
        return None
    (resolved,) = resolve(cited, laws(work), day)
    return resolved.key


def cited_as(work: Work, numbers: Collection[str], day: date) -> dict[str, str]:
    """Return every key by which texts in control cite any of these instruments, and which one it means."""
    titled = work.session.scalars(select(Citation.key).where(~Citation.key.contains("/")).distinct())
    cited = {number: number for number in numbers}
    for key in titled:
        number = number_of(work, key, day)
        if number in cited:
            cited[key] = number
    return cited


def key_of(work: Work, number: str) -> str:
    """Return the canonical number that a typed number or law title means."""
    key = parse_key(number) or clean(number)
    return number_of(work, key, work.today) or key


def instrument(work: Work, number: str) -> Instrument:
    """Return the instrument that a typed number names; raises ``UnknownInstrument``."""
    rows = work.session.scalars(
        select(Instrument).where(Instrument.key == key_of(work, number)).order_by(Instrument.id)
    ).all()
    if not rows:
        raise UnknownInstrument(number=clean(number))
    return next((row for row in rows if row.type in BY_TITLE), rows[0])


def known_keys(work: Work) -> frozenset[str]:
    """Return every number that has a page."""
    return frozenset(key for (key,) in work.session.execute(select(Instrument.key)))


def move(work: Work) -> None:
    """Say that the register changed, so that nothing derived from its former state is used again."""
    counter = work.session.get(Generation, GENERATION, with_for_update=True)
    if counter is None:
        counter = Generation(name=GENERATION, value=0)
        work.session.add(counter)
    counter.value += 1


def laws(work: Work) -> Register:
    """Return the laws of the register, which texts cite by title; built once per state of the register."""
    counter = work.session.get(Generation, GENERATION)
    token = str(counter.value if counter else 0)
    known = work.cached("laws", token)
    if isinstance(known, Register):
        return known
    rows = work.session.scalars(select(Instrument).where(Instrument.type.in_(BY_TITLE)))
    built = Register(
        RegisterEntry(row.key, row.type, row.title, row.issued.year if row.issued else None, row.issuer)
        for row in rows
    )
    work.remember("laws", token, built)
    return built
