"""Markdown out of the intermediate form and back into it, and the bounds that hold before any parser."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from qms.formats.anatomy.lines import flow_of
from qms.formats.anatomy.outline import read_outline
from qms.formats.frontmatter import split
from qms.formats.refusals import MarkdownTooComplex
from qms.formats.text import Block, Cell, Footnote, Heading, Paragraph, Row, Table, Text, lines_of
from qms.model.ids import clean

MAX_BYTES = 200_000
MAX_BRACKETS = 500
"""Opening brackets a paragraph: Python-Markdown is quadratic on them."""
MAX_QUOTES = 20
MAX_INDENT = 80
MAX_MARKS = 2_000
"""Marks of emphasis or code a paragraph."""
MAX_OPEN_TAGS = 100

PICTURE = "*(Hình: xem trong tệp Word)*"
"""Stands where a Word file has an image or diagram, which only the file itself can show."""

_ESCAPED = re.compile(r"([\\`*_\[\]])")
_TYPED_NUMBER = re.compile(r"^(\d{1,9})([.)])(?=\s|$)")
_TYPED_MARK = re.compile(r"^([-+#>=~:])")
_UNESCAPED = re.compile(r"\\([\\`*_\[\]{}()#+\-.!|>~:=])")
_ENTITIES = {"&lt;": "<", "&gt;": ">", "&amp;": "&", "&nbsp;": " ", "&quot;": '"'}
_HEADING = re.compile(r"(#{1,6})\s+(.*?)\s*#*\s*$")
_RULE_ROW = re.compile(r"\s*\|?\s*:?-+:?\s*(?:\|\s*:?-+:?\s*)*\|?\s*$")
_NOTE = re.compile(r"\[\^([^\]\s]{1,40})\](?!:)")
_NOTE_TEXT = re.compile(r"\[\^([^\]\s]{1,40})\]:\s*(.*)")
_LIST = re.compile(r"\s*(?:([-+*])|(\d{1,9}[.)]))\s+(?=\S)")
_LINK = re.compile(r"(?<!\\)!?\[([^\[\]]*)(?<!\\)\]\([^()\s]*(?:\s+\"[^\"]*\")?\)")
_EMPHASIS = re.compile(r"(?<!\\)(\*\*|__|\*|_|`|~~)(?=\S)([^\n]+?)(?<=\S)\1(?!\w)")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_TAG = re.compile(r"</?[a-zA-Z][^<>]{0,200}>|<!--.*?-->", re.DOTALL)
_MARKED = re.compile(r"[\[<*_`~\\&]")
"""What any mark needs; most lines have none."""
_ALL_BOLD = re.compile(r"(\*\*|__)[^*_]+\1")


def to_markdown(text: Text) -> str:
    """Return Markdown of a text: main sections as headings, tables as pipe tables, the printed numbers kept.

    The same text gives the same bytes. Headers and footers are left out; they repeat the cover.
    """
    sections = _section_blocks(text.blocks)
    pieces: list[str] = []
    for at, block in enumerate(text.blocks):
        if isinstance(block, Table):
            pieces.append(_table(block))
        elif at in sections or isinstance(block, Heading):
            level = block.level if isinstance(block, Heading) else 2
            pieces.append(f"{'#' * level} {escaped(block.shown)}")
        elif block.shown or block.notes or block.pictures:
            pieces.append(_paragraph(block))
    pieces.extend(_footnote(note) for note in text.footnotes)
    return "\n\n".join(piece for piece in pieces if piece) + "\n"


def from_markdown(markdown: str) -> Text:
    """Return the text of a Markdown master without its front matter; raises ``MarkdownTooComplex``."""
    check_bounds(markdown)
    _, body = split(markdown)
    first = markdown.count("\n", 0, len(markdown) - len(body))
    notes: list[Footnote] = []
    blocks = tuple(_blocks(body.replace("\r\n", "\n").split("\n"), notes, first))
    return Text(blocks, footnotes=tuple(notes))


def check_bounds(markdown: str) -> None:
    """Raise ``MarkdownTooComplex`` beyond the bounds of ``design.md`` §8, before anything parses."""
    size = len(markdown.encode("utf-8", "surrogatepass"))
    if size > MAX_BYTES:
        raise MarkdownTooComplex(what=f"nặng {size // 1000} kB, tối đa {MAX_BYTES // 1000} kB")
    if re.search("[\ud800-\udfff\x00]", markdown):
        raise MarkdownTooComplex(what="có ký tự không hợp lệ")
    for paragraph in re.split(r"\n\s*\n", markdown):
        _check_paragraph(paragraph)
    open_tags = 0
    for tag in re.finditer(r"<(/?)[a-zA-Z]", markdown):
        open_tags = max(0, open_tags + (-1 if tag[1] else 1))
        if open_tags > MAX_OPEN_TAGS and not _is_void(markdown, tag.end() - 1):
            raise MarkdownTooComplex(what="thẻ HTML lồng nhau quá sâu")
        if _is_void(markdown, tag.end() - 1):
            open_tags -= 1


def _is_void(markdown: str, at: int) -> bool:
    return markdown[at : at + 2].lower() in {"br", "hr"}


def _check_paragraph(paragraph: str) -> None:
    if paragraph.count("[") > MAX_BRACKETS:
        raise MarkdownTooComplex(what=f"một đoạn có hơn {MAX_BRACKETS} dấu «[»")
    if sum(map(paragraph.count, "*_`<&!")) > MAX_MARKS:
        raise MarkdownTooComplex(what="một đoạn có quá nhiều dấu định dạng")
    for line in paragraph.split("\n"):
        lead = line[: len(line) - len(line.lstrip(" \t>"))]
        if lead.count(">") > MAX_QUOTES or len(lead.expandtabs(4)) > MAX_INDENT + lead.count(">") * 2:
            raise MarkdownTooComplex(what="trích dẫn hoặc danh sách lồng nhau quá sâu")


def _section_blocks(blocks: Sequence[Block]) -> frozenset[int]:
    """Return which blocks are heads of main sections, found as the anatomy finds them."""
    owners: list[int] = []
    for at, block in enumerate(blocks):
        owners.extend([at] * len(flow_of((block,))))
    outline = read_outline(flow_of(blocks))
    return frozenset(
        owners[part.start] for part in outline.sections if isinstance(blocks[owners[part.start]], Paragraph)
    )


def _paragraph(block: Paragraph) -> str:
    lines = [_line_start(escaped(line)) for line in block.shown_lines if line]
    marks = "".join(f"[^{mark}]" for mark in block.notes)
    words = "<br>\n".join([*lines, *[PICTURE] * block.pictures]) + marks
    if block.pictures:
        return words
    return (
        f"**{words}**" if block.bold and len(lines) == 1 and not marks and _plain_enough(lines[0]) else words
    )


def _plain_enough(line: str) -> bool:
    return "\\" not in line and not line.startswith(("&", "*")) and any(char.isalnum() for char in line)


def escaped(words: str) -> str:
    """Return words so that Markdown shows them as they are."""
    bare = _ESCAPED.sub(r"\\\1", words.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"))
    return bare.replace("\n", "<br>")


def _line_start(line: str) -> str:
    line = _TYPED_NUMBER.sub(r"\1\\\2", line)
    return _TYPED_MARK.sub(r"\\\1", line)


def _table(table: Table) -> str:
    grid = table.grid()
    if not grid or not grid[0]:
        return ""
    lines = []
    for at, row in enumerate(grid):
        words = []
        for column, slot in enumerate(row):
            begins = slot is not None and (slot.first_row, slot.first_column) == (at, column)
            words.append(_cell(slot.cell) if slot is not None and begins else "")
        lines.append(f"| {' | '.join(words)} |")
        if at == 0:
            lines.append(f"|{'---|' * len(row)}")
    return "\n".join(lines)


def _cell(cell: Cell) -> str:
    return "<br>".join(escaped(line).replace("|", "\\|") for line in lines_of(cell.blocks))


def _footnote(note: Footnote) -> str:
    return f"[^{note.mark}]: " + " ".join(escaped(line) for line in lines_of(note.blocks))


def _blocks(lines: Sequence[str], notes: list[Footnote], first: int) -> Iterator[Block]:
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            at += 1
        elif match := _HEADING.match(line):
            yield Heading(len(match[1]), _words(match[2]), place=first + at)
            at += 1
        elif match := _NOTE_TEXT.match(line):
            notes.append(Footnote(match[1], (Paragraph(_words(match[2])),)))
            at += 1
        elif "|" in line and at + 1 < len(lines) and "-" in lines[at + 1] and _RULE_ROW.match(lines[at + 1]):
            end = at + 2
            while end < len(lines) and "|" in lines[end] and lines[end].strip():
                end += 1
            rows = [(first + at, line), *enumerate(lines[at + 2 : end], first + at + 2)]
            yield _read_table(rows)
            at = end
        else:
            end = at + 1
            while end < len(lines) and lines[end].strip() and not begins_block(lines[end]):
                end += 1
            yield from _read_paragraph(lines[at:end], first + at)
            at = end


def begins_block(line: str) -> bool:
    """Tell whether a line begins something new even right behind a paragraph: heading, list item, note, row."""
    return bool(_HEADING.match(line) or _LIST.match(line) or _NOTE_TEXT.match(line) or line.startswith("|"))


def _read_paragraph(lines: Sequence[str], place: int) -> Iterator[Paragraph]:
    joined = " ".join(line.strip().lstrip("> ") for line in lines)
    if not joined.strip(" -*_=`~"):
        return
    number = ""
    if match := _LIST.match(lines[0]):
        number = match[1] or match[2]
        joined = joined[len(match[0].strip()) :].strip()
    notes = tuple(_NOTE.findall(joined))
    words = _words(_NOTE.sub("", joined))
    if words:
        number = "-" if number in {"-", "+", "*"} else number
        yield Paragraph(words, number, _is_bold(joined), notes=notes, place=place)


def _is_bold(joined: str) -> bool:
    return _ALL_BOLD.fullmatch(joined.strip()) is not None


def _read_table(lines: Iterable[tuple[int, str]]) -> Table:
    rows = []
    for place, line in lines:
        inner = line.strip()
        inner = inner[1:] if inner.startswith("|") else inner
        inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
        cells = [cell.strip() for cell in re.split(r"(?<!\\)\|", inner)]
        rows.append(Row(tuple(_read_cell(cell, place) for cell in cells)))
    return Table(tuple(rows))


def _read_cell(words: str, place: int) -> Cell:
    lines = [_words(line) for line in _BREAK.split(words)]
    return Cell(tuple(Paragraph(line, place=place) for line in lines if line))


def _words(markdown: str) -> str:
    """Return the words of inline Markdown: breaks as newlines, links by their text, marks and tags gone."""
    if not _MARKED.search(markdown):
        return clean(markdown)
    pieces = []
    for line in _BREAK.split(markdown):
        bare = _TAG.sub("", _LINK.sub(r"\1", line))
        bare = _EMPHASIS.sub(r"\2", _EMPHASIS.sub(r"\2", bare))
        bare = _UNESCAPED.sub(r"\1", bare)
        for entity, char in _ENTITIES.items():
            bare = bare.replace(entity, char)
        pieces.append(clean(bare))
    return "\n".join(piece for piece in pieces if piece)
