"""Mentions of instruments in a plain text: the word of a kind with its number, title or "này", or a bare number.

Pure. A word of kind ("Nghị định", "QĐ") is read together with what it introduces; a number that no word introduces
stands alone, as in the tables of the national TTHC portal. What only looks like a mention is left out: "pháp luật",
"luật sư", "quyết định 3 thành viên".
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from qms.citations.plain import Plain
from qms.citations.symbols import Number, find_numbers, is_known_agency, read_loose
from qms.citations.titles import Title, read_title
from qms.citations.vocabulary import ABBREVIATIONS, KIND_OF_SYMBOL, KIND_OF_WORD, KINDS, Kind, fold_word


@dataclass(frozen=True)
class Mention:
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
    def names_instrument(self) -> bool:
        """Tell whether the mention says which instrument it means."""
        return self.number is not None or self.title is not None


_WORDS = sorted((word for kind in KINDS for word in (kind.word, *kind.also)), key=len, reverse=True)
_SHORTS = ("NĐ", "TTLT", "TT", "QĐ", "NQ", "VBHN")
_HEAD = re.compile(
    rf"(?P<word>(?i:{'|'.join(_WORDS)}))(?![^\W\d_A-ZĐ])"
    rf"|(?<!\w)(?P<short>{'|'.join(_SHORTS)})(?= ?(?:số ?)?\d)"
    rf"|(?<!\w)(?P<code>{'|'.join(sorted(ABBREVIATIONS, key=len, reverse=True))})(?!\w)"
)
_OWN = re.compile(r" này(?!\w)", re.IGNORECASE)
_NUMBER_WORD = re.compile(r",? ?\(?(?:(?:có |mang )?(?:số|so)(?: hiệu)?)? ?[:.]? ?", re.IGNORECASE)
_ISSUER_BETWEEN = re.compile(r" (?:liên tịch )?(?:của|giữa) [^\d;:()]{3,90} số:? ?(?=\d)", re.IGNORECASE)
_SHORT_NUMBER = re.compile(r"(\d{1,4})(?:/((?:19|20)\d\d))?(?![\w%]|[/.,-]\w| ?/)")
_TITLE_NUMBER = re.compile(r",? \(?(?:(?:bộ )?luật |pháp lệnh )?(?:số:? ?)?(?=\d)", re.IGNORECASE)
_TITLE_YEAR = re.compile(r"(?: \(sửa đổi\))?,? \(?(?:(?:ban hành )?năm )?((?:19|20)\d\d)(\)?)", re.IGNORECASE)
_TITLE_AFTER_NUMBER = re.compile(
    r" (?:về )?((?:bộ )?luật )?[^;.()\d]{2,200}?(?= ban hành ngày| ngày \d)", re.IGNORECASE
)
_LEADS_TO = re.compile(r"(?: (?:của|các|tại)|(?<=\w) )+$", re.IGNORECASE)
_NOT_A_LAW = re.compile(r"(?:pháp|kỷ|kỉ|khoa|ngành|dự án|dự thảo) $", re.IGNORECASE)
_PLAUSIBLE_AFTER = re.compile(r",? ?(?:ngày|của|về|do)(?!\w)", re.IGNORECASE)
_LONGEST_LEAD = 12
_YEARS = range(1900, 2100)


def find_mentions(plain: Plain) -> Iterator[Mention]:
    """Yield the mentions of a plain text in order, without overlap."""
    numbers = list(find_numbers(plain.text))
    by_start = {number.start: number for number in numbers}
    pending = iter(numbers)
    bare = next(pending, None)
    end = 0
    for head in _HEAD.finditer(plain.text):
        if head.start() < end:
            continue
        while bare is not None and bare.end <= head.start():
            if bare.start >= end:
                yield Mention(bare.start, bare.end, bare.kind, bare)
                end = bare.end
            bare = next(pending, None)
        for mention in _read(plain, head, by_start):
            yield mention
            end = mention.end
    while bare is not None:
        if bare.start >= end:
            yield Mention(bare.start, bare.end, bare.kind, bare)
            end = bare.end
        bare = next(pending, None)


def _read(plain: Plain, head: re.Match[str], numbers: dict[int, Number]) -> Iterator[Mention]:
    kind, capital = _kind_of(head), head.group()[0].isupper()
    if not capital and plain.text[head.start() - 1 : head.start()].isalnum():
        return
    if head["code"]:
        yield _with_year(
            plain, Mention(head.start(), head.end(), kind.word, title=ABBREVIATIONS[head["code"]]), numbers
        )
        return
    if numbered := _numbered(plain, head, kind, numbers):
        yield numbered
    elif kind.titled and not _NOT_A_LAW.search(plain.text[max(0, head.start() - 9) : head.start()]):
        yield from _titled(plain, head, kind, capital, numbers)
    elif kind.short or kind.titled:
        yield from _self_or_short(plain, head, kind, capital)


def _kind_of(head: re.Match[str]) -> Kind:
    if head["short"]:
        return KIND_OF_SYMBOL[head["short"]]
    return KIND_OF_WORD["bộ luật" if head["code"] else fold_word(head["word"])]


def _numbered(plain: Plain, head: re.Match[str], kind: Kind, numbers: dict[int, Number]) -> Mention | None:
    text = plain.text
    for introduction in (_NUMBER_WORD.match(text, head.end()), _ISSUER_BETWEEN.match(text, head.end())):
        if introduction is None:
            continue
        position = introduction.end()
        number = numbers.get(position) or (_loose(text, position, kind) if kind.numbered else None)
        if number is not None:
            mention = Mention(head.start(), number.end, number.kind or kind.word, number)
            return _titled_after(plain, mention, kind) if kind.titled else mention
    return None


def _loose(text: str, position: int, kind: Kind) -> Number | None:
    number = read_loose(text, position)
    if number is None:
        return None
    agency = number.agencies[0] if number.agencies else ""
    plausible = kind.any_symbol or is_known_agency(agency) or agency[:1] in ("B", "S")
    return number if plausible or _PLAUSIBLE_AFTER.match(text, number.end) else None


def _titled_after(plain: Plain, mention: Mention, kind: Kind) -> Mention:
    """Read "Luật 18-L/CTN Dầu khí ban hành ngày ...", the codification's way to name a law."""
    text = plain.text
    phrase = _TITLE_AFTER_NUMBER.match(text, mention.end)
    if phrase is None:
        return mention
    word_end = mention.end + (len(phrase[1]) if phrase[1] else 0)
    title = read_title(plain, word_end, kind, capital=False)
    if (
        title is None
        and text[word_end + 1].isupper()
        and not phrase.group().lower().startswith((" sửa đổi", " về"))
    ):
        title = Title(f"{kind.word.capitalize()}{text[word_end : phrase.end()]}".rstrip(" ,"), phrase.end())
    if title is None:
        return mention
    return Mention(mention.start, title.end, kind.word, mention.number, title.text)


def _titled(
    plain: Plain, head: re.Match[str], kind: Kind, capital: bool, numbers: dict[int, Number]
) -> Iterator[Mention]:
    title = read_title(plain, head.end(), kind, capital=capital)
    if title is None:
        yield from _self_or_short(plain, head, kind, capital)
        return
    if not title.inner_starts:
        yield _with_year(plain, Mention(head.start(), title.end, kind.word, title=title.text), numbers)
        return
    whole = _with_year(plain, Mention(head.start(), title.end, kind.word, title=title.text), {})
    yield replace(whole, end=_amending_end(plain.text, title.inner_starts[0]), tail=whole.end)
    for start in title.inner_starts:
        inner = _HEAD.match(plain.text, start)
        inner_kind = _kind_of(inner) if inner else kind
        quoted = read_title(plain, inner.end(), inner_kind, capital=True) if inner else None
        if inner is not None and quoted is not None and quoted.end <= title.end:
            yield Mention(start, quoted.end, inner_kind.word, title=quoted.text, quoted=True)


def _amending_end(text: str, inner_start: int) -> int:
    """Return where "Luật sửa đổi, bổ sung một số điều" ends before the "của" that leads to the laws it amends."""
    leading = _LEADS_TO.search(text, max(0, inner_start - _LONGEST_LEAD), inner_start)
    return leading.start() if leading else inner_start


def _with_year(plain: Plain, mention: Mention, numbers: dict[int, Number]) -> Mention:
    text, end = plain.text, mention.end
    introduction = _TITLE_NUMBER.match(text, end)
    number = numbers.get(introduction.end()) if introduction else None
    if introduction is not None and number is not None:
        closed = "(" in introduction.group() and text[number.end : number.end + 1] == ")"
        return Mention(mention.start, number.end + closed, mention.kind, number, mention.title)
    year = _TITLE_YEAR.match(text, end)
    if year is None or not (year.end(1) in numbers or not _number_goes_on(text, year.end(1))):
        return mention
    stop = year.end() if year[2] else year.end(1)
    return Mention(mention.start, stop, mention.kind, title=mention.title, year=int(year[1]))


def _number_goes_on(text: str, position: int) -> bool:
    following = text[position : position + 2]
    return following[:1].isdigit() or (following[:1] in ("/", "-", ".") and following[1:].isdigit())


def _self_or_short(plain: Plain, head: re.Match[str], kind: Kind, capital: bool) -> Iterator[Mention]:
    text = plain.text
    if own := _OWN.match(text, head.end()):
        yield Mention(head.start(), own.end(), kind.word, own=True)
        return
    introduction = _NUMBER_WORD.match(text, head.end())
    number = _SHORT_NUMBER.match(text, introduction.end()) if introduction else None
    if introduction is None or number is None or number.end() > plain.next_break(head.start()):
        return
    named = "số" in introduction.group().lower() or number[2] is not None
    if kind.short and (named or (capital and kind.word != "quyết định")) and int(number[1]) not in _YEARS:
        yield Mention(head.start(), number.end(), kind.word, short=number.group())
