"""Mentions of instruments in a plain text: the word of a kind with its number, title or "này", or a bare number.

Pure. A word of kind ("Nghị định", "QĐ") is read together with what it introduces; a number that no word introduces
stands alone, as in the tables of the national TTHC portal. What only looks like a mention is left out: "pháp luật",
"luật sư", "quyết định 3 thành viên".
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from qms.citations.heads import Head, find_heads, weak_head
from qms.citations.plain import Page
from qms.citations.symbols import (
    Number,
    is_known_agency,
    number_anchors,
    number_around,
    number_at,
    read_loose,
    reversed_number,
)
from qms.citations.titles import Title, read_title
from qms.citations.vocabulary import Kind


class Mention(NamedTuple):
    """One mention in a plain text, before date, issuer and provisions are read.

    ``quoted`` is a law inside the title of the law that amends it; ``tail`` is where date and issuer follow if not at
    the mention's end.
    """

    start: int
    end: int
    kind: str | None
    number: Number | None = None
    title: str | None = None
    year: int | None = None
    short: str | None = None
    own: bool = False
    quoted: bool = False
    tail: int | None = None

    @property
    def is_open(self) -> bool:
        """Tell whether another place of the text may complete the mention: a short number, a number without kind."""
        return self.short is not None or (self.kind is None and self.number is not None)

    @property
    def names_instrument(self) -> bool:
        """Tell whether the mention says which instrument it means."""
        return self.number is not None or self.title is not None


_NUMBER_WORD = re.compile(r"[,:]? ?\(?\[?(?:(?:có |mang )?(?:số|so)(?: hiệu)?)? ?[:.]? ?\[?", re.IGNORECASE)
_ISSUER_BETWEEN = re.compile(r" (?:liên tịch )?(?:của|giữa) [^\d;:()\n]{3,90} số:? ?(?=\d)", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"(\d{1,4})(?:/((?:19|20)\d\d))?(?![\w%]|[/.,-]\w| ?/)")
_TITLE_NUMBER = re.compile(r",? \(?(?:(?:bộ )?luật |pháp lệnh )?(?:số:? ?)?(?=\d)", re.IGNORECASE)
_TITLE_YEAR = re.compile(r"(?: \(sửa đổi\))?,? \(?(?:(?:ban hành )?năm )?((?:19|20)\d\d)(\)?)", re.IGNORECASE)
_TITLE_AFTER_NUMBER = re.compile(
    r" (?:về )?((?:bộ )?luật )?[^;.()\d\n]{2,200}?(?= ban hành ngày| ngày \d)", re.IGNORECASE
)
_LEADS_TO = re.compile(r"(?: (?:của|các|tại)|(?<=\w) )+$", re.IGNORECASE)
_NOT_A_LAW = re.compile(r"(?:pháp|kỷ|kỉ|khoa|ngành|dự án|dự thảo) $", re.IGNORECASE)
_PLAUSIBLE_AFTER = re.compile(r",? ?(?:ngày|của|về|do)(?!\w)", re.IGNORECASE)
_NEXT_SHORT = re.compile(
    r"(?:, ?| và |; ?|, và )(?:số )?(\d{1,4}/(?:19|20)\d\d)(?![\w%]|[/.,-]\w| ?/)", re.IGNORECASE
)
_LONGEST_LEAD = 12
_LONGEST_SHORT = 4
_YEARS = range(1900, 2100)


def find_mentions(page: Page) -> Iterator[Mention]:
    """Yield the mentions of a page in order, without overlap."""
    anchors, end = deque(number_anchors(page.text)), 0
    for head in find_heads(page.text):
        while anchors and anchors[0] < head.start:
            if (anchor := anchors.popleft()) >= end and (bare := _bare(page.text, anchor, end)):
                yield bare
                end = bare.end
        if head.start < end:
            continue
        for mention in _read(page, head):
            yield mention
            end = mention.end
    for anchor in anchors:
        if anchor >= end and (bare := _bare(page.text, anchor, end)):
            yield bare
            end = bare.end


def _bare(text: str, anchor: int, after: int) -> Mention | None:
    """Read a number that no head introduces, with the weak word before it if there is one."""
    number = number_around(text, anchor, after)
    if number is None:
        return None
    start = weak_head(text, number.start)
    return Mention(number.start if start is None else start, number.end, number.kind, number)


def _read(page: Page, head: Head) -> Iterable[Mention]:
    text, kind = page.text, head.kind
    if text.startswith(" này", head.end) and not _is_letter(text, head.end + 4):
        return (Mention(head.start, head.end + 4, kind.word, own=True),)
    if head.code:
        return (_with_year(page, Mention(head.start, head.end, kind.word, title=head.code)),)
    if numbered := _numbered(page, head):
        return (numbered,)
    if kind.titled and not _NOT_A_LAW.search(text, max(0, head.start - 9), head.start):
        return _titled(page, head)
    return _self_or_short(page, head) if kind.short or kind.titled else ()


def _is_letter(text: str, position: int) -> bool:
    return text[position : position + 1].isalnum()


def _numbered(page: Page, head: Head) -> Mention | None:
    text, kind = page.text, head.kind
    if head.end - head.start <= _LONGEST_SHORT and (number := reversed_number(text, head.start, head.end)):
        return Mention(head.start, number.end, kind.word, number)
    for introduced in (_NUMBER_WORD, _ISSUER_BETWEEN):
        introduction = introduced.match(text, head.end)
        if introduction is None or not text[introduction.end() : introduction.end() + 1].isdigit():
            continue
        position = introduction.end()
        number = number_at(text, position) or (_loose(text, position, kind) if kind.numbered else None)
        if number is not None:
            stated = number.kind if kind.symbols and number.kind else kind.word
            mention = Mention(head.start, number.end, stated, number)
            return _titled_after(page, mention, kind) if kind.titled else mention
    return None


def _loose(text: str, position: int, kind: Kind) -> Number | None:
    number = read_loose(text, position)
    if number is None:
        return None
    agency = number.agencies[0] if number.agencies else ""
    plausible = kind.any_symbol or is_known_agency(agency) or agency[:1] in ("B", "S")
    return number if plausible or _PLAUSIBLE_AFTER.match(text, number.end) else None


def _titled_after(page: Page, mention: Mention, kind: Kind) -> Mention:
    """Read "Luật 18-L/CTN Dầu khí ban hành ngày ...", the codification's way to name a law."""
    text = page.text
    phrase = _TITLE_AFTER_NUMBER.match(text, mention.end)
    if phrase is None:
        return mention
    word_end = mention.end + (len(phrase[1]) if phrase[1] else 0)
    title = read_title(page, word_end, kind, capital=False)
    if (
        title is None
        and text[word_end + 1].isupper()
        and not phrase.group().lower().startswith((" sửa đổi", " về"))
    ):
        title = Title(f"{kind.word.capitalize()}{text[word_end : phrase.end()]}".rstrip(" ,"), phrase.end())
    if title is None:
        return mention
    return Mention(mention.start, title.end, kind.word, mention.number, title.text)


def _titled(page: Page, head: Head) -> Iterator[Mention]:
    kind = head.kind
    title = read_title(page, head.end, kind, capital=head.capital)
    if title is None:
        yield from _self_or_short(page, head)
        return
    mention = Mention(head.start, title.end, kind.word, title=title.text)
    if not title.inner:
        yield _with_year(page, mention)
        return
    whole = _with_year(page, mention, numbered=False)
    yield whole._replace(end=_amending_end(page.text, title.inner[0].start), tail=whole.end)
    for inner in title.inner:
        yield Mention(inner.start, inner.end, inner.kind, title=inner.text, quoted=True)


def _amending_end(text: str, inner_start: int) -> int:
    """Return where "Luật sửa đổi, bổ sung một số điều" ends before the "của" that leads to the laws it amends."""
    leading = _LEADS_TO.search(text, max(0, inner_start - _LONGEST_LEAD), inner_start)
    return leading.start() if leading else inner_start


def _with_year(page: Page, mention: Mention, *, numbered: bool = True) -> Mention:
    text, end = page.text, mention.end
    introduction = _TITLE_NUMBER.match(text, end) if numbered else None
    number = number_at(text, introduction.end()) if introduction else None
    if introduction is not None and number is not None:
        closed = "(" in introduction.group() and text[number.end : number.end + 1] == ")"
        return Mention(mention.start, number.end + closed, mention.kind, number, mention.title)
    year = _TITLE_YEAR.match(text, end)
    if year is None or not (number_at(text, year.end(1)) or not _number_goes_on(text, year.end(1))):
        return mention
    stop = year.end() if year[2] else year.end(1)
    return Mention(mention.start, stop, mention.kind, title=mention.title, year=int(year[1]))


def _number_goes_on(text: str, position: int) -> bool:
    following = text[position : position + 2]
    return following[:1].isdigit() or (following[:1] in ("/", "-", ".") and following[1:].isdigit())


def _self_or_short(page: Page, head: Head) -> Iterator[Mention]:
    text, kind = page.text, head.kind
    introduction = _NUMBER_WORD.match(text, head.end)
    number = _SHORT_NUMBER.match(text, introduction.end()) if introduction else None
    if introduction is None or number is None or number.end() > page.next_break(head.start):
        return
    named = "số" in introduction.group().lower() or number[2] is not None
    if (
        kind.short
        and (named or (head.capital and kind.word != "quyết định"))
        and int(number[1]) not in _YEARS
    ):
        yield Mention(head.start, number.end(), kind.word, short=number.group())
        yield from _listed_shorts(text, number, kind)


def _listed_shorts(text: str, number: re.Match[str], kind: Kind) -> Iterator[Mention]:
    """Read the other short numbers of "Thông tư số 01/2020, 04/2020 và 08/2025/TT-BTP"."""
    following = _NEXT_SHORT.match(text, number.end()) if number[2] else None
    while following is not None:
        yield Mention(following.start(1), following.end(), kind.word, short=following[1])
        following = _NEXT_SHORT.match(text, following.end())
