"""Find every citation of a legal instrument in a text.

Pure; never raises; linear in the length of the text. The text is brought to its plain form, mentions are found
there, and each is completed with the provisions before it, the date and issuer after it and its place in other
titles; the spans returned are those of the input.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass, replace
from itertools import pairwise

from qms.citations import context
from qms.citations.citation import Citation
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
_LISTED = re.compile(r" ?(?:,|;|và|, và) (?:các )?(?:số )?", re.IGNORECASE)
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
    plain = read_plain(text)
    mentions = list(find_mentions(plain))
    provisions = list(find_provisions(plain.text))
    ends = [run.end for run in provisions]
    drafts: list[_Draft] = []
    for index, mention in enumerate(mentions):
        following = mentions[index + 1].start if index + 1 < len(mentions) else len(plain.text)
        near = bisect_right(ends, mention.start) - 1
        run = provisions[near] if near >= 0 else None
        drafts.append(_draft(plain, mention, run, drafts, following))
    full = _Antecedents(plain.text, mentions)
    return [_citation(text, plain, full.completed(draft)) for draft in drafts]


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


class _Antecedents:
    """What other places of the text say: numbers given in full, and the kinds of bare ones.

    A short number ("Nghị định 116") is completed only by a single full one of its kind, or by the symbol that
    it shares with the next member of its list ("Nghị định số 61/2018 và 107/2021/NĐ-CP"); a bare number takes the
    kind that it has elsewhere or that of the title it follows in a table ("Luật Đất đai31/2024/QH15").
    """

    def __init__(self, text: str, mentions: list[Mention]) -> None:
        self._keys: dict[tuple[str | None, str], set[str]] = {}
        self._kinds: dict[str, str] = {}
        self._numbers = {mention.number.key: mention.number for mention in mentions if mention.number}
        self._shared: dict[int, Number] = {}
        for mention, following in pairwise(mentions):
            if following.number is None:
                continue
            if mention.title and not mention.number and following.start - mention.end <= 1:
                self._kinds.setdefault(following.number.key, mention.kind or "")
            if (
                _LISTED.fullmatch(text, mention.end, following.start)
                and following.start == following.number.start
            ):
                self._share_symbol(mention, following.number)
        for mention in mentions:
            if mention.number is not None:
                self._note(mention, mention.number)

    def completed(self, draft: _Draft) -> _Draft:
        """Return the draft with a short number completed or the kind of a bare number taken from elsewhere."""
        mention = draft.mention
        if mention.short is not None:
            number = self._shared.get(mention.start) or self._only(mention)
            if number is not None:
                issuer = draft.issuer or context.issuer_of(number, "", 0)
                return replace(draft, mention=replace(mention, number=number, short=None), issuer=issuer)
        elif mention.number is not None and mention.kind is None:
            return replace(draft, mention=replace(mention, kind=self._kinds.get(mention.number.key) or None))
        return draft

    def _share_symbol(self, mention: Mention, number: Number) -> None:
        _, _, symbol = number.key.rpartition("/")
        if mention.short is not None and "/" in mention.short and number.kind == mention.kind:
            self._shared[mention.start] = replace(number, key=f"{mention.short}/{symbol}")

    def _note(self, mention: Mention, number: Number) -> None:
        parts = number.key.split("/")
        for short in {parts[0], "/".join(parts[:2])}:
            self._keys.setdefault((mention.kind, short.lstrip("0")), set()).add(number.key)
        if mention.kind is not None:
            self._kinds.setdefault(number.key, mention.kind)

    def _only(self, mention: Mention) -> Number | None:
        keys = self._keys.get((mention.kind, (mention.short or "").lstrip("0")), set())
        return self._numbers[next(iter(keys))] if len(keys) == 1 else None


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
