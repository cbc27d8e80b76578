"""Find every citation of a legal instrument in a text.

Pure; never raises; linear in the length of the text. Each line is brought to its plain form, mentions are found
there, and each is completed with the provisions before it, the date and issuer after it and its place in other
titles; the spans returned are those of the input. A line that the text repeats is read once.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass
from itertools import pairwise

from qms.citations import context
from qms.citations.antecedents import Antecedents, Found, share_symbols
from qms.citations.citation import Citation
from qms.citations.lines import cut
from qms.citations.mentions import Mention, find_mentions
from qms.citations.plain import Plain, read_plain
from qms.citations.provisions import Provisions, find_provisions
from qms.citations.symbols import Number

_CONNECTED = re.compile(
    r"(?: ?\([^()]{0,40}\))?[.,:]? ?(?:(?:của|tại|thuộc|theo|trong|ở|và) )?(?:các |nội dung )?"
    r"(?:(?-i:[A-ZĐ])[^;.()\d]{2,100}(?= (?:ban hành )?kèm theo) |(?:quy chế|quy định)[^;.()\d]{0,80}? )?"
    r"[,(]? ?(?:được )?(?:ban hành )?(?:(?:đính )?(?:kèm|kem) )?(?:theo )?(?:(?:của|tại) )?(?:thong tu so )?",
    re.IGNORECASE,
)
_LONGEST_CONNECTION = 140
_SENTENCE = re.compile(r";(?! (?:quy định|hướng dẫn|sửa đổi|bổ sung|bãi bỏ))|\.[ ”\"]+[A-ZĐ]|\.$")
_LOOK_BACK = 600
_NONE: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Draft:
    mention: Mention
    start: int
    end: int
    dated: context.Dated | None
    provisions: tuple[str, ...]
    nested: bool
    issuer: str | None


def find(text: str) -> list[Citation]:
    """Return the citations of ``text`` in order, without overlap; offsets are those of ``text`` as given."""
    lines = cut(text)
    read = {line: _read_line(line) for line in dict.fromkeys(lines)}
    each = [found for of_line in read.values() for found in of_line]
    antecedents = Antecedents(each) if any(found.is_open for found in each) else None
    citations: list[Citation] = []
    offset = 0
    for line in lines:
        for found in read[line]:
            whole = antecedents.completed(found) if antecedents and found.is_open else found.citation
            citations.append(whole.moved(offset) if offset else whole)
        offset += len(line) + 1
    return citations


def _read_line(line: str) -> tuple[Found, ...]:
    plain = read_plain(line)
    mentions = list(find_mentions(plain))
    if not mentions:
        return ()
    provisions = list(find_provisions(plain.text))
    ends = [run.end for run in provisions]
    drafts: list[_Draft] = []
    for index, mention in enumerate(share_symbols(plain.text, mentions)):
        following = mentions[index + 1].start if index + 1 < len(mentions) else len(plain.text)
        near = bisect_right(ends, mention.start) - 1
        run = provisions[near] if near >= 0 else None
        drafts.append(_draft(plain, mention, run, drafts, following))
    after_title = [None, *(_kind_after_title(one, other) for one, other in pairwise(mentions))]
    return tuple(
        Found(_citation(line, plain, draft), draft.mention.number, draft.mention.short, kind)
        for draft, kind in zip(drafts, after_title, strict=True)
    )


def _kind_after_title(mention: Mention, following: Mention) -> str | None:
    """Return the kind of a title that a table's cell puts right before its number."""
    near = following.start - mention.end <= 1
    return mention.kind if near and mention.title and not mention.number and following.number else None


def _draft(
    plain: Plain, mention: Mention, run: Provisions | None, before: list[_Draft], following: int
) -> _Draft:
    previous_end = before[-1].end if before else 0
    start, ids = mention.start, _NONE
    if run is not None and run.start >= previous_end and _is_connected(plain.text, run.end, mention.start):
        start, ids = run.start, run.ids
    numbered, dated = mention.number is not None, None
    if mention.names_instrument and not mention.quoted:
        dated = context.date_after(plain.text, mention.tail or mention.end, behind_issuer=numbered)
    if dated is None and numbered:
        dated = context.date_behind_title(plain.text, mention.end, following)
    nested = _is_nested(plain, mention, before)
    issuer = context.issuer_of(mention.number, plain.text, mention.end)
    if issuer is None and nested and mention.number is not None:
        issuer = _issuer_of_quoting(mention.number, before)
    end = dated.end if dated is not None and dated.end <= following else mention.end
    return _Draft(mention, start, end, dated, ids, nested, issuer)


def _is_connected(text: str, end: int, start: int) -> bool:
    return start - end <= _LONGEST_CONNECTION and _CONNECTED.fullmatch(text, end, start) is not None


def _is_nested(plain: Plain, mention: Mention, before: list[_Draft]) -> bool:
    last = before[-1] if before else None
    if mention.quoted:
        return True
    if last is None or last.mention.own or mention.own or mention.start - last.end > _LOOK_BACK:
        return False
    between = plain.text[last.end : mention.start]
    if _SENTENCE.search(between) or plain.next_break(last.end) < mention.start:
        return False
    if last.nested and context.goes_on(between):
        return True
    return last.mention.names_instrument and context.is_quoted(between)


def _issuer_of_quoting(number: Number, before: list[_Draft]) -> str | None:
    quoting = before[-1]
    same = quoting.mention.number is not None and quoting.mention.number.agencies[:1] == number.agencies[:1]
    return quoting.issuer if same else None


def _citation(text: str, plain: Plain, draft: _Draft) -> Citation:
    start, end = plain.span(draft.start, draft.end)
    mention = draft.mention
    return Citation(
        start,
        end,
        text[start:end],
        type=mention.kind,
        instrument=mention.number.key if mention.number else None,
        title=mention.title,
        year=mention.year,
        date=draft.dated.day if draft.dated else None,
        issuer=draft.issuer,
        partial=mention.short is not None,
        nested=draft.nested,
        self_reference=mention.own,
        provisions=draft.provisions,
    )
