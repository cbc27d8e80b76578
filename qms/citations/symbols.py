"""Numbers of legal instruments: found in running text, mended, told from look-alikes, made canonical.

Pure. Source of the grammar: ``domain.md`` §4.2 and Decree 30/2020/NĐ-CP. Two shapes: dated ``123/2015/NĐ-CP``
(also ``66.7/2025/NQ-CP``) and undated ``101/QĐ-BKHCN``, ``18-NQ/TW``, ``27/VBHN-VPQH``. Careless shapes are
mended: ``57/2024/NĐCP``, ``18/2021/ND-CP``, ``198/2016/TT/BTC``, ``39/2026/NĐ -CP``, glued cells. What has no known
kind and agency (``01/TB-HT``, ``01/CT-HCTP``) is a number only after the word of its kind.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from qms.citations.vocabulary import AGENCIES, AGENCY_OF_FOLD, KIND_OF_SYMBOL, KINDS, fold_agency


class Symbol(NamedTuple):
    """The letters of a number (``NĐ-CP``, ``QH13``): canonical text, where they end, kind symbol, agencies."""

    text: str
    end: int
    kind: str | None
    agencies: tuple[str, ...]

    @property
    def known(self) -> bool:
        """Tell whether the first agency is one of the vocabulary, so that no look-alike is taken."""
        return bool(self.agencies) and is_known_agency(self.agencies[0])


class Number(NamedTuple):
    """An instrument's number in a plain text; ``key`` is canonical, ``kind`` the word its symbol stands for."""

    start: int
    end: int
    key: str
    kind: str | None
    agencies: tuple[str, ...]


def _careless(symbol: str) -> str:
    return symbol.replace("Đ", "[ĐD]")


_SYMBOLS = sorted((symbol for kind in KINDS for symbol in kind.symbols), key=len, reverse=True)
_CANONICAL_SYMBOL = {fold_agency(symbol): symbol for symbol in _SYMBOLS}
_KIND = re.compile("|".join(_careless(symbol) for symbol in _SYMBOLS))
_KIND_TYPED = re.compile(_KIND.pattern, re.IGNORECASE)
_JOINT = re.compile(r" ?[-./_] ?| (?=[A-ZĐ]{2})|")
_NEXT_AGENCY = re.compile(r" ?[-/] ?")
_ASSEMBLY = re.compile(r"(UBTVQH|QH|H[ĐD]NN)(1\d|[1-9])")
_PREMIER = re.compile(r"TT[gG](?![A-ZĐ]{2})|Ttg\b")
_CAPITALS = re.compile(r"[A-ZĐƯ][A-ZĐƯ&]{0,19}")
_TYPED = re.compile(r"[A-Za-zĐđƯư&]{1,20}(?!\w)")
_SUB_UNIT = re.compile(r"-[A-ZĐ]{1,3}\d{1,3}(?!\w)|-[A-ZĐ&]{2,12}(?!\w)")

_SLASH = re.compile(
    r"/(?<=[\da-zA-Z ]/) ?(?:(?:19|20)\d\d(?: ?[/.\-_] ?[A-Za-zĐđ]|[A-Za-zĐđ]| [A-ZĐ])|[A-ZĐ])"
)
_HYPHEN = re.compile(rf"-(?<=[\da-z ]-) ?(?:{_KIND.pattern})[-/]")
_DOT = re.compile(rf"\.(?<=\d\.)(?:19|20)\d\d\.(?:{_KIND.pattern})[-/.]")
_SERIES = re.compile(r"C(?<=[TQ]C)VN")
_RARE_ANCHORS = ((_HYPHEN, ("-", "-")), (_DOT, (".20", ".19")), (_SERIES, ("TCVN", "QCVN")))
_CHUNK = re.compile(r"[A-ZĐƯ][A-ZĐƯa-z0-9&-]{0,40}(?![\w&/.-])(?! [-/.A-ZĐ])")
_USUAL = re.compile(r"(\d{1,3})/((?:19|20)\d\d)/([A-ZĐƯ][A-ZĐƯa-z0-9&-]{0,40})(?![\w&/-]|[.]\w)(?! [-/.])")
"""How almost every number is written, read by one match."""
_BEFORE_ANCHOR = re.compile(r"(?:(?<!\d)\d{1,12}\.)?\d{1,12}[a-zA-Z]? ?$")
_LONGEST_BEFORE = 24
_DATED = re.compile(r"(\d{1,12})(\.\d{1,3})?([a-zA-Z]?) ?[/.-] ?(?:19|20)\d\d")
_AFTER_YEAR = re.compile(r" ?[/.\-_]? ?(?=[A-Za-zĐđ])")
_UNDATED = re.compile(r"(\d{1,5})([a-z]?) ?([/-]) ?(?=[A-ZĐ])")
_LOOSE = re.compile(
    r"(\d{1,5})([a-zA-Z]?) ?([/-](?:(?:19|20)\d\d[/-])?) ?"
    r"((?:TTg|[A-ZĐƯ][A-ZĐƯ&]{0,19}\d{0,2})(?:[-/.](?:TTg|[A-ZĐƯ&]{1,20}\d{0,2})){0,5})"
)
_STANDARD = re.compile(
    r"(?<!\w)(TCVN|QCVN):? ?(ISO/IEC|ISO|IEC)? ?(\d{1,5}(?:-\d{1,3}){0,3}) ?: ?((?:19|20)\d\d)"
    r"(?: ?/ ?([A-ZĐ&]{2,12})(?![^\W\d_]))?"
)
_FORM_BEFORE = re.compile(r"(?:mẫu|biểu|phiếu|bm|qt|mã hiệu|mã số)\.?(?: số)?:? ?$", re.IGNORECASE)
_LONGEST_FORM_WORD = 14
_FORM_KINDS = ("CT", "TB", "HD", "BC")
_SAID_BEFORE = re.compile(r"(?:chỉ thị|thông báo|hướng dẫn|báo cáo),? (?:số ?)?:? ?$", re.IGNORECASE)
_LETTER = re.compile(r"(\d{1,5})/([A-ZĐƯ&]{2,10})-([A-ZĐ&]{2,12}(?:-[A-ZĐ&]{2,8})?)(?![\w/-])")
_REVERSED = re.compile(r"/?(\d{1,5})-([A-ZĐ&]{2,10})(?![\w/-])")
OFFICIAL_LETTER = "công văn"
_LARGEST_IN_SHORT_SERIES = 999
_YEAR_DIGITS = 4
_LONGEST_AGENCY = 8


def find_numbers(text: str) -> Iterator[Number]:
    """Yield the numbers of a plain text that need no word of kind before them, in order, without overlap."""
    end = 0
    for anchor in number_anchors(text):
        number = number_around(text, anchor, end) if anchor >= end else None
        if number is not None:
            yield number
            end = number.end


def number_anchors(text: str) -> list[int]:
    """Return where a number may be, in order: its first slash, hyphen or dot, or the C of TCVN and QCVN."""
    anchors = [match.start() for match in _SLASH.finditer(text)] if "/" in text else []
    rare = [
        match.start()
        for pattern, letters in _RARE_ANCHORS
        if letters[0] in text or letters[1] in text
        for match in pattern.finditer(text)
    ]
    return sorted((*anchors, *rare)) if rare else anchors


def number_around(text: str, anchor: int, after: int) -> Number | None:
    """Return the number that an anchor belongs to, begun not before ``after``; None for what only looks like one."""
    if text[anchor] == "C":
        return _standard(text, anchor - 1)
    digits = _BEFORE_ANCHOR.search(text, max(after, anchor - _LONGEST_BEFORE), anchor)
    if digits is None:
        return None
    start = digits.start()
    return _dated(text, start) or _undated(text, start) or _letter(text, start)


def reversed_number(text: str, start: int, end: int) -> Number | None:
    """Return the number whose symbol ``text[start:end]`` stands before its digits ("QĐ2338-BTP")."""
    match, kind = _REVERSED.match(text, end), KIND_OF_SYMBOL.get(text[start:end])
    if match is None or kind is None or not is_known_agency(match[2]):
        return None
    return Number(
        match.start(1), match.end(), f"{match[1]}/{text[start:end]}-{match[2]}", kind.word, (match[2],)
    )


def number_at(text: str, position: int) -> Number | None:
    """Return the number that begins exactly at ``position``, if one does."""
    if (usual := _USUAL.match(text, position)) and not text[usual.end() + 1 : usual.end() + 3].isupper():
        symbol = _usual_symbol(usual[3])
        if symbol is not None:
            return Number(position, usual.end(), f"{usual[1]}/{usual[2]}/{symbol[0]}", symbol[1], symbol[2])
    number = _dated(text, position) or _undated(text, position)
    return number if number is not None and number.start == position else None


@lru_cache(4096)
def _usual_symbol(chunk: str) -> tuple[str, str | None, tuple[str, ...]] | None:
    """Remember the symbol that a chunk is as a whole, if its agency is known: its text, word and agencies."""
    symbol = _read_symbol(chunk, 0, typed=True)
    if symbol is None or not symbol.known or symbol.end != len(chunk):
        return None
    return symbol.text, _word(symbol), symbol.agencies


def _standard(text: str, position: int) -> Number | None:
    match = _STANDARD.match(text, position)
    if match is None:
        return None
    series, system, number, year, agency = match.groups()
    key = f"{series} {system + ' ' if system else ''}{number}:{year}"
    known = AGENCY_OF_FOLD.get(fold_agency(agency)) if agency else None
    if agency is not None and known is None:
        return None
    kind = "quy chuẩn" if series == "QCVN" else "tiêu chuẩn"
    suffix, agencies = (f"/{known}", (known,)) if known else ("", ())
    return Number(match.start(), match.end(), key + suffix, kind, agencies)


def read_loose(text: str, position: int) -> Number | None:
    """Return the number at ``position`` that is one only because the word of its kind stands before it."""
    match = _LOOSE.match(text, position)
    if match is None:
        return None
    digits, letter, joint, symbol = match.groups()
    end = match.end()
    if text[end : end + 1].islower() and len(symbol) > 1 and not symbol.endswith("TTg"):
        symbol, end = symbol[:-1].rstrip("-/."), end - 1
    read = _read_symbol(text, match.start(4))
    if read is not None and read.end >= end:
        symbol, end = read.text, read.end
    kind = _word(read) if read else None
    agencies = read.agencies if read else (symbol,)
    return Number(position, end, f"{digits}{letter}{joint}{symbol}", kind, agencies)


def is_known_agency(code: str) -> bool:
    """Tell whether an agency's code is in the vocabulary (``QH13`` counts as ``QH``)."""
    return code in AGENCIES or code.rstrip("0123456789") in AGENCIES


def _dated(text: str, start: int) -> Number | None:
    match = _DATED.match(text, start)
    joint = _AFTER_YEAR.match(text, match.end()) if match else None
    if match is None or joint is None:
        return None
    symbol = _symbol_at(text, joint.end(), typed=True)
    if symbol is None or not _may_be_dated(symbol, closely=joint.group().strip() == ""):
        return None
    digits, decimals, letter = match.groups()
    if decimals and symbol.kind != "NQ":
        start, digits = match.start(2) + 1, decimals[1:]
        decimals = None
    elif _follows_digits(text, start) and len(digits) <= _YEAR_DIGITS:
        return None
    if len(digits) > _YEAR_DIGITS and digits[:2] in ("19", "20") and len(digits) <= _YEAR_DIGITS + 3:
        start, digits = start + _YEAR_DIGITS, digits[_YEAR_DIGITS:]
    elif len(digits) > _YEAR_DIGITS:
        return None
    if int(digits) > _LARGEST_IN_SHORT_SERIES and _is_short_series(symbol):
        return None
    year = match.group()[-_YEAR_DIGITS:]
    key = f"{digits}{decimals}" if decimals else f"{digits}{letter}"
    return Number(start, symbol.end, f"{key}/{year}/{symbol.text}", _word(symbol), symbol.agencies)


def _undated(text: str, start: int) -> Number | None:
    match = _UNDATED.match(text, start)
    if match is None or _follows_digits(text, start) or text[start - 1 : start].isupper():
        return None
    if _FORM_BEFORE.search(text[max(0, start - _LONGEST_FORM_WORD) : start]):
        return None
    symbol = _symbol_at(text, match.end(), slash_kept=match.group(3) == "-")
    if symbol is None or symbol.kind is None or not (symbol.known or _is_department(symbol, text, start)):
        return None
    digits, letter, joint = match.groups()
    key = f"{digits}{letter}{joint}{symbol.text}"
    return Number(start, symbol.end, key, _word(symbol), symbol.agencies)


def _letter(text: str, start: int) -> Number | None:
    """Read the number of an official letter, "1209/UBND-KGVX": an agency that is known, then a unit of it."""
    match = _LETTER.match(text, start)
    agency = AGENCY_OF_FOLD.get(fold_agency(match[2])) if match else None
    if match is None or agency is None or _follows_digits(text, start) or text[start - 1 : start].isupper():
        return None
    return Number(start, match.end(), f"{match[1]}/{agency}-{match[3]}", OFFICIAL_LETTER, (agency, match[3]))


def _may_be_dated(symbol: Symbol, *, closely: bool) -> bool:
    if symbol.known:
        return True
    return symbol.kind is not None and KIND_OF_SYMBOL[symbol.kind].numbered and not closely


def _is_short_series(symbol: Symbol) -> bool:
    return symbol.kind == "NĐ" or symbol.agencies[0].startswith("QH")


def _is_department(symbol: Symbol, text: str, start: int) -> bool:
    """Tell whether a ministry or department may bear the code; forms are called "01/TB-..." too, so a word must say."""
    code = symbol.agencies[0] if symbol.agencies else ""
    if len(code) <= len("ST") or code[0] not in "BS":
        return False
    return symbol.kind not in _FORM_KINDS or _SAID_BEFORE.search(text, max(0, start - 20), start) is not None


def _follows_digits(text: str, start: int) -> bool:
    return start > 1 and text[start - 1] in "/.-," and text[start - 2].isdigit()


def _word(symbol: Symbol) -> str | None:
    return KIND_OF_SYMBOL[symbol.kind].word if symbol.kind else None


def _symbol_at(text: str, start: int, *, typed: bool = False, slash_kept: bool = False) -> Symbol | None:
    """Read a symbol; one that stands alone among blanks is remembered, for there are only a few hundred."""
    chunk = _CHUNK.match(text, start)
    if chunk is None:
        return _read_symbol(text, start, typed=typed, slash_kept=slash_kept)
    symbol = _remembered_symbol(chunk.group(), typed, slash_kept)
    return symbol and symbol._replace(end=start + symbol.end)


@lru_cache(4096)
def _remembered_symbol(chunk: str, typed: bool, slash_kept: bool) -> Symbol | None:
    return _read_symbol(chunk, 0, typed=typed, slash_kept=slash_kept)


def _read_symbol(text: str, start: int, *, typed: bool = False, slash_kept: bool = False) -> Symbol | None:
    for pattern, lower in ((_KIND, False), (_KIND_TYPED, True))[: 2 if typed else 1]:
        match = pattern.match(text, start)
        if match is None:
            continue
        symbol = _read_agencies(text, match, lower=lower, slash_kept=slash_kept)
        if symbol is not None:
            return symbol
    agency = _read_agency(text, start)
    if agency is None or not is_known_agency(agency[0]):
        return None
    return Symbol(agency[0], agency[1], None, (agency[0],))


def _read_agencies(text: str, kind: re.Match[str], *, lower: bool, slash_kept: bool) -> Symbol | None:
    symbol = _CANONICAL_SYMBOL[fold_agency(kind.group())]
    joint = _JOINT.match(text, kind.end())
    end = joint.end() if joint else kind.end()
    first = _read_typed(text, end) if lower else _read_agency(text, end)
    if first is None or (end == kind.end() and not is_known_agency(first[0])):
        if symbol == "NĐ" and not lower and not text[kind.end() : kind.end() + 1].isalnum():
            return Symbol("NĐ-CP", kind.end(), symbol, ("CP",))
        return None
    slash = "/" in text[kind.end() : end] and (slash_kept or symbol in ("TTLT", "NQLT"))
    agencies, end = _read_rest(text, first, joint=symbol in ("TTLT", "NQLT"))
    return Symbol(f"{symbol}{'/' if slash else '-'}{'-'.join(agencies)}", end, symbol, agencies)


def _read_rest(text: str, first: tuple[str, int], *, joint: bool) -> tuple[tuple[str, ...], int]:
    agencies, end = [first[0]], first[1]
    if not joint:
        unit = _SUB_UNIT.match(text, end)
        return (first[0], *([unit.group()[1:]] if unit else [])), unit.end() if unit else end
    while following := _NEXT_AGENCY.match(text, end):
        agency = _read_agency(text, following.end())
        if agency is None or (" " in following.group() and not is_known_agency(agency[0])):
            break
        agencies.append(agency[0])
        end = agency[1]
    return tuple(agencies), end


def _read_typed(text: str, start: int) -> tuple[str, int] | None:
    match = _TYPED.match(text, start)
    code = AGENCY_OF_FOLD.get(fold_agency(match.group())) if match else None
    return (code, match.end()) if match and code else None


def _read_agency(text: str, start: int) -> tuple[str, int] | None:
    if assembly := _ASSEMBLY.match(text, start):
        return assembly.group().replace("HD", "HĐ"), assembly.end()
    if premier := _PREMIER.match(text, start):
        return "TTg", premier.end()
    match = _CAPITALS.match(text, start)
    if match is None:
        return None
    run, following = match.group(), text[match.end() : match.end() + 1]
    candidates = [run]
    if following.islower():
        candidates = [run, run + following, run[:-1]]
    for candidate in candidates:
        if code := AGENCY_OF_FOLD.get(fold_agency(candidate)):
            return code, start + len(candidate)
    if len(run) > _LONGEST_AGENCY or following.isupper() or _capitals_go_on(text, match.end()):
        return _glued_agency(run, start) or _unknown_agency(run, start)
    return _unknown_agency(candidates[-1], start)


def _glued_agency(run: str, start: int) -> tuple[str, int] | None:
    """Split ``BTCQUY`` of ``TT-BTCQUY ĐỊNH``: the agency is the longest known beginning of the run."""
    for length in range(len(run) - 1, 1, -1):
        if code := AGENCY_OF_FOLD.get(fold_agency(run[:length])):
            return code, start + length
    return None


def _capitals_go_on(text: str, position: int) -> bool:
    return text[position : position + 1] == " " and text[position + 1 : position + 3].isupper()


def _unknown_agency(run: str, start: int) -> tuple[str, int] | None:
    return (run, start + len(run)) if len(run) > 1 else None
