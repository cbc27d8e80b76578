"""A redline for the terminal: the blocks that changed, with ``[-what went-]`` and ``{+what came+}``."""

from __future__ import annotations

from html.parser import HTMLParser

BLOCKS = frozenset(
    ("p", "h1", "h2", "h3", "h4", "h5", "h6", "li", "ul", "ol", "dt", "dd", "tr", "table", "pre", "div")
)
CELLS = frozenset(("td", "th"))
MARKS = {"ins": ("{+", "+}"), "del": ("[-", "-]")}


def changed_blocks(html: str) -> list[str]:
    """Return the text of every block in which something came or went."""
    reader = _Blocks()
    reader.feed(html)
    reader.close()
    reader.end_block()
    return reader.blocks


class _Blocks(HTMLParser):
    """Gathers text block by block and keeps those with a mark in them."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.blocks: list[str] = []
        self._text: list[str] = []
        self._open: list[str] = []
        self._changed = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in BLOCKS:
            self.end_block()
        elif tag in CELLS and self._text:
            self._text.append(" | ")
        elif tag in MARKS:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in BLOCKS:
            self.end_block()
        elif tag in MARKS and tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        words = " ".join(data.split())
        if not words:
            if data:
                self._text.append(" ")
            return
        if self._open:
            before, after = MARKS[self._open[-1]]
            words, self._changed = f"{before}{words}{after}", True
        self._text.append(f"{' ' if data[0].isspace() else ''}{words}{' ' if data[-1].isspace() else ''}")

    def end_block(self) -> None:
        """Keep the block that ends here if it changed."""
        text = " ".join("".join(self._text).split()).removeprefix("| ")
        if self._changed and text:
            self.blocks.append(text)
        self._text.clear()
        self._changed = False
