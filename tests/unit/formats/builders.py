"""Short ways to write a text in tests: paragraphs, tables with merges, whole documents."""

from __future__ import annotations

from qms.formats.text import Block, Cell, Heading, Paragraph, Row, Running, Table, Text


def p(text: str, bold: bool = False, number: str = "", centred: bool = False) -> Paragraph:
    return Paragraph(text, number, bold, centred)


def h(level: int, text: str, number: str = "") -> Heading:
    return Heading(level, text, number)


def cell(text: str, across: int = 1, down: int = 1) -> Cell:
    return Cell(tuple(Paragraph(line) for line in text.split("\n") if line), across, down)


def table(*rows: list[str | Cell]) -> Table:
    return Table(
        tuple(Row(tuple(one if isinstance(one, Cell) else cell(one) for one in row)) for row in rows)
    )


def text(*blocks: Block, headers: tuple[Block, ...] = (), footers: tuple[Block, ...] = ()) -> Text:
    return Text(
        blocks,
        headers=(Running(headers),) if headers else (),
        footers=(Running(footers),) if footers else (),
    )
