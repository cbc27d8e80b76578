"""Text: the instrument is named in the full text, but nothing there was linked to it (an incomplete number)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from qms.citations import instrument_type
from qms.model.enums import ImpactReason, TextFindingKind, Verdict
from qms.model.ids import fold
from qms.model.law import Citation, TextFinding
from qms.usecases.impacts.change import Change, Effect
from qms.usecases.impacts.documents import Looked, among
from qms.usecases.impacts.values import Found, LeftAlone, Paper, Reason
from qms.usecases.ports import Work

NOTE = "Có nhắc tới {target} trong nội dung, chưa liên kết; xem bằng mắt."
MONTHS = 12
"""«07/2025» may be a month: such a short number counts only with a word before it."""
_HEAD = re.compile(r"(\d+(?:\.\d+)?)/(\d{4})/")


@dataclass(frozen=True)
class _Said:
    """What in a text lies near a number: the number in quoted titles, incomplete ones, other symbols and years."""

    nested: tuple[str, ...]
    partial: tuple[str, ...]
    yearless: tuple[str, ...]
    others: bool
    other_years: bool


def mentions(work: Work, change: Change, day: date, skip: Collection[Paper]) -> Iterator[Found]:
    """Judge the documents in whose text a changed instrument is named without being cited."""
    revisions = {paper.revision_id for paper in skip}
    for effect, starts in change.dated():
        bare, worded = _spellings(effect.target.key)
        holding = _holding(work, bare)
        papers = [
            paper
            for paper in among(work, holding | _holding(work, worded), day)
            if paper.revision_id not in revisions
        ]
        looked = Looked.at(work, change.sources, papers)
        said = _said(work, papers, effect.target.key)
        for paper in papers:
            alone = (paper.document, paper.sequence) in holding
            words = _words(said[paper.revision_id]) or (
                _bare_words(effect.target.key, said[paper.revision_id]) if alone else []
            )
            if words:
                yield paper, _judge(change, effect, starts, words, paper, looked)


def _judge(
    change: Change, effect: Effect, starts: date, words: Sequence[str], paper: Paper, looked: Looked
) -> Reason | LeftAlone:
    target = effect.target.key
    alone = looked.why_alone(paper, target, starts)
    if alone:
        return LeftAlone(alone)
    return Reason(
        why=ImpactReason.TEXT,
        path=effect.path,
        citations=tuple(words),
        verdict=Verdict.SUSPECT,
        starts=starts,
        deadline=change.deadline(starts),
        target=target,
        steps=(effect.step,),
        note=NOTE.format(target=target),
    )


def _holding(work: Work, texts: Iterable[str]) -> set[tuple[str, int]]:
    return {found for text in texts for found in work.index.mentioning(text)}


def _spellings(key: str) -> tuple[list[str], list[str]]:
    """How a number may stand in a text that nothing was read from: bare with its year, or behind a word."""
    match = _HEAD.match(key)
    if match is None:
        return [key], []
    number, year = match.groups()
    kind = instrument_type(key)
    forms = list(dict.fromkeys((number, number.lstrip("0"))))
    heads = [f"{form}/{year}" for form in forms]
    worded = [f"{word} {form}" for word in (kind, f"{kind} số") for form in forms]
    if _distinctive(number):
        return heads, worded
    return [], [*worded, *(f"số {head}" for head in heads)]


def _distinctive(number: str) -> bool:
    return not number.isdigit() or int(number) > MONTHS


def _said(work: Work, papers: Iterable[Paper], key: str) -> dict[int, _Said]:
    revisions = [paper.revision_id for paper in papers]
    cited: dict[int, list[tuple[str, str, bool]]] = defaultdict(list)
    unlinked: dict[int, list[str]] = defaultdict(list)
    number = key.partition("/")[0]
    for start in range(0, len(revisions), 500):
        some = revisions[start : start + 500]
        rows = work.session.execute(
            select(Citation.revision_id, Citation.key, Citation.text, Citation.nested)
            .where(Citation.revision_id.in_(some), Citation.key.startswith(f"{number}/"))
            .order_by(Citation.position)
        )
        for revision, one, text, nested in rows:
            cited[revision].append((one, text, nested))
        findings = work.session.execute(
            select(TextFinding.revision_id, TextFinding.text).where(
                TextFinding.revision_id.in_(some), TextFinding.kind == TextFindingKind.UNLINKED
            )
        )
        for revision, text in findings:
            unlinked[revision].append(text)
    return {revision: _near(key, cited[revision], unlinked[revision]) for revision in revisions}


def _near(key: str, cited: Sequence[tuple[str, str, bool]], unlinked: Sequence[str]) -> _Said:
    others = [one for one, _text, nested in cited if one != key or not nested]
    return _Said(
        nested=tuple(text for one, text, nested in cited if one == key and nested),
        partial=tuple(text for text in unlinked if _names(text, key)),
        yearless=tuple(text for text in unlinked if _names_yearless(text, key)),
        others=any(one.startswith(_head(key)) for one in others),
        other_years=any(instrument_type(one) == instrument_type(key) for one in others),
    )


def _words(said: _Said) -> list[str]:
    """The words that name the instrument; a number without its year only where no other year explains it."""
    named = (*said.partial, *said.nested, *(() if said.other_years else said.yearless))
    return list(dict.fromkeys(" ".join(text.split()) for text in named))


def _bare_words(key: str, said: _Said) -> list[str]:
    """Number and year as they stand in the text, unless another symbol explains them."""
    match = _HEAD.match(key)
    return [] if said.others or match is None else [match[0].rstrip("/")]


def _head(key: str) -> str:
    match = _HEAD.match(key)
    return match[0] if match else key


def _names(text: str, key: str) -> bool:
    """Tell whether an incomplete number ("Nghị định 123/2015") may be this one."""
    match = _HEAD.match(key)
    if match is None:
        return False
    number, year = match.groups()
    return re.search(rf"(?<![\d/.])0*{re.escape(number.lstrip('0'))}\s*/\s*{year}(?!\d)", text) is not None


def _names_yearless(text: str, key: str) -> bool:
    """Tell whether a number without its year ("Nghị định 123") may be this one: the kind must be the same."""
    number = key.partition("/")[0].lstrip("0")
    kind = instrument_type(key)
    if not number or not fold(text).startswith(fold(kind)):
        return False
    return re.search(rf"(?<![\d/.])0*{re.escape(number)}(?!\s*[\d/])", text) is not None
