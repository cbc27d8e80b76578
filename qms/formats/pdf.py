"""The words of a PDF with a text layer: printed lines joined into paragraphs, page furniture left out.

Pure but for pdfium, a C library: strangers' files are read in the sandbox only. Lengths are points (1/72 inch).
A line goes on in the next when it reaches the right margin and the next is neither indented nor labelled; Vietnamese
is never hyphenated, but symbols of instruments ("NĐ-CP") are parted at their hyphen. Page numbers, lines repeated at
the same edge of pages and the stamp of a digital signature are no words of the regulation.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from qms.formats.pdf_glyphs import by_height, in_columns, read_glyphs, spelled
from qms.formats.refusals import Damaged, EncryptedPdf, TooMuchInside

if TYPE_CHECKING:
    from pypdfium2 import PdfDocument, PdfPage, PdfTextPage

MAX_PAGES = 1_000
MAX_CHARACTERS = 2_000_000
"""Characters of a regulation, whatever its format; the longest code of law has 600,000."""

_EDGE = 0.09
"""Part of the page's height at top and bottom in which headers, footers and page numbers stand."""
_FULL = 0.9
"""How far towards the right margin a line reaches that goes on in the next."""
_INDENT = 9.0
_REPEATED = 2
"""On how many pages a line at the same place is furniture, whatever numbers it holds."""
_SMALL = 0.85
"""How much smaller than the text the stamp of a digital signature is printed."""
_PAGE_NUMBER = re.compile(r"(?:trang |page )?[-–]? ?\d{1,4}(?: ?/ ?\d{1,4})? ?[-–]?", re.IGNORECASE)
_STAMP = re.compile(
    r"(?:ký bởi|người ký|cơ quan|email|thời gian ký|ngày ký|signature|signed by|digitally signed)\s*:|"
    r"\d{1,2}[./]\d{1,2}[./]\d{4} \d{1,2}:\d{2}:\d{2} [+-]\d\d:\d\d",
    re.IGNORECASE,
)
_LABELLED = re.compile(
    r"(?:Điều \d+|Chương [IVXLC\d]+|Mục \d+|PHẦN |Phần thứ|Phụ lục|PHỤ LỤC|Căn cứ |Theo đề nghị|\d{1,3}[.)] |"
    r"\d{1,3}\.\d|[a-zđ]{1,2}\d?\) |[-–+•*] |Nơi nhận|Số:|TM\.|KT\.|TL\.)"
)
_PARTED = re.compile(r"[\w&]-$|/$")
_SYMBOL = re.compile(r"[A-ZĐ]{2}|\d|TTg|CP\b")


@dataclass(frozen=True)
class PdfText:
    """The paragraphs, one a line, and the numbers of pages (from 1) without any text."""

    text: str
    empty_pages: tuple[int, ...] = ()


@dataclass(frozen=True)
class _Line:
    text: str
    page: int
    left: float
    right: float
    height: float
    """Where on its page the line stands: 0 at the bottom, 1 at the top."""
    size: float

    @property
    def at_edge(self) -> bool:
        return not _EDGE < self.height < 1 - _EDGE


def is_pdf(data: bytes) -> bool:
    """Tell whether the bytes are those of a PDF; some have a few blanks before their head."""
    return data[:1024].lstrip()[:5] == b"%PDF-"


def read_pdf(data: bytes) -> PdfText:
    """Return the words of a PDF; raises ``Damaged``, ``EncryptedPdf`` or ``TooMuchInside``."""
    document = _opened(data)
    try:
        if len(document) > MAX_PAGES:
            raise TooMuchInside(what=f"{len(document)} trang, tối đa {MAX_PAGES}")
        pages = list(_pages(document))
    finally:
        document.close()
    empty = tuple(number for number, lines in enumerate(pages, 1) if not lines)
    lines = list(_without_furniture(pages))
    return PdfText("\n".join(_paragraphs(lines)), empty)


def _opened(data: bytes) -> PdfDocument:
    import pypdfium2
    from pypdfium2.raw import FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY

    try:
        return pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        if error.err_code in (FPDF_ERR_PASSWORD, FPDF_ERR_SECURITY):
            raise EncryptedPdf from None
        raise Damaged(what="không mở được PDF") from None


def _pages(document: PdfDocument) -> Iterator[list[_Line]]:
    import pypdfium2

    left = MAX_CHARACTERS
    for number in range(len(document)):
        try:
            page = document[number]
            words = page.get_textpage()
        except pypdfium2.PdfiumError:
            raise Damaged(what=f"trang {number + 1} không đọc được") from None
        left -= words.count_chars()
        if left < 0:
            raise TooMuchInside(what=f"hơn {MAX_CHARACTERS // 1_000_000} triệu chữ")
        yield list(_lines(page, words, number))
        words.close()
        page.close()


def _lines(page: PdfPage, words: PdfTextPage, number: int) -> Iterator[_Line]:
    """Yield what stands on one height, left to right: writers of PDF draw letters of a spare font out of order."""
    _, height = page.get_size()
    for glyphs in by_height(read_glyphs(words)):
        for run in in_columns(glyphs):
            if shown := " ".join(spelled(run).split()):
                yield _Line(
                    shown, number, run[0].left, run[-1].right, run[0].base / (height or 1), run[0].size
                )


def _without_furniture(pages: Sequence[Sequence[_Line]]) -> Iterator[_Line]:
    sizes = sorted(line.size for lines in pages for line in lines)
    usual = sizes[len(sizes) // 2] if sizes else 0.0
    edges = Counter(_place(line) for lines in pages for line in lines if line.at_edge)
    for lines in pages:
        for line in lines:
            repeated = edges[_place(line)] >= _REPEATED and not _LABELLED.match(line.text)
            if line.at_edge and (repeated or _PAGE_NUMBER.fullmatch(line.text)):
                continue
            stamp = line.size < usual * _SMALL and _STAMP.match(line.text)
            if not stamp and any(map(str.isalnum, line.text)):
                yield line


def _place(line: _Line) -> tuple[str, float]:
    return re.sub(r"\d+", "#", line.text), round(line.height, 2)


def _paragraphs(lines: Sequence[_Line]) -> Iterator[str]:
    margin_left, margin_right = _margins(lines)
    paragraph = ""
    for at, line in enumerate(lines):
        before = lines[at - 1] if at else None
        if before is None or not _goes_on(before, line, margin_left, margin_right):
            if paragraph:
                yield paragraph
            paragraph = line.text
        else:
            paragraph = joined(paragraph, line.text)
    if paragraph:
        yield paragraph


def joined(before: str, after: str) -> str:
    """Return two pieces of a paragraph as one: a symbol parted at its hyphen or slash is whole again."""
    if _PARTED.search(before) and _SYMBOL.match(after):
        return before + after
    return f"{before} {after}"


def _margins(lines: Sequence[_Line]) -> tuple[float, float]:
    """Return where the text's lines begin and end: the most frequent left edge and nearly the farthest right one."""
    if not lines:
        return 0.0, 0.0
    left = Counter(round(line.left) for line in lines if len(line.text) > 40)
    rights = sorted(line.right for line in lines)
    return (
        float(left.most_common(1)[0][0]) if left else min(line.left for line in lines),
        rights[int(len(rights) * 0.95)],
    )


def _goes_on(line: _Line, following: _Line, left: float, right: float) -> bool:
    if _LABELLED.match(following.text):
        return False
    full = line.right >= left + (right - left) * _FULL
    indented = following.left > left + _INDENT
    return full and (not indented or abs(following.left - line.left) < 2)
