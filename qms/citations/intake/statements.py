"""What a regulation does to other instruments, read clause by clause with the lists below them.

Pure. An instruction without an instrument ("Bãi bỏ khoản 3 Điều 8") belongs to the one that the article around it, or
the title, amends. What a list item names, the verb above it governs; an item with a verb of its own is read for itself.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace

from qms.citations.intake.amending import touched
from qms.citations.intake.clauses import Clause, read_clauses
from qms.citations.intake.layout import LEVELS, Line, mask_quotes, sentences
from qms.citations.intake.targets import EXCEPT, Target, Targets, amended_by, read_targets
from qms.citations.intake.values import Doubt, StatedRelation
from qms.citations.reader import find
from qms.model.enums import IntakeDoubt, RelationKind

_ARTICLE = LEVELS.index("article")
_PLAIN = LEVELS.index("plain")
_GENERAL = re.compile(
    r"trái (?:với|quy định)[^.;]{0,200}(?:bãi bỏ|hết hiệu lực)|(?:bãi bỏ|hết hiệu lực)[^.;]{0,200}trái với",
    re.IGNORECASE,
)
_ABOUT = re.compile(r"^\W*(?:về việc|v/v|về) ", re.IGNORECASE)
_ENDS = (RelationKind.REPEALS, RelationKind.REPLACES, RelationKind.SUSPENDS)
LONGEST_SENTENCE = 1_500


@dataclass(frozen=True)
class Statements:
    """The relations as stated, not yet merged, and what is doubtful in them."""

    relations: tuple[StatedRelation, ...]
    doubts: tuple[Doubt, ...]


@dataclass(frozen=True)
class _Context:
    level: int
    target: Target
    base: tuple[str, ...] = ()


@dataclass
class _Walk:
    number: str | None
    kind: str | None
    relations: list[StatedRelation] = field(default_factory=list)
    doubts: dict[str, Doubt] = field(default_factory=dict)
    contexts: list[_Context] = field(default_factory=list)
    taken: set[int] = field(default_factory=set)
    amended: dict[str, str] = field(default_factory=dict)
    """What an instrument that ends here had amended: the amended one, and who amended it."""


def read_statements(
    lines: Sequence[Line], number: str | None, kind: str | None, title: str = ""
) -> Statements:
    """Return what the own lines state; ``title`` may name the one instrument that the regulation amends."""
    own = [line for line in lines if not line.quoted]
    walk = _Walk(number, kind)
    _open_title(walk, title)
    for at, line in enumerate(own):
        walk.contexts = [one for one in walk.contexts if one.level < line.level]
        if at not in walk.taken:
            _read_line(walk, own, at)
        if _GENERAL.search(line.words):
            message = f"Có câu bãi bỏ chung, không nêu tên văn bản: «{line.words[:200]}»"
            _doubt(walk, IntakeDoubt.GENERAL_REPEAL, message)
    _doubt_what_lives_on(walk)
    return Statements(tuple(walk.relations), tuple(walk.doubts.values()))


def _doubt_what_lives_on(walk: _Walk) -> None:
    """The end of an amending instrument neither ends nor revives what it amended (``design.md`` §6)."""
    ended = {one.target for one in walk.relations if one.kind in _ENDS and not one.target_provisions}
    for target, amender in walk.amended.items():
        if target not in ended:
            message = f"{amender} sửa đổi {target}; bãi bỏ nó không làm {target} hết hiệu lực, nội dung cũ cần xem lại."
            _doubt(walk, IntakeDoubt.REPEALS_REPEALER, message)


def _open_title(walk: _Walk, title: str) -> None:
    for clause in read_clauses(_ABOUT.sub("", title)):
        members = _acted_on(clause, read_targets(clause.objects, walk.number, walk.kind).members)
        for member in members:
            _state(walk, clause, member, Line(title, 0))
        if clause.kind is RelationKind.AMENDS and len(members) == 1:
            walk.contexts.append(_Context(-1, members[0]))


def _read_line(walk: _Walk, own: Sequence[Line], at: int) -> None:
    line = own[at]
    pieces = sentences(line.words)
    for count, sentence in enumerate(pieces, 1):
        for clause in read_clauses(sentence):
            below = _below(own, at) if count == len(pieces) else []
            opens = clause.lists or (line.level == _ARTICLE and bool(below))
            _read_clause(walk, clause, line, [(one, own[one]) for one in below] if opens else [])


def _below(own: Sequence[Line], at: int) -> list[int]:
    """Return the lines that belong to a line: deeper ones, or bare ones that name an instrument each."""
    head, found = own[at], []
    for one in range(at + 1, len(own)):
        line = own[one]
        deeper = line.level > head.level if head.level < _PLAIN else line.level not in (0, _ARTICLE, _PLAIN)
        bare = line.level == _PLAIN and _begins_with_instrument(line.words)
        if not (deeper or bare) or (line.level == _PLAIN and not bare and head.level > _ARTICLE):
            break
        found.append(one)
    return found


def _begins_with_instrument(words: str) -> bool:
    first = next(iter(find(words[:300])), None)
    return first is not None and first.start == 0 and not first.self_reference


def _read_clause(walk: _Walk, clause: Clause, line: Line, below: Sequence[tuple[int, Line]]) -> None:
    read = read_targets(clause.objects, walk.number, walk.kind)
    for words in _open_exceptions(read, clause):
        _doubt(walk, IntakeDoubt.EXCEPTION_KEPT, f"Có ngoại lệ cần xem: «{words[:300]}»")
    for words in read.unnamed:
        _doubt(
            walk, IntakeDoubt.TARGET_PARTIAL, f"«{words}» viết thiếu số, ký hiệu nên chưa rõ là văn bản nào."
        )
    items = [(at, one) for at, one in below if not _has_verb(one)]
    walk.taken.update(at for at, _ in items)
    listed = [one for _, one in items]
    if read.members:
        members = _acted_on(clause, read.members)
        _read_members(walk, clause, line, members, listed, instructed=len(items) < len(below))
    elif any(_cites(one) for one in listed):
        _read_list(walk, clause, line, listed)
    else:
        _read_instruction(walk, clause, line, listed)


def _acted_on(clause: Clause, members: Sequence[Target]) -> list[Target]:
    """Return what a clause acts on: who amended the target ends with it, but is not amended with it."""
    return [one for one in members if clause.kind in _ENDS or not one.amender]


def _read_members(
    walk: _Walk,
    clause: Clause,
    line: Line,
    members: Sequence[Target],
    listed: Sequence[Line],
    *,
    instructed: bool,
) -> None:
    if len(members) == 1:
        member = members[0]
        # a bare line above a numbered list holds what is numbered
        level = 0 if line.level == _PLAIN else line.level
        walk.contexts.append(_Context(level, member, member.provisions))
        if listed and not any(_cites(one) for one in listed):
            parts = _provisions_of(listed, member.provisions)
            member = replace(member, provisions=parts or member.provisions, partly=False)
            clause = replace(clause, sentence=" ".join((clause.sentence, *(one.words for one in listed))))
        if not (instructed and member.provisions and not clause.lists):
            _state(walk, clause, member, line)
    else:
        for member in members:
            _state(walk, clause, member, line)
    if any(_cites(one) for one in listed):
        _read_list(walk, clause, line, listed)


def _read_list(walk: _Walk, clause: Clause, line: Line, listed: Sequence[Line]) -> None:
    """Read the items of a list; items below an instrument that name none give its provisions."""
    for at, item in enumerate(listed):
        read = read_targets(item.words, walk.number, walk.kind)
        for words in read.unnamed:
            message = f"«{words}» viết thiếu số, ký hiệu nên chưa rõ là văn bản nào."
            _doubt(walk, IntakeDoubt.TARGET_PARTIAL, message)
        below = []
        for one in listed[at + 1 :]:
            if one.level <= item.level or _cites(one):
                break
            below.append(one)
        for member in read.members:
            parts = _provisions_of(below, ()) if len(read.members) == 1 and not member.provisions else ()
            told = replace(member, provisions=parts, partly=False) if parts else member
            sentence = f"{clause.sentence} {item.words}"
            _state(walk, replace(clause, sentence=sentence), told, item)


def _read_instruction(walk: _Walk, clause: Clause, line: Line, listed: Sequence[Line]) -> None:
    """Read an instruction that names no instrument: it is about the one that is being amended."""
    if not walk.contexts or clause.kind is RelationKind.CORRECTS:
        return
    context = walk.contexts[-1]
    ids = touched(clause.objects, context.base)
    parts = _provisions_of(listed, ids) if clause.lists else ()
    if clause.lists and ids:
        walk.contexts.append(_Context(line.level, context.target, ids))
    if parts or ids:
        told = replace(context.target, provisions=parts or ids, excepted=(), title="")
        _state(walk, clause, told, line)


def _provisions_of(lines: Sequence[Line], base: Sequence[str]) -> tuple[str, ...]:
    found = [one for line in lines for one in touched(mask_quotes(line.words), base)]
    return tuple(dict.fromkeys(found))


def _has_verb(line: Line) -> bool:
    return any(True for sentence in sentences(line.words)[:1] for _ in read_clauses(sentence))


def _cites(line: Line) -> bool:
    return any(not one.self_reference for one in find(line.words))


def _open_exceptions(read: Targets, clause: Clause) -> Iterator[str]:
    """Yield the exceptions that could not be given to a target."""
    given = any(member.excepted for member in read.members)
    yield from () if given else read.exceptions
    if not any(_excepted_by_tail(clause, member) for member in read.members):
        yield from _tail_exceptions(clause)


def _tail_exceptions(clause: Clause) -> Iterator[str]:
    if found := EXCEPT.search(clause.tail):
        yield found.group().strip(" ,(")


def _state(walk: _Walk, clause: Clause, member: Target, line: Line) -> None:
    kind = clause.kind
    if member.partly and kind in _ENDS:
        kind = RelationKind.AMENDS
        message = f"Chỉ một phần của {member.key} hết hiệu lực nhưng không nêu điều, khoản: «{clause.sentence[:300]}»"
        _doubt(walk, IntakeDoubt.TARGET_UNSURE, message)
    if kind in _ENDS:
        walk.amended.update((one, member.key) for one in amended_by(member))
    excepted = member.excepted or _excepted_by_tail(clause, member)
    walk.relations.append(
        StatedRelation(
            kind=kind,
            target=member.key,
            target_issuer=member.issuer,
            target_provisions=member.provisions,
            except_provisions=excepted,
            source_provision=line.provision,
            starts=clause.starts,
            sentence=clause.sentence[:LONGEST_SENTENCE],
        )
    )


def _excepted_by_tail(clause: Clause, member: Target) -> tuple[str, ...]:
    """Return the target's provisions that the words behind "hết hiệu lực" except; own ones are transition."""
    for words in _tail_exceptions(clause):
        if "này" in words:
            continue
        cited = next(iter(find(words)), None)
        if cited is None or cited.key == member.citation.key:
            return touched(words) if cited is None else cited.provisions
    return ()


def _doubt(walk: _Walk, code: IntakeDoubt, message: str) -> None:
    walk.doubts.setdefault(message, Doubt(code, message))
