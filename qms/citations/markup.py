"""Wrap the citations of sanitised HTML in links, without touching tags, attributes or links that are there.

Pure and linear. Text is read across inline tags (``<em>``, ``<span>``), so a number that Word has split into runs is
still one citation; each of its pieces is wrapped inside its own text node. What is put in is escaped; what was there
is copied as it is.
"""

from __future__ import annotations

import html as escaping
import re
from bisect import bisect_right
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from qms.citations.citation import Citation

_INLINE = re.compile(
    "abbr|bdi|bdo|b|cite|del|dfn|em|font|ins|i|kbd|mark|q|small|span|strong|sub|sup|s|u|var|wbr"
)
_CLOSED = frozenset({"a", "script", "style", "textarea", "button", "title", "code", "pre"})
_TAG_NAME = re.compile(r"</?([a-zA-Z][a-zA-Z0-9-]*)")
_TAG_REST = re.compile(r"""<(?:[^"'>]++|"[^"]*+"|'[^']*+')*+>""")
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[a-zA-Z][a-zA-Z0-9]{1,31});")


@dataclass(frozen=True)
class _Piece:
    """A tag or a text node of the input."""

    start: int
    end: int
    tag: str | None = None

    @property
    def is_text(self) -> bool:
        return self.tag is None


def annotate(
    html: str, citations_of: Callable[[str], list[Citation]], link: Callable[[Citation], str | None]
) -> str:
    """Return ``html`` with every citation in ``<a class="citation" href>``, or ``<span>`` where ``link`` gives None.

    ``citations_of`` is asked once for each run of text between block tags.
    """
    out: list[str] = []
    for run, open_text in _runs(html):
        out.append(
            _annotated(html, run, citations_of, link) if open_text else html[run[0].start : run[-1].end]
        )
    return "".join(out)


def _runs(html: str) -> Iterator[tuple[list[_Piece], bool]]:
    """Yield stretches of pieces: text with inline tags, or what is only copied."""
    run: list[_Piece] = []
    closed: str | None = None
    for piece in _pieces(html):
        name = _name(html, piece)
        if closed is None and (piece.is_text or _INLINE.fullmatch(name)):
            run.append(piece)
            continue
        if run:
            yield run, True
            run = []
        yield [piece], False
        ending = html.startswith("</", piece.start)
        if closed is None and name in _CLOSED and not ending and html[piece.end - 2 : piece.end] != "/>":
            closed = name
        elif closed is not None and name == closed and ending:
            closed = None
    if run:
        yield run, True


def _pieces(html: str) -> Iterator[_Piece]:
    position = 0
    while position < len(html):
        if html[position] == "<" and (end := _tag_end(html, position)) is not None:
            yield _Piece(position, end, html[position:end])
            position = end
            continue
        following = html.find("<", position + 1)
        end = len(html) if following < 0 else following
        yield _Piece(position, end)
        position = end


def _tag_end(html: str, start: int) -> int | None:
    if html.startswith("<!--", start):
        end = html.find("-->", start + 4)
        return len(html) if end < 0 else end + 3
    if not (_TAG_NAME.match(html, start) or html.startswith(("<!", "<?"), start)):
        return None
    rest = _TAG_REST.match(html, start)
    return rest.end() if rest else len(html)


def _name(html: str, piece: _Piece) -> str:
    match = _TAG_NAME.match(html, piece.start) if not piece.is_text else None
    return match[1].lower() if match else ""


def _annotated(
    html: str,
    run: list[_Piece],
    citations_of: Callable[[str], list[Citation]],
    link: Callable[[Citation], str | None],
) -> str:
    text = _RunText(html, run)
    marks: list[tuple[int, int, Citation]] = [
        (text.place(citation.start)[0], text.place(citation.end - 1)[1], citation)
        for citation in citations_of(text.text)
    ]
    out: list[str] = []
    index = 0
    for piece in run:
        if not piece.is_text:
            out.append(html[piece.start : piece.end])
            continue
        position = piece.start
        while index < len(marks) and marks[index][0] < piece.end:
            start, end, citation = marks[index]
            inner_start, inner_end = max(start, position), min(end, piece.end)
            out.append(html[position:inner_start])
            out.append(_wrapped(html[inner_start:inner_end], citation, link))
            position = inner_end
            if end > piece.end:
                break
            index += 1
        out.append(html[position : piece.end])
    return "".join(out)


def _wrapped(raw: str, citation: Citation, link: Callable[[Citation], str | None]) -> str:
    if not raw:
        return ""
    address = link(citation)
    if address is None:
        return f'<span class="citation">{raw}</span>'
    return f'<a class="citation" href="{escaping.escape(address, quote=True)}">{raw}</a>'


class _RunText:
    """The text of a run with its entities read, and where each of its characters stands in the HTML."""

    def __init__(self, html: str, run: list[_Piece]) -> None:
        self._pieces: list[str] = []
        self._edges: list[int] = []
        self._spans: list[tuple[int, int]] = []
        self._length = 0
        for piece in run:
            if not piece.is_text:
                continue
            position = piece.start
            for entity in _ENTITY.finditer(html, piece.start, piece.end):
                self._keep(html[position : entity.start()], position, entity.start())
                self._keep(escaping.unescape(entity.group()), entity.start(), entity.end())
                position = entity.end()
            self._keep(html[position : piece.end], position, piece.end)
        self.text = "".join(self._pieces)

    def place(self, position: int) -> tuple[int, int]:
        """Return the span in the HTML of the character at ``position``; an entity is one whole."""
        index = bisect_right(self._edges, position) - 1
        start, end = self._spans[index]
        if end - start != len(self._pieces[index]):
            return start, end
        start += position - self._edges[index]
        return start, start + 1

    def _keep(self, shown: str, start: int, end: int) -> None:
        if shown:
            self._pieces.append(shown)
            self._edges.append(self._length)
            self._spans.append((start, end))
            self._length += len(shown)
