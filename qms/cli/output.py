"""How answers are printed: JSON for machines, aligned lines for people, progress for those who wait."""

from __future__ import annotations

import json
import sys
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import date
from typing import Any

import click

GAP = "  "
WIDEST = 70
LINE = 110


def emit(value: Any) -> None:
    """Print one JSON document on one line."""
    click.echo(json.dumps(value, ensure_ascii=False))


def say(sentence: str = "") -> None:
    """Print a line for people."""
    click.echo(sentence)


def table(head: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Print rows in aligned columns; a cell that is too wide is cut, the last column never is."""
    lines = [[_cell(cell) for cell in row] for row in (head, *rows)]
    widths = [min(WIDEST, max(_width(line[column]) for line in lines)) for column in range(len(head))]
    for line in lines:
        cells = [_fitted(cell, width) for cell, width in zip(line[:-1], widths[:-1], strict=True)]
        click.echo(GAP.join([*cells, line[-1]]).rstrip())


def facts(pairs: Sequence[tuple[str, object]]) -> None:
    """Print names and values below one another; what is empty is left out."""
    shown = [(name, _cell(value)) for name, value in pairs if value not in (None, "")]
    width = max((_width(name) for name, _ in shown), default=0)
    for name, value in shown:
        click.echo(f"{_fitted(name, width)}{GAP}{value}")


def day(value: date | None) -> str:
    """Return a day as it is written in Vietnam."""
    return f"{value:%d/%m/%Y}" if value else ""


def short(text: str) -> str:
    """Return a text cut to the width of a line."""
    return text if len(text) <= LINE else text[: LINE - 1] + "…"


@contextmanager
def progress(sentence: str) -> Iterator[Callable[[int, int], None]]:
    """Yield a function that moves a bar on a terminal, and does nothing elsewhere."""
    if not sys.stderr.isatty():
        yield lambda _done, _of: None
        return
    from rich.console import Console
    from rich.progress import Progress

    with Progress(console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task(sentence, total=None)
        yield lambda done, of: bar.update(task, completed=done, total=of)


def _cell(value: object) -> str:
    if value is None:
        return ""
    return day(value) if isinstance(value, date) else " ".join(str(value).split())


def _width(text: str) -> int:
    return sum(0 if unicodedata.combining(char) else 1 for char in text)


def _fitted(text: str, width: int) -> str:
    if _width(text) > width:
        return text[: width - 1] + "…"
    return text + " " * (width - _width(text))
