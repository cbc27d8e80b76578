"""Text: the instrument is named in the full text, but nothing there was linked to it (an incomplete number)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select

from qms.citations import instrument_type
from qms.model.enums import ImpactReason, TextFindingKind, Verdict
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
    """What in a text lies near a number: the same number in quoted titles, incomplete ones, other symbols."""

    nested: tuple[str, ...]
    partial: tuple[str, ...]
    others: bool


def mentions(work: Work, change: Change, day: date, skip: Collection[Paper]) -> Iterator[Found]:
    """Judge the documents in whose text a changed instrument is named without being cited."""
    revisions = {paper.revision_id for paper in skip}
    for effect, starts in change.dated():
        papers = [
            paper
            for paper in among(work, _holding(work, effect.target.key), day)
            if paper.revision_id not in revisions
        ]
        looked = Looked.at(work, change.sources, papers)
        said = _said(work, papers, effect.target.key)
        for paper in papers:
            words = _words(effect.target.key, said[paper.revision_id])
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


def _holding(work: Work, key: str) -> set[tuple[str, int]]:
    return {found for text in _spellings(key) for found in work.index.mentioning(text)}


def _spellings(key: str) -> list[str]:
    """How a number may stand in a text that nothing was read from: without its symbol, without its zero."""
    match = _HEAD.match(key)
    if match is None:
        return [key]
    number, year = match.groups()
    heads = list(dict.fromkeys((f"{number}/{year}", f"{number.lstrip('0')}/{year}")))
    if _distinctive(number):
        return heads
    return [f"{word} {head}" for word in ("số", instrument_type(key)) for head in heads]


def _distinctive(number: str) -> bool:
    return not number.isdigit() or int(number) > MONTHS


def _said(work: Work, papers: Iterable[Paper], key: str) -> dict[int, _Said]:
    revisions = [paper.revision_id for paper in papers]
    head = _head(key)
    nested: dict[int, list[str]] = defaultdict(list)
    partial: dict[int, list[str]] = defaultdict(list)
    others: set[int] = set()
    for start in range(0, len(revisions), 500):
        some = revisions[start : start + 500]
        rows = work.session.execute(
            select(Citation.revision_id, Citation.key, Citation.text, Citation.nested)
            .where(Citation.revision_id.in_(some), or_(Citation.key == key, Citation.key.startswith(head)))
            .order_by(Citation.position)
        )
        for revision, cited, text, inside in rows:
            if cited == key and inside:
                nested[revision].append(text)
            else:
                others.add(revision)
        unlinked = work.session.execute(
            select(TextFinding.revision_id, TextFinding.text).where(
                TextFinding.revision_id.in_(some), TextFinding.kind == TextFindingKind.UNLINKED
            )
        )
        for revision, text in unlinked:
            if _names(text, key):
                partial[revision].append(text)
    return {
        revision: _Said(tuple(nested[revision]), tuple(partial[revision]), revision in others)
        for revision in revisions
    }


def _words(key: str, said: _Said) -> list[str]:
    """The words that name the instrument; none where another number explains what stands in the text."""
    words = list(dict.fromkeys(" ".join(text.split()) for text in (*said.partial, *said.nested)))
    match = _HEAD.match(key)
    alone = match is None or _distinctive(match[1])
    return words or ([_head(key).rstrip("/")] if alone and not said.others else [])


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
