"""The page about the reader says what the reader does."""

from __future__ import annotations

import ast
import contextlib
import io
import re
from pathlib import Path
from typing import Any

PAGE = Path(__file__).parents[3] / "docs" / "citations.md"


def test_the_example_of_the_page_gives_what_the_page_says() -> None:
    code = re.search(r"```python\n(.*?)```", PAGE.read_text("utf-8"), re.DOTALL)
    assert code is not None
    names: dict[str, Any] = {}
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code[1], names)
    for line in code[1].splitlines():
        expression, marked, value = line.partition("  # ")
        if marked:
            assert eval(expression, names) == ast.literal_eval(value)
    said = [line.removeprefix("# ") for line in code[1].splitlines() if line.startswith("# ")]
    assert [" ".join(line.split()) for line in printed.getvalue().splitlines()] == [
        " ".join(line.split()) for line in said[:-1]
    ]
    assert eval(code[1].rstrip().splitlines()[-2], names) == ast.literal_eval(said[-1])


def test_every_module_that_the_page_draws_is_there() -> None:
    drawing = PAGE.read_text("utf-8").partition("## How it is built")[2].split("```")[1]
    rooms = {path.stem for path in (PAGE.parents[1] / "qms" / "citations").glob("*.py")}
    drawn = set(re.findall(r"^(\w+)", drawing, re.MULTILINE))
    assert drawn <= rooms
