"""Find every citation of a legal instrument in a text.

Pure; never raises; linear in the length of the text. The lines that differ are laid on a page in their plain form,
mentions are found there, and each is completed with the provisions before it, the date and issuer after it and its
place in other titles; the spans returned are those of the input.
"""

from __future__ import annotations

import re
from itertools import accumulate
from typing import NamedTuple

from qms.citations import context
from qms.citations.antecedents import Antecedents, follow_aliases, share_symbols
from qms.citations.attaching import provisions_of
from qms.citations.citation import Citation, Said
from qms.citations.issuing import central_issuer, issuer_of
from qms.citations.lines import cut
from qms.citations.mentions import Mention, find_mentions
from qms.citations.plain import Page
from qms.citations.provisions import Provisions, find_provisions
from qms.citations.symbols import Number

_SENTENCE = re.compile(r";(?! (?:quy định|hướng dẫn|sửa đổi|bổ sung|bãi bỏ))|\.[ ”\"]+[A-ZĐ]|\.$")
_LOOK_BACK = 600
_new = (
    tuple.__new__
)  # moving a citation to its place: long texts repeat their lines, and all of theirs come by here


class _Draft(NamedTuple):
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
    read = _read_lines(list(dict.fromkeys(lines)))
    if len(lines) == 1:
        return read.get(text, [])
    ends = accumulate(map(len, lines), initial=0)
    return [
        _new(Citation, (start + feeds + passed, stop + feeds + passed, said))
        for feeds, (passed, found) in enumerate(zip(ends, map(read.get, lines), strict=False))
        if found
        for start, stop, said in found
    ]


def _read_lines(lines: list[str]) -> dict[str, list[Citation]]:
    """Return the citations of lines that differ, by line."""
    page = Page(lines)
    mentions = follow_aliases(page, share_symbols(page.text, list(find_mentions(page))))
    provisions = list(find_provisions(page.text)) if mentions else []
    ends = [run.end for run in provisions]
    starts = [*(mention.start for mention in mentions[1:]), len(page.text)]
    antecedents = Antecedents(page, mentions)
    read: dict[str, list[Citation]] = {}
    last: _Draft | None = None
    for mention, following in zip(mentions, starts, strict=False):
        run = provisions_of(page.text, mention, provisions, ends, last.end if last else 0)
        last = _draft(page, mention, run, last, following)
        whole = antecedents.completed(mention) if mention.is_open else mention
        number, start, end = page.place(last.start, last.end)
        line = lines[number]
        read.setdefault(line, []).append(_citation(line, start, end, last, whole))
    return read


def _draft(
    page: Page, mention: Mention, run: Provisions | None, last: _Draft | None, following: int
) -> _Draft:
    start, ids = (run.start, run.ids) if run is not None else (mention.start, ())
    if mention.own:
        return _Draft(mention, start, mention.end, None, ids, False, None)
    numbered, dated = mention.number is not None, None
    if mention.names_instrument and not mention.quoted:
        dated = context.date_after(page.text, mention.tail or mention.end, behind_issuer=numbered)
    if dated is None and numbered:
        dated = context.date_behind_title(page.text, mention.end, following)
    nested = _is_nested(page, mention, last)
    issuer = issuer_of(mention.number, page.text, mention.start, mention.end)
    if issuer is None and nested and mention.number is not None and last is not None:
        issuer = _issuer_of_quoting(mention.number, last)
    end = dated.end if dated is not None and dated.end <= following else mention.end
    return _Draft(mention, start, end, dated, ids, nested, issuer)


def _is_nested(page: Page, mention: Mention, last: _Draft | None) -> bool:
    if mention.quoted:
        return True
    if last is None or last.mention.own or mention.start - last.end > _LOOK_BACK:
        return False
    between = page.text[last.end : mention.start]
    quoted = last.mention.names_instrument and context.is_quoted(between)
    if not quoted and not (last.nested and (context.goes_on(between) or context.is_amended_by(between))):
        return False
    return not _SENTENCE.search(between) and page.next_break(last.end) >= mention.start


def _issuer_of_quoting(number: Number, quoting: _Draft) -> str | None:
    same = quoting.mention.number is not None and quoting.mention.number.agencies[:1] == number.agencies[:1]
    return quoting.issuer if same else None


def _citation(line: str, start: int, end: int, draft: _Draft, mention: Mention) -> Citation:
    number, issuer = mention.number, draft.issuer
    if issuer is None and number is not None and draft.mention.number is None:
        issuer = central_issuer(number)
    said = Said(
        line[start:end],
        mention.kind,
        number.key if number else None,
        mention.title,
        mention.year,
        draft.dated.day if draft.dated else None,
        issuer,
        mention.short is not None,
        draft.nested,
        mention.own,
        draft.provisions,
    )
    return Citation(start, end, said)
