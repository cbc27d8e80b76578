"""Word files: text and tables of one long procedure against python-docx, and all real procedures from end to end.

``python -m tests.bench.bench_docx`` prints one JSON document. python-docx is asked twice: for bare words, and for what
our text holds of a file beside them (styles, bold, lists, spans, headers and footers), as its documentation shows it.
Neither asking gives numbers that Word counts, text boxes or footnotes; ours has them. Milliseconds are those of the
processor, the least of all rounds, turn by turn.
"""

from __future__ import annotations

import argparse
import io
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import docx
from docx.table import Table
from docx.text.paragraph import Paragraph

from qms.formats.docx.reader import read_docx
from qms.formats.reader import read

DATA = Path(__file__).parents[3] / "shared" / "data"
ROUNDS = 15


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m tests.bench.bench_docx", description=__doc__)
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    json.dump(measure(DATA, parser.parse_args().rounds), sys.stdout, ensure_ascii=False)


def measure(data: Path, rounds: int = ROUNDS) -> dict[str, Any]:
    """Return the figures of the longest real procedure and of all of them."""
    files = {path.name: path.read_bytes() for path in sorted((data / "procedures").glob("*.docx"))}
    texts = {name: read_docx(content).plain() for name, content in files.items()}
    longest = max(texts, key=lambda name: len(texts[name]))
    content = files[longest]
    spent = least(
        {
            "ours_ms": lambda: read_docx(content),
            "words_ms": lambda: bare_words(content),
            "same_ms": lambda: same_facts(content),
        },
        rounds,
    )
    began = time.process_time()
    for name, each in files.items():
        read(each, name)
    return {
        "words": len(texts[longest].split()),
        "python_docx_words": len(" ".join(flat(bare_words(content))).split()),
        **spent,
        "times_bare": spent["words_ms"] / spent["ours_ms"],
        "times_same": spent["same_ms"] / spent["ours_ms"],
        "files": len(files),
        "seconds": time.process_time() - began,
    }


def least(readings: dict[str, Callable[[], object]], rounds: int) -> dict[str, float]:
    """Return the least milliseconds of each reading; they take turns, so that a busy machine is busy for all."""
    times: dict[str, list[float]] = {name: [] for name in readings}
    for _ in range(rounds):
        for name, reading in readings.items():
            began = time.process_time()
            reading()
            times[name].append(1000 * (time.process_time() - began))
    return {name: min(spent) for name, spent in times.items()}


def bare_words(content: bytes) -> list[Any]:
    """Return the words of paragraphs and cells as python-docx gives them."""
    return _words(docx.Document(io.BytesIO(content)))


def same_facts(content: bytes) -> list[Any]:
    """Return words with style, bold and list, cells with their spans, headers and footers, by python-docx."""
    document = docx.Document(io.BytesIO(content))
    found = _facts(document)
    for section in document.sections:
        for running in (section.header, section.first_page_header, section.footer, section.first_page_footer):
            if not running.is_linked_to_previous:
                found.append(_facts(running))
    return found


def flat(words: object) -> list[str]:
    """Return nested words one after the other."""
    return [words] if isinstance(words, str) else [one for inner in words for one in flat(inner)]  # type: ignore[attr-defined]


def _words(container: Any) -> list[Any]:
    return [
        [[_words(cell) for cell in row.cells] for row in block.rows]
        if isinstance(block, Table)
        else block.text
        for block in container.iter_inner_content()
    ]


def _facts(container: Any) -> list[Any]:
    return [
        [[(cell.grid_span, _facts(cell)) for cell in row.cells] for row in block.rows]
        if isinstance(block, Table)
        else _paragraph(block)
        for block in container.iter_inner_content()
    ]


def _paragraph(block: Paragraph) -> tuple[object, ...]:
    properties = block._p.pPr
    listed = properties is not None and properties.numPr is not None
    bold = all(run.bold for run in block.runs if run.text.strip())
    return block.text, block.style.name if block.style is not None else "", listed, bold


if __name__ == "__main__":
    main()
