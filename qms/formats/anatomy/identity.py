"""Which document this is: cover first, else what its first lines say (annexes, agencies' own forms, plain Word)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from qms.formats.anatomy.cover import Cover, code_in, issuer_of, read_cover_table, read_labels, type_word_of
from qms.formats.anatomy.labels import CODE_TYPES, MOTTO, TTHC_CODE, TYPE_WORDS
from qms.formats.anatomy.lines import Flow, Line, section_kind
from qms.formats.anatomy.lists import is_revision_sheet
from qms.formats.anatomy.outline import item_kind
from qms.formats.text import Block, Paragraph, Running, Table, Text, lines_of
from qms.model.enums import DocumentType
from qms.model.ids import clean, fold

_NUMBERED_TITLE = re.compile(r"\d{1,2}|[IVX]{1,5}")
_CODE_BRACKET = re.compile(r"\s*\([^()]*(?:mã|ký hiệu)[^()]*\)\s*$", re.IGNORECASE)
_CODE_TAIL = re.compile(
    r"\s*[–—-]?\s*(?:mã (?:số )?(?:tthc|thủ tục)[^:]*:?)\s*\d\.\d{6}\S*\s*$", re.IGNORECASE
)
_GROUP_TAIL = re.compile(r",?\s*(?:bao )?gồm:?$", re.IGNORECASE)
_COMPETENT = re.compile(
    r".*(?:của|thuộc)\s+((?:SỞ|UBND|ỦY BAN NHÂN DÂN|CHI CỤC|BAN QUẢN LÝ|THANH TRA)\s+[^()]+?)"
    r"(?=\s+(?:TRÊN ĐỊA BÀN|ÁP DỤNG|\()|$)",
    re.IGNORECASE,
)
_EXECUTES = re.compile(r"cơ quan (?:trực tiếp )?thực hiện[^:]{0,40}:\s*(.+)", re.IGNORECASE)
_ANNEX = re.compile(r"(?:phu luc|danh muc|quy trinh noi bo|noi dung quy trinh noi bo|phan [ivx]+)\b")
_BEFORE_CAPITALS = frozenset({"sở", "bộ", "phòng", "và", "cục"})
_BEFORE_PLACES = frozenset({"tỉnh", "phố", "xã", "phường", "khu", "huyện"})
_TOP_BLOCKS = 60
_FIRST_LINES = 10
_LONGEST_TITLE = 600


def read_identity(text: Text, flow: Flow, before: int) -> Cover:
    """Return code, title, issuer, issue and dates; ``before`` is where the text proper begins in ``flow``.

    A paper without a cover in its body may have it in the header of every page.
    """
    blocks = text.blocks
    for block in blocks[:_TOP_BLOCKS]:
        if isinstance(block, Table) and not is_revision_sheet(block):
            cover = read_cover_table(block)
            if cover.is_cover:
                return _with_title(replace(cover, issuer=cover.issuer or _issuer_above(blocks, block)), flow)
    top = [block for block in blocks[:_TOP_BLOCKS] if isinstance(block, Paragraph)]
    loose = read_labels(top[: max(before, 1)] if before else top[:15])
    if loose.is_cover:
        return _with_title(replace(loose, issuer=issuer_of(block.text for block in top[:10])), flow)
    for running in text.running():
        cover = _running_cover(running)
        if cover.is_cover:
            return _with_title(cover, flow)
    return _without_cover(blocks, flow, loose)


def guess_type(cover: Cover, has_steps: bool, flow: Flow) -> DocumentType | None:
    """Return which kind of document it is: by its type word, its code, its steps, or a form's head."""
    by_word = dict(TYPE_WORDS).get(cover.type_word)
    if by_word is not None:
        return by_word
    if match := re.match(r"[A-ZĐ]+", cover.code):
        by_code = CODE_TYPES.get(match[0])
        if by_code is not None:
            return by_code
    if has_steps:
        return DocumentType.PROCEDURE
    first = next((block for block in flow if isinstance(block, Line)), None)
    if first is not None and MOTTO.match(fold(first.text)):
        return DocumentType.FORM
    return None


def tthc_codes(lines: Sequence[str]) -> tuple[str, ...]:
    """Return the codes of the national base of procedures, each once, in order."""
    return tuple(dict.fromkeys(match[0] for line in lines for match in TTHC_CODE.finditer(line)))


def bare_title(text: str) -> str:
    """Return a title without codes in brackets or behind it, and without "..., gồm:"."""
    bare = _CODE_TAIL.sub("", _CODE_BRACKET.sub("", text.strip()))
    return clean(_GROUP_TAIL.sub("", bare)).strip(" :;-–")


def _issuer_above(blocks: Sequence[Block], table: Table) -> str:
    """Return the agency that stands in lines above a cover table that names none."""
    above: list[str] = []
    for block in blocks[:_FIRST_LINES]:
        if block is table:
            return issuer_of(above)
        if isinstance(block, Paragraph):
            above.append(block.text)
    return ""


def _running_cover(running: Running) -> Cover:
    for block in running.blocks:
        if isinstance(block, Table):
            cover = read_cover_table(block)
            if cover.is_cover:
                return cover
    return read_labels(running.blocks)


def _with_title(cover: Cover, flow: Flow) -> Cover:
    heading = next((block for block in flow[:3] if isinstance(block, Line) and block.heading == 1), None)
    type_word = cover.type_word or _type_of_title(flow)
    if heading is not None and not cover.type_word:
        return replace(cover, title=_heading_title(heading, flow), type_word=type_word)
    return replace(cover, title=cover.title or _title_in_lines(flow), type_word=type_word)


def _heading_title(heading: Line, flow: Flow) -> str:
    """Return the title in a first heading; one that is only a type word is followed by the title."""
    if fold(heading.text) != type_word_of(heading.text):
        return bare_title(heading.text)
    return _title_in_lines(flow)


def _without_cover(blocks: Sequence[Block], flow: Flow, loose: Cover) -> Cover:
    plain = "\n".join(lines_of(blocks))
    title, heading = _annex_title(flow)
    code = code_in(heading) or _code_in_tables(blocks) or loose.code
    return replace(
        loose,
        code=code if code else "",
        title=loose.title or title or _title_in_lines(flow),
        issuer=_competent_agency(flow, plain) or _issuer_at_top(flow),
        type_word="quy trinh" if title else _type_of_title(flow),
    )


def _annex_title(flow: Flow) -> tuple[str, str]:
    """Return (title, its whole line) of the procedure in an annex of internal processes."""
    lines = [block for block in flow[:_TOP_BLOCKS] if isinstance(block, Line)]
    if not any(_ANNEX.match(fold(line.text)) for line in lines[:6]):
        return "", ""
    candidates = [line for line in lines if _may_be_title(line)]
    marked = [line for line in candidates if TTHC_CODE.search(line.text) or code_in(line.text)]
    chosen = next(iter(marked or candidates), None)
    return ("", "") if chosen is None else (bare_title(chosen.text), chosen.text)


def _may_be_title(line: Line) -> bool:
    if _NUMBERED_TITLE.fullmatch(line.number) is None or len(line.text) > _LONGEST_TITLE:
        return False
    return item_kind(line) is None and section_kind(line.text) is None and not _ANNEX.match(fold(line.text))


def _code_in_tables(blocks: Sequence[Block]) -> str:
    for block in blocks:
        if isinstance(block, Table) and not _is_list(block):
            cover = read_cover_table(block)
            if cover.code and code_in(f"mã hiệu: {cover.code}"):
                return cover.code
    return ""


def _is_list(table: Table) -> bool:
    """Tell whether a table numbers its rows: the codes in it are those of forms and records."""
    heads = {fold(cell.text) for row in table.rows[:1] for cell in row.cells}
    return bool(heads & {"tt", "stt", "so tt"}) and len(table.rows) > 1


def _competent_agency(flow: Flow, plain: str) -> str:
    lines = [block for block in flow if isinstance(block, Line)]
    for line in lines[:8]:
        if line.capitals and (match := _COMPETENT.search(line.text)):
            return _as_written(clean(match[1]).strip(" ,.;"), plain)
    for line in lines:
        if match := _EXECUTES.match(line.text):
            agency = issuer_of([match[1]])
            return agency.rstrip(".") if len(agency) < 80 else ""
    return ""


def _as_written(capitals: str, plain: str) -> str:
    """Return a name in capitals as the text writes it in small letters elsewhere, if it does."""
    for match in re.finditer(rf"\b{re.escape(capitals)}\b", plain, re.IGNORECASE):
        if not match[0].isupper():
            return match[0]
    return in_small_letters(capitals)


def in_small_letters(capitals: str) -> str:
    """Write an agency's name in capitals as Decree 30/2020/NĐ-CP, annex II, has it: ``Sở Tài chính tỉnh Bắc Ninh``.

    Capital is the first word, the one after ``Sở`` and the like, each after a comma or ``và``, and every word
    of a place.
    """
    words: list[str] = []
    in_place = False
    for word in capitals.split():
        small = word.lower()
        before = words[-1].lower() if words else ""
        first = not words or before in _BEFORE_CAPITALS or before.endswith(",")
        in_place = in_place or before in _BEFORE_PLACES
        if word in {"UBND", "HĐND"}:
            words.append(word)
        else:
            words.append(small.capitalize() if first or (in_place and small not in _BEFORE_PLACES) else small)
        in_place = in_place and small not in _BEFORE_PLACES
    return " ".join(words)


def _issuer_at_top(flow: Flow) -> str:
    top = flow[:4]
    for block in top:
        if isinstance(block, Table):
            for row in block.rows[:3]:
                for cell in row.cells:
                    if issuer := issuer_of(cell.text.split("\n")):
                        return issuer if len(issuer) < 120 else ""
    texts = [block.text for block in top if isinstance(block, Line) and block.capitals]
    return issuer_of(texts)


def _type_of_title(flow: Flow) -> str:
    for block in flow[:12]:
        if isinstance(block, Line) and (block.capitals or block.heading):
            word = type_word_of(block.text)
            if word:
                return word
    return ""


def _title_in_lines(flow: Flow) -> str:
    lines = [block for block in flow[:40] if isinstance(block, Line)]
    for at, line in enumerate(lines):
        word = type_word_of(line.text) if line.capitals or line.heading else ""
        if word and not line.number:
            if fold(line.text) != word:
                return bare_title(line.text)
            following = next(iter(lines[at + 1 :]), None)
            if following is not None and not following.number and section_kind(following.text) is None:
                return bare_title(following.text)
    for line in lines:
        looks = line.heading is not None or (line.bold and line.centred) or (line.capitals and line.centred)
        if looks and not line.number and not MOTTO.match(fold(line.text)) and not issuer_of([line.text]):
            return bare_title(line.text)
    return ""
