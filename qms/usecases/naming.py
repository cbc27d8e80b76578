"""What names an instrument: numbers, law titles, and the issuer where numbers repeat in every province. No acts here.

A local number whose issuer is not stated may be of any province: it is never taken for one silently.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from datetime import date
from urllib.parse import quote

from sqlalchemy import func, select

from qms.citations import Citation as FoundCitation
from qms.citations import (
    Register,
    RegisterEntry,
    find,
    is_local,
    issuer_covers,
    issuer_key,
    parse_key,
    resolve,
)
from qms.errors import NotFound, Refused
from qms.model.ids import clean
from qms.model.law import Citation, Instrument, Ref, Relation
from qms.model.trail import Generation
from qms.usecases.ports import Work

GENERATION = "law"
CITATIONS = "citations"
BY_TITLE = ("Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp")
CHUNK = 500
"""How many keys one question to the database names at most."""

MEANINGS_KEPT = 50_000

Meaning = tuple[str | None, str | None]
"""The number that a cited key means, and the doubt about it."""


class UnknownInstrument(NotFound):
    """The register has no such instrument."""

    code = "unknown_instrument"
    sentence = "Sổ văn bản chưa có «{number}»; hãy nhận hoặc thêm văn bản này vào sổ trước."


class AmbiguousInstrument(Refused):
    """Several provinces gave the number; the issuers are told."""

    code = "ambiguous_instrument"
    sentence = "Số «{number}» có ở nhiều cơ quan ban hành: {candidates}. Hãy ghi thêm cơ quan ban hành."


def same_issuer(one: str, other: str) -> bool | None:
    """Tell whether two folded issuers are the same; None where one does not say, or not completely."""
    if one == other:
        return True
    if not one or not other or issuer_covers(one, other) or issuer_covers(other, one):
        return None
    return False


def local_key(key: str, issuer: str | None) -> str:
    """Return the issuer folded where the number needs it, else nothing."""
    return issuer_key(issuer) if issuer and is_local(key) else ""


def ref_of(work: Work, typed: str, issuer: str = "") -> Ref:
    """Return what a typed number or law title names, its issuer too where that is stated in words or apart."""
    key = key_of(work, typed)
    if not is_local(key):
        return Ref(key)
    stated = issuer or next((c.issuer for c in find(clean(typed)) if c.instrument == key and c.issuer), "")
    return Ref(key, issuer_key(stated) if stated else "")


def key_of(work: Work, number: str) -> str:
    """Return the canonical number that a typed number or law title means."""
    key = parse_key(number) or clean(number)
    return number_of(work, key, work.today) or key


def settled(work: Work, ref: Ref) -> Ref:
    """Return a local number with the one issuer that the register knows for it; raises ``AmbiguousInstrument``."""
    if not is_local(ref.key):
        return ref
    named = _issuers(work, ref.key)
    alike = {one for one in named if same_issuer(one, ref.issuer) is not False}
    if ref.issuer in named or not alike:
        return ref
    if len(alike) > 1:
        candidates = "; ".join(sorted(named[one] or one for one in alike))
        raise AmbiguousInstrument(number=ref.key, candidates=candidates)
    return Ref(ref.key, alike.pop())


def instrument(work: Work, number: str, issuer: str = "") -> Instrument:
    """Return the instrument that a typed number names; raises ``UnknownInstrument``, ``AmbiguousInstrument``."""
    ref = settled(work, ref_of(work, number, issuer))
    rows = work.session.scalars(
        select(Instrument)
        .where(Instrument.key == ref.key, Instrument.issuer_key == ref.issuer)
        .order_by(Instrument.id)
    ).all()
    if not rows:
        raise UnknownInstrument(number=clean(number))
    return chosen(rows)


def chosen(rows: Iterable[Instrument]) -> Instrument:
    """Return the one that texts mean: a law and a resolution of the Assembly have borne the same number."""
    known = list(rows)
    return next((row for row in known if row.type in BY_TITLE), known[0])


def number_of(work: Work, key: str, day: date) -> str | None:
    """Return the number of a law cited by title and year (``Luật Hộ tịch 2014`` is 60/2014/QH13), if registered."""
    return meaning(work, key, day)[0]


def meaning(work: Work, key: str, day: date) -> Meaning:
    """Return the number that a cited key means on ``day``, and what is unsure of that; remembered as the law stands."""
    if "/" in key:
        return key, None
    token = _token(work, GENERATION)
    known = work.cached("meanings", token)
    if not isinstance(known, dict) or len(known) > MEANINGS_KEPT:
        known = {}
        work.remember("meanings", token, known)
    if (key, day) not in known:
        known[key, day] = _meaning(work, key, day)
    found: Meaning = known[key, day]
    return found


def cited_as(work: Work, numbers: Collection[str], day: date) -> dict[str, str]:
    """Return every key by which texts in control cite any of these instruments, and which one it means."""
    cited = {number: number for number in numbers}
    if not _by_title(work, numbers):
        return cited
    for key in titled_keys(work):
        number = number_of(work, key, day)
        if number in cited:
            cited[key] = number
    return cited


def titled_keys(work: Work) -> tuple[str, ...]:
    """Return the law titles by which texts in control cite, each once, read off the index of keys."""
    token = _token(work, CITATIONS)
    known = work.cached("titled_keys", token)
    if isinstance(known, tuple):
        return known
    first = select(func.min(Citation.key).label("key")).where(Citation.key >= "A")
    walk = first.cte("walk", recursive=True)
    following = select(func.min(Citation.key)).where(Citation.key > walk.c.key).scalar_subquery()
    walk = walk.union_all(select(following).where(walk.c.key.is_not(None)))
    found = tuple(key for key in work.session.scalars(select(walk.c.key)) if key and "/" not in key)
    work.remember("titled_keys", token, found)
    return found


def known_refs(work: Work) -> frozenset[Ref]:
    """Return every instrument that has a page, by number and issuer; read once per state of the register."""
    token = _token(work, GENERATION)
    known = work.cached("known_refs", token)
    if isinstance(known, frozenset):
        return known
    found = frozenset(
        Ref(key, issuer)
        for key, issuer in work.session.execute(select(Instrument.key, Instrument.issuer_key))
    )
    work.remember("known_refs", token, found)
    return found


def page_of(work: Work) -> Callable[[FoundCitation], str | None]:
    """Return what tells where the page of a cited instrument is; never that of another province's same number."""
    known = known_refs(work)
    numbers = {ref.key for ref in known}

    def where(citation: FoundCitation) -> str | None:
        key = citation.key
        if key is None or key not in numbers:
            return None
        own = local_key(key, citation.issuer)
        if not own:
            return f"/legal/{key}"
        return f"/legal/{key}?issuer={quote(own)}" if Ref(key, own) in known else None

    return where


def move(work: Work, name: str = GENERATION) -> None:
    """Say that the register (or what texts cite) changed, so that nothing derived from its former state is used."""
    counter = work.session.get(Generation, name, with_for_update=True)
    if counter is None:
        counter = Generation(name=name, value=0)
        work.session.add(counter)
    counter.value += 1


def laws(work: Work) -> Register:
    """Return the laws of the register, which texts cite by title; built once per state of the register."""
    token = _token(work, GENERATION)
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


def chunks(keys: Iterable[str]) -> Iterator[list[str]]:
    """Yield distinct keys in lists that one question can name."""
    wanted = list(dict.fromkeys(keys))
    for start in range(0, len(wanted), CHUNK):
        yield wanted[start : start + CHUNK]


def _meaning(work: Work, key: str, day: date) -> Meaning:
    cited = find(key)
    if len(cited) != 1:
        return None, f"«{key}» chưa rõ là văn bản nào trong sổ."
    if cited[0].instrument is not None:
        return key, None
    (resolved,) = resolve(cited, laws(work), day)
    return resolved.key, resolved.doubt


def _by_title(work: Work, numbers: Collection[str]) -> bool:
    """Tell whether any of the instruments is a law, which texts cite by its title; asked before all titles are read."""
    return any(
        work.session.scalar(
            select(Instrument.id).where(Instrument.key.in_(chunk), Instrument.type.in_(BY_TITLE)).limit(1)
        )
        for chunk in chunks(numbers)
    )


def _issuers(work: Work, key: str) -> dict[str, str]:
    """The issuers that the register or its relations name for a local number, folded, and as written if known."""
    found = dict(
        work.session.execute(
            select(Relation.source_issuer, Relation.source_issuer).where(Relation.source_key == key)
        ).all()
    )
    found |= dict(
        work.session.execute(
            select(Relation.target_issuer, Relation.target_issuer).where(Relation.target_key == key)
        ).all()
    )
    found |= dict(
        work.session.execute(
            select(Instrument.issuer_key, Instrument.issuer).where(Instrument.key == key)
        ).all()
    )
    return {one: name for one, name in found.items() if one}


def _token(work: Work, name: str) -> str:
    counter = work.session.get(Generation, name)
    # a session forgets what nobody holds: held here, the counter is read once a transaction and not at every question
    work.session.info[f"generation {name}"] = counter
    return str(counter.value if counter else 0)
